import type { RunOptions } from '../../Connection.ts';
import type { Pausable } from '../../network/limits/ReadingTurn.ts';

/** Bytes that wait for whoever takes them; at half of it more are let in. */
const windowBytes = 1024 * 1024;

/** Hands on what a COPY … TO STDOUT sends; the server waits while a window of it was not taken. */
export class CopyOut {
  readonly #take: NonNullable<RunOptions['copyTo']>;
  readonly #socket: Pausable;
  readonly #onFailed: (reason: unknown) => void;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #work: Promise<void> | null = null;
  #failure: { readonly reason: unknown } | null = null;

  /** @param onFailed called once, with what `take` fails with */
  constructor(
    take: NonNullable<RunOptions['copyTo']>,
    socket: Pausable,
    onFailed: (reason: unknown) => void,
  ) {
    this.#take = take;
    this.#socket = socket;
    this.#onFailed = onFailed;
  }

  add(bytes: Buffer): void {
    if (this.#failure !== null) return;
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    if (this.#waitingBytes >= windowBytes) this.#socket.pause();
    this.#work ??= this.#handOn();
  }

  /** Resolves when all was taken. @throws what `take` failed with */
  async end(): Promise<void> {
    await this.#work;
    if (this.#failure !== null) throw this.#failure.reason;
  }

  /** Each line is a message of its own: they are handed on together. */
  async #handOn(): Promise<void> {
    // The other messages of the same chunk come first.
    await null;
    while (this.#waiting.length > 0 && this.#failure === null) {
      const bytes = Buffer.concat(this.#waiting, this.#waitingBytes);
      this.#waiting = [];
      this.#waitingBytes = 0;
      try {
        await this.#take(bytes);
      } catch (reason) {
        this.#failure = { reason };
        this.#waiting = [];
        this.#onFailed(reason);
      }
      this.#socket.resume();
    }
    this.#work = null;
  }
}
