/** From this length on, a message is put together in one place as it comes, so that it is never held twice. */
const largeBytes = 1024 * 1024;
/** Room for a message is made when this share of it has come: nobody makes us do so by its length alone. */
const share = 16;

/**
 * Cuts what arrives into pieces that begin with a message. Only a message that is spread over several chunks is copied:
 * a small one once, when it is complete; a large one to its place as it comes. All others stay where they arrived.
 */
export class UnfinishedBytes {
  readonly #headerLength: number;
  #kept: Buffer[] = [];
  #keptBytes = 0;
  /** With fewer bytes than this there is nothing to look at. */
  #neededBytes: number;
  /** The place of a large message. */
  #large: Buffer | null = null;

  /** @param headerLength of every message */
  constructor(headerLength: number) {
    this.#headerLength = headerLength;
    this.#neededBytes = headerLength;
  }

  /**
   * Takes what arrived.
   * @param read gets each piece, and says with `keepRest` how far it came
   * @throws what `read` throws
   */
  take(chunk: Buffer, read: (bytes: Buffer) => void): void {
    let rest = chunk;
    while (rest.length > 0) {
      const part = rest.subarray(0, this.#missingBytes(rest.length));
      rest = rest.subarray(part.length);
      if (this.#keptBytes === 0 && part.length >= this.#headerLength) read(part);
      else {
        this.#keep(part);
        if (this.#keptBytes >= this.#neededBytes) read(this.#takeKept());
      }
    }
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

  /** How many of so many bytes belong to the piece that is being put together. */
  #missingBytes(availableBytes: number): number {
    // Without its header nobody knows how long the message is.
    if (this.#keptBytes < this.#headerLength) return availableBytes;
    return Math.min(availableBytes, this.#neededBytes - this.#keptBytes);
  }

  #keep(part: Buffer): void {
    if (this.#large === null && this.#isWorthAPlace(this.#keptBytes + part.length)) {
      this.#large = Buffer.allocUnsafeSlow(this.#neededBytes);
      let offset = 0;
      for (const kept of this.#kept) offset += kept.copy(this.#large, offset);
      this.#kept = [];
    }
    if (this.#large === null) this.#kept.push(part);
    else part.copy(this.#large, this.#keptBytes);
    this.#keptBytes += part.length;
  }

  #isWorthAPlace(arrivedBytes: number): boolean {
    return this.#neededBytes >= largeBytes && arrivedBytes * share >= this.#neededBytes;
  }

  #takeKept(): Buffer {
    const bytes = this.#large ?? Buffer.concat(this.#kept, this.#keptBytes);
    this.#kept = [];
    this.#large = null;
    this.#keptBytes = 0;
    return bytes;
  }
}
