import type { Readable } from 'node:stream';

/** Of the smallest messages there are, this many bytes take a few milliseconds. */
const turnBytes = 256 * 1024;

/**
 * Lets the event loop have its turn while servers send: Node reads a full socket many times in one turn, and all full
 * sockets one after another. One for all connections together.
 */
export class ReadingTurn {
  #byteCount = 0;

  /** A chunk was dealt with. After a fair share, the stream pauses until everybody else has had a turn. */
  read(stream: Readable, byteCount: number): void {
    this.#byteCount += byteCount;
    if (this.#byteCount < turnBytes) return;
    stream.pause();
    setImmediate(() => {
      this.#byteCount = 0;
      stream.resume();
    });
  }
}
