/** What a token of a tape is. `end` closes the object or array that is open. */
export const tokenKinds = {
  object: 1,
  array: 2,
  end: 3,
  /** A text or key without escapes: its bytes are its UTF-8. */
  text: 4,
  /** A text or key with escapes. */
  escaped: 5,
  number: 6,
  true: 7,
  false: 8,
  null: 9,
} as const;

/** So many values of one answer take about 300 MB; more are refused. */
const maxTokens = 32 * 1024 * 1024;

const smallestCapacity = 1_024;

/**
 * A JSON document as a flat list of tokens in the order of its bytes, which stay where they are: nothing is decoded or
 * copied, so that digits, escapes and repeated keys are kept as they were sent. In an object keys and values take turns.
 */
export class JsonTape {
  #bytes: Buffer = Buffer.alloc(0);
  #kinds = new Uint8Array(smallestCapacity);
  #starts = new Uint32Array(smallestCapacity);
  #ends = new Uint32Array(smallestCapacity);
  /** Tokens so far. */
  count = 0;

  get bytes(): Buffer {
    return this.#bytes;
  }

  /** The columns of the list, for its parser and for loops over many tokens; `reserve` may replace them. */
  get kinds(): Uint8Array {
    return this.#kinds;
  }

  get starts(): Uint32Array {
    return this.#starts;
  }

  get ends(): Uint32Array {
    return this.#ends;
  }

  /** Forgets all tokens; those that come are of these bytes. */
  begin(bytes: Buffer): void {
    this.#bytes = bytes;
    this.count = 0;
  }

  /** Makes room for so many more tokens. @returns false when there would be too many */
  reserve(tokenCount: number): boolean {
    const needed = this.count + tokenCount;
    if (needed <= this.#kinds.length) return true;
    if (this.count > maxTokens) return false;
    const capacity = Math.max(needed, 2 * this.#kinds.length);
    this.#kinds = copied(this.#kinds, new Uint8Array(capacity));
    this.#starts = copied(this.#starts, new Uint32Array(capacity));
    this.#ends = copied(this.#ends, new Uint32Array(capacity));
    return true;
  }

  kind(token: number): number {
    return this.#kinds[token] ?? 0;
  }

  /** Of a text: behind its quote. */
  start(token: number): number {
    return this.#starts[token] ?? 0;
  }

  /** Of a text: at its closing quote. Not for containers. */
  end(token: number): number {
    return this.#ends[token] ?? 0;
  }

  /** The token that closes a container. */
  closing(token: number): number {
    return this.#ends[token] ?? 0;
  }

  isContainer(token: number): boolean {
    return this.kind(token) <= tokenKinds.array;
  }

  isText(token: number): boolean {
    const kind = this.kind(token);
    return kind === tokenKinds.text || kind === tokenKinds.escaped;
  }

  /** The token behind a value and all that is in it. */
  next(token: number): number {
    return this.isContainer(token) ? this.closing(token) + 1 : token + 1;
  }

  /** Where the bytes of a value begin, quotes included. */
  rawStart(token: number): number {
    return this.isText(token) ? this.start(token) - 1 : this.start(token);
  }

  /** Behind the last byte of a value, quotes included. */
  rawEnd(token: number): number {
    if (this.isContainer(token)) return this.start(this.closing(token)) + 1;
    return this.isText(token) ? this.end(token) + 1 : this.end(token);
  }
}

function copied<Numbers extends Uint8Array | Uint32Array>(from: Numbers, to: Numbers): Numbers {
  to.set(from);
  return to;
}
