import { z } from 'zod';
import { type TraceHeader, type TracingStatus, traceHeaderSchema } from '../../../shared/model/tracing.ts';
import { isAppError } from '../../base/AppError.ts';
import type { Logger } from '../Logger.ts';
import { headerStaysError } from './collectorErrors.ts';

/** Where the header is kept. All reject with an AppError when the keychain does not do its work. */
export interface HeaderKeeper {
  /** Null when there is none; a locked keychain may answer so too. */
  read(): Promise<string | null>;
  write(text: string): Promise<void>;
  /** @returns whether there was one; a locked keychain may say no */
  remove(): Promise<boolean>;
}

/** With the origin that a person meant it for. */
const keptSchema = z.strictObject({ origin: z.string(), ...traceHeaderSchema.shape });

type Kept = z.infer<typeof keptSchema>;

/**
 * The header that a collector wants, such as a key. It goes to the origin for which it was entered and to no other one,
 * whatever the settings say: whoever can change them does not get it sent to themselves.
 */
export class CollectorHeader {
  readonly #keeper: HeaderKeeper;
  readonly #logger: Logger;
  #header: Kept | null = null;
  #isKept = false;

  constructor(keeper: HeaderKeeper, logger: Logger) {
    this.#keeper = keeper;
    this.#logger = logger;
  }

  /** Null when there is none for it. */
  for({ origin }: URL): TraceHeader | null {
    return this.#header?.origin === origin ? this.#header : null;
  }

  statusFor(url: URL): TracingStatus['header'] {
    const header = this.for(url);
    return header === null ? null : { name: header.name, isKept: this.#isKept };
  }

  /** Reads the one that is kept, unless it is known: a keychain that was locked may be open now. */
  async load(): Promise<void> {
    if (this.#header !== null) return;
    try {
      this.#header = keptIn(await this.#keeper.read());
      this.#isKept = this.#header !== null;
    } catch (error) {
      if (!isAppError(error)) throw error;
      this.#logger.warn('The header of the collector could not be read', { code: error.code }, error);
    }
  }

  /** Works without a keychain, for this run only. */
  async set({ origin }: URL, { name, value }: TraceHeader): Promise<void> {
    const header = { origin, name, value };
    try {
      const text = JSON.stringify(header);
      await this.#keeper.write(text);
      // Some keychains keep nothing and say nothing.
      this.#isKept = (await this.#keeper.read()) === text;
    } catch (error) {
      if (!isAppError(error)) throw error;
      this.#logger.warn('The header of the collector could not be kept', { code: error.code }, error);
      this.#isKept = false;
    }
    this.#header = header;
  }

  /** @throws VAULT_UNAVAILABLE when it stays in the keychain; then nothing has changed */
  async remove(): Promise<void> {
    if (this.#isKept && !(await this.#keeper.remove())) throw headerStaysError();
    this.#header = null;
    this.#isKept = false;
  }
}

function keptIn(text: string | null): Kept | null {
  if (text === null) return null;
  try {
    return keptSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
