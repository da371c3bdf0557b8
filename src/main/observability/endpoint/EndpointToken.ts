import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { isAppError } from '../../base/AppError.ts';
import type { Logger } from '../Logger.ts';

/** Where the token is kept. Both reject with an AppError when the keychain does not do its work. */
export interface TokenKeeper {
  /** Null when there is none; a locked keychain may answer so too. */
  read(): Promise<string | null>;
  write(token: string): Promise<void>;
}

const tokenBytes = 32;
/** The prefix lets scanners for leaked secrets recognise it. */
const prefix = 'mooring_metrics_';
const pattern = /^mooring_metrics_[A-Za-z0-9_-]{43}$/;

const newToken = (): string => `${prefix}${randomBytes(tokenBytes).toString('base64url')}`;

/** What a request for metrics must carry: 256 random bits, in the keychain if that works, else for this run only. */
export class EndpointToken {
  readonly #keeper: TokenKeeper;
  readonly #logger: Logger;
  #token: string | null = null;
  #isKept = false;

  constructor(keeper: TokenKeeper, logger: Logger) {
    this.#keeper = keeper;
    this.#logger = logger;
  }

  /** Whether it is in the keychain, and so the same after the next start. */
  get isKept(): boolean {
    return this.#isKept;
  }

  /** Only for whoever puts it on the clipboard. Null before it was loaded. */
  reveal(): string | null {
    return this.#token;
  }

  /** Compares in constant time, whatever the length. */
  matches(given: string): boolean {
    return this.#token !== null && timingSafeEqual(digest(given), digest(this.#token));
  }

  /** Reads the one there is, or makes one. Works without a keychain, with a token for this run only. */
  async load(): Promise<void> {
    if (this.#token !== null) return;
    try {
      const kept = await this.#keeper.read();
      if (kept !== null && pattern.test(kept)) this.#use(kept, true);
      else await this.#keep(newToken());
    } catch (error) {
      if (!isAppError(error)) throw error;
      this.#logger.warn('The token of the metrics endpoint could not be kept', { code: error.code }, error);
      this.#use(newToken(), false);
    }
  }

  /**
   * Replaces it: the old one is refused from now on.
   * @throws VAULT_UNAVAILABLE when the old one is in the keychain and cannot be replaced there; it stays in use then
   */
  async renew(): Promise<void> {
    const token = newToken();
    try {
      await this.#keep(token);
    } catch (error) {
      if (this.#isKept || !isAppError(error)) throw error;
      this.#use(token, false);
    }
  }

  /** Some keychains keep nothing and say nothing, so it is read back. */
  async #keep(token: string): Promise<void> {
    await this.#keeper.write(token);
    this.#use(token, (await this.#keeper.read()) === token);
  }

  #use(token: string, isKept: boolean): void {
    this.#token = token;
    this.#isKept = isKept;
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
