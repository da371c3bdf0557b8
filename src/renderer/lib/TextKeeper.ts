/** Where the text of a tab is kept. */
type Write = (text: string) => Promise<unknown>;

const waitMs = 600;
/** A text that takes long to write is written more rarely: after so many times the work. */
const waitPerWork = 4;

/**
 * Keeps the text of a tab after each change, soon but not at each key. Writes are one after the other, and the last one
 * always has the newest text. A failed write is repeated with the next change.
 */
export class TextKeeper {
  readonly #write: Write;
  readonly #now: () => number;
  #read: (() => string) | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #writing: Promise<void> | null = null;
  #lastWorkMs = 0;

  /** @param now monotonic milliseconds */
  constructor(write: Write, now: () => number) {
    this.#write = write;
    this.#now = now;
  }

  /** @param read answers the newest text when it is time to write it */
  changed(read: () => string): void {
    this.#read = read;
    this.#timer ??= setTimeout(() => void this.flush(), Math.max(waitMs, this.#lastWorkMs * waitPerWork));
  }

  /** Writes what has changed at once. Resolves when nothing is left to write, or writing failed. */
  async flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#writing;
    const read = this.#read;
    if (read === null) return;
    this.#read = null;
    const startedAt = this.#now();
    this.#writing = this.#write(read()).then(
      () => undefined,
      () => {
        this.#read ??= read;
      },
    );
    await this.#writing;
    this.#writing = null;
    this.#lastWorkMs = this.#now() - startedAt;
  }

  /** Forgets what was not written. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#read = null;
  }
}
