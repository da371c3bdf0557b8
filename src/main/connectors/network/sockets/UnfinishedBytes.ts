/** What has arrived of a message that is not whole yet. It is kept as it came, and copied once, when there is enough. */
export class UnfinishedBytes {
  readonly #headerLength: number;
  #kept: Buffer[] = [];
  #keptBytes = 0;
  /** With fewer bytes than this there is nothing to look at. */
  #neededBytes: number;

  /** @param headerLength of every message */
  constructor(headerLength: number) {
    this.#headerLength = headerLength;
    this.#neededBytes = headerLength;
  }

  /** What was kept and what has come, in one piece, or null while there is nothing to look at. Most often nothing was kept. */
  join(chunk: Buffer): Buffer | null {
    if (this.#keptBytes === 0 && chunk.length >= this.#headerLength) return chunk;
    this.#kept.push(chunk);
    this.#keptBytes += chunk.length;
    if (this.#keptBytes < this.#neededBytes) return null;
    const bytes = Buffer.concat(this.#kept, this.#keptBytes);
    this.#kept = [];
    this.#keptBytes = 0;
    return bytes;
  }

  /**
   * Keeps what is left of `bytes` after its whole messages.
   * @param wholeBytes how many of them there were
   * @param neededBytes of the message that is not whole, as far as that is known
   */
  keepRest(bytes: Buffer, wholeBytes: number, neededBytes: number): void {
    this.#neededBytes = neededBytes;
    if (wholeBytes === bytes.length) return;
    this.#kept = [bytes.subarray(wholeBytes)];
    this.#keptBytes = bytes.length - wholeBytes;
  }
}
