/** From this length on, a message is put together in one place as it comes, so that it is never held twice. */
const largeBytes = 1024 * 1024;
/** Room for a message is made when this share of it has come: nobody makes us do so by its length alone. */
const share = 16;

/**
 * What has arrived of a message that is not whole yet. Small ones are kept as they came, and copied once, when there is
 * enough; large ones are copied to their place as they come.
 */
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
    this.#keep(chunk);
    if (this.#keptBytes < this.#neededBytes) return null;
    const bytes = this.#all();
    this.#kept = [];
    this.#large = null;
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

  /** The place of a large message. */
  #large: Buffer | null = null;

  #keep(chunk: Buffer): void {
    if (this.#large === null && this.#isWorthAPlace(this.#keptBytes + chunk.length)) {
      // The chunk that ends it brings the beginning of the next one.
      this.#large = Buffer.allocUnsafeSlow(this.#neededBytes + largeBytes);
      let offset = 0;
      for (const part of this.#kept) offset += part.copy(this.#large, offset);
      this.#kept = [];
    }
    if (this.#large === null || this.#keptBytes + chunk.length > this.#large.length) this.#kept.push(chunk);
    else chunk.copy(this.#large, this.#keptBytes);
    this.#keptBytes += chunk.length;
  }

  #isWorthAPlace(arrivedBytes: number): boolean {
    return this.#neededBytes >= largeBytes && arrivedBytes * share >= this.#neededBytes;
  }

  #all(): Buffer {
    if (this.#large === null) return Buffer.concat(this.#kept, this.#keptBytes);
    if (this.#kept.length === 0) return this.#large.subarray(0, this.#keptBytes);
    // A chunk that is larger than any socket gives.
    const keptBytes = this.#kept.reduce((sum, part) => sum + part.length, 0);
    return Buffer.concat([this.#large.subarray(0, this.#keptBytes - keptBytes), ...this.#kept]);
  }
}
