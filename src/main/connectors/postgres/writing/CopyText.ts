import type { EncodedRows } from '../../RowStream.ts';

/** Bytes of a piece: encoded in well below a millisecond. */
const pieceBytes = 128 * 1024;
/** Room that a cell needs besides its text: what stands before it, and `\N` or the end of the line. */
const frameBytes = 4;
/** Up to here a loop is faster than searching and copying. */
const loopBytes = 192;

const tab = 0x09;
const lineFeed = 0x0a;
const backslash = 0x5c;
const capitalN = 0x4e;

/** The letter behind a backslash that stands for a byte; 0 for bytes that stand for themselves. */
const letters = new Uint8Array(256);
for (const [byte, letter] of ['\\\\', '\tt', '\nn', '\rr'].map((pair) => Buffer.from(pair))) {
  letters[byte ?? 0] = letter ?? 0;
}
const special = [backslash, tab, lineFeed, 0x0d];

/**
 * Rows as the text of a COPY … FROM STDIN, made piece by piece. Whatever is in a cell arrives as it is: NULL is `\N`, which
 * no text is, and a backslash never stands alone. A cell of any size takes no more memory than a piece.
 */
export class CopyText {
  readonly #bytes: Buffer;
  readonly #starts: Uint32Array;
  readonly #columnCount: number;
  #row = 0;
  #column = 0;
  /** Where the next cell begins. */
  #offset = 0;
  /** What is left of a cell that is larger than a piece. */
  #rest: { from: number; readonly to: number } | null = null;
  #piece = Buffer.alloc(0);
  #length = 0;

  constructor({ bytes, starts }: EncodedRows, columnCount: number) {
    this.#bytes = bytes;
    this.#starts = starts;
    this.#columnCount = columnCount;
  }

  /** The next piece, which nobody writes to any more; null at the end. */
  next(): Buffer | null {
    if (this.#rest === null && this.#row === this.#starts.length) return null;
    // A new one each time: the socket may still hold the one before.
    this.#piece = Buffer.allocUnsafeSlow(pieceBytes);
    this.#length = 0;
    if (this.#rest !== null && !this.#part(this.#rest)) return this.#piece.subarray(0, this.#length);
    while (this.#row < this.#starts.length && (this.#wholeRow() || this.#cells()));
    return this.#piece.subarray(0, this.#length);
  }

  /**
   * Writes a row of usual size from its beginning: most of all rows come through here, and only here.
   * @returns false when nothing was written
   */
  #wholeRow(): boolean {
    const bytes = this.#bytes;
    const piece = this.#piece;
    const columnCount = this.#columnCount;
    const limit = pieceBytes - frameBytes;
    let offset = this.#starts[this.#row] ?? 0;
    let length = this.#length;
    if (this.#column > 0) return false;
    for (let column = 0; column < columnCount; column += 1) {
      const size = sizeAt(bytes, offset);
      offset += 4;
      if (size > loopBytes || length + 2 * loopBytes > limit) return false;
      if (column > 0) {
        piece[length] = tab;
        length += 1;
      }
      if (size < 0) {
        piece[length] = backslash;
        piece[length + 1] = capitalN;
        length += 2;
      } else {
        length = writeEscaped(bytes, offset, offset + size, piece, length);
        offset += size;
      }
    }
    piece[length] = lineFeed;
    this.#length = length + 1;
    this.#row += 1;
    return true;
  }

  /** Writes the cells that are left of a row. @returns false when the piece is full */
  #cells(): boolean {
    const bytes = this.#bytes;
    const row = this.#row;
    if (this.#column === 0) this.#offset = this.#starts[row] ?? 0;
    while (this.#row === row) {
      const from = this.#offset + 4;
      const size = sizeAt(bytes, this.#offset);
      if (this.#length + 2 * size + frameBytes > pieceBytes) {
        // One that does not fit into a piece of its own is divided.
        if (this.#length > 0) return false;
        this.#begin();
        this.#offset = from + size;
        this.#rest = { from, to: from + size };
        if (!this.#part(this.#rest)) return false;
      } else {
        this.#begin();
        this.#cell(from, size);
        this.#offset = size < 0 ? from : from + size;
        this.#end();
      }
    }
    return true;
  }

  /** One that fits. */
  #cell(from: number, size: number): void {
    if (size < 0) {
      this.#piece[this.#length] = backslash;
      this.#piece[this.#length + 1] = capitalN;
      this.#length += 2;
    } else if (size <= loopBytes || !isPlain(this.#bytes, from, from + size)) this.#loop(from, from + size);
    else {
      this.#bytes.copy(this.#piece, this.#length, from, from + size);
      this.#length += size;
    }
  }

  /** Before a cell. */
  #begin(): void {
    if (this.#column === 0) return;
    this.#piece[this.#length] = tab;
    this.#length += 1;
  }

  /** Behind a cell. */
  #end(): void {
    this.#column += 1;
    if (this.#column < this.#columnCount) return;
    this.#piece[this.#length] = lineFeed;
    this.#length += 1;
    this.#column = 0;
    this.#row += 1;
  }

  /** @returns whether the cell is at its end */
  #part(rest: { from: number; readonly to: number }): boolean {
    const end = Math.min(rest.to, rest.from + Math.floor((pieceBytes - this.#length - frameBytes) / 2));
    this.#loop(rest.from, end);
    rest.from = end;
    if (end < rest.to) return false;
    this.#rest = null;
    this.#end();
    return true;
  }

  #loop(from: number, to: number): void {
    this.#length = writeEscaped(this.#bytes, from, to, this.#piece, this.#length);
  }
}

/** @returns where it ends */
function writeEscaped(bytes: Buffer, from: number, to: number, target: Buffer, at: number): number {
  let length = at;
  for (let position = from; position < to; position += 1) {
    const byte = bytes[position] ?? 0;
    const letter = letters[byte] ?? 0;
    if (letter > 0) {
      target[length] = backslash;
      length += 1;
    }
    target[length] = letter > 0 ? letter : byte;
    length += 1;
  }
  return length;
}

function sizeAt(bytes: Buffer, offset: number): number {
  return (
    ((bytes[offset] ?? 0) << 24) |
    ((bytes[offset + 1] ?? 0) << 16) |
    ((bytes[offset + 2] ?? 0) << 8) |
    (bytes[offset + 3] ?? 0)
  );
}

function isPlain(bytes: Buffer, from: number, to: number): boolean {
  const text = bytes.subarray(from, to);
  return special.every((byte) => !text.includes(byte));
}
