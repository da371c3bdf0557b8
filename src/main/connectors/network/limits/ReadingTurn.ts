/** What one stream may have dealt with in a turn: a few milliseconds of work, of large messages or of small ones. */
const turnBytes = 256 * 1024;
const turnMessages = 8_192;

/** What can be stopped while others read. */
export interface Pausable {
  pause(): unknown;
  resume(): unknown;
}

/**
 * Lets the event loop have its turn while servers send: Node reads a full socket many times in one turn, and all full
 * sockets one after another. One for all connections together: those that had their share wait, and one a turn goes on.
 */
export class ReadingTurn {
  #byteCount = 0;
  #messageCount = 0;
  #waiting: Pausable[] = [];

  /** A message was dealt with. */
  message(): void {
    this.#messageCount += 1;
  }

  /** A chunk was dealt with. After a fair share, the stream pauses until everybody else has had a turn. */
  read(stream: Pausable, byteCount: number): void {
    this.#byteCount += byteCount;
    if (this.#byteCount < turnBytes && this.#messageCount < turnMessages) return;
    stream.pause();
    this.#waiting.push(stream);
    if (this.#waiting.length === 1) setImmediate(() => this.#next());
  }

  #next(): void {
    this.#byteCount = 0;
    this.#messageCount = 0;
    const stream = this.#waiting.shift();
    if (this.#waiting.length > 0) setImmediate(() => this.#next());
    stream?.resume();
  }
}
