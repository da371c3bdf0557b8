import { AppError, isAppError } from '../../../base/AppError.ts';
import type { CopySource } from '../../Connection.ts';

/** What the server takes as one packet, whatever its max_allowed_packet. */
const partBytes = 64 * 1024;

/** Sends packets; resolves when more can be sent, or the session is gone. */
export interface PartSender {
  sendPart(payload: Buffer, sequence: number): Promise<void>;
  isUsable(): boolean;
}

/**
 * Sends what a LOAD DATA LOCAL loads: the bytes of whoever runs it, as fast as the server takes them. The server reads to the
 * end of it, an empty packet, even when it has failed or was told to stop.
 */
export class FileFeed {
  readonly #source: CopySource;
  readonly #sender: PartSender;
  readonly #onSent: (nextSequence: number) => void;
  #sequence: number;
  #isEnded = false;
  #isCut = false;
  #failure: Error | null = null;

  /** @param onSent is called with the number of the packet that answers the file */
  constructor(
    source: CopySource,
    sender: PartSender,
    sequence: number,
    onSent: (nextSequence: number) => void,
  ) {
    this.#source = source;
    this.#sender = sender;
    this.#sequence = sequence;
    this.#onSent = onSent;
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** Whether the server got less than there is, and may not know. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** What the source failed with; null when it did not. */
  get failure(): Error | null {
    return this.#failure;
  }

  /** Sends all that the source has. Never rejects. */
  async run(): Promise<void> {
    try {
      for (let bytes = await this.#next(); bytes !== null; bytes = await this.#next())
        await this.#send(bytes);
      this.#end();
    } catch (reason) {
      this.#failure = failureOf(reason);
      this.cut();
    }
  }

  /** Nothing more is sent. */
  cut(): void {
    if (this.#isEnded) return;
    this.#isCut = true;
    this.#end();
  }

  async #next(): Promise<Buffer | null> {
    return this.#isEnded || !this.#sender.isUsable() ? null : this.#source();
  }

  async #send(bytes: Buffer): Promise<void> {
    for (let start = 0; start < bytes.length && !this.#isEnded; start += partBytes) {
      const sent = this.#sender.sendPart(bytes.subarray(start, start + partBytes), this.#sequence);
      this.#sequence += 1;
      await sent;
    }
  }

  #end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#onSent(this.#sequence + 1);
    void this.#sender.sendPart(Buffer.alloc(0), this.#sequence);
  }
}

function failureOf(reason: unknown): Error {
  if (isAppError(reason)) return reason;
  return new AppError('QUERY_FAILED', {
    title: 'The rows to load could not be read',
    detail: reason instanceof Error ? reason.message : '',
    cause: reason,
  });
}
