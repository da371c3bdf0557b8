/** Bytes are those of the heap, as `sizeOfRow` estimates them. Larger answers are read as a stream. */
export interface AnswerLimits {
  readonly rowsPerAnswer: number;
  readonly bytesPerAnswer: number;
  /** For all answers of the process that are being gathered at one moment. */
  readonly bytesTogether: number;
}

const megabyte = 1024 * 1024;
const usualLimits: AnswerLimits = {
  // A longer list of rows takes too long to grow and to collect, however small they are.
  rowsPerAnswer: 1_000_000,
  bytesPerAnswer: 256 * megabyte,
  bytesTogether: 512 * megabyte,
};

/**
 * How much memory the answers that are being gathered hold. One for the whole process: many connections, each below its
 * own limit, must not use it up either.
 */
export class AnswerMemory {
  readonly limits: AnswerLimits;
  #heldBytes = 0;

  constructor(limits: AnswerLimits = usualLimits) {
    this.limits = limits;
  }

  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** @returns false when there is no room for so many more bytes; nothing is held for the caller then */
  hold(byteCount: number): boolean {
    if (this.#heldBytes + byteCount > this.limits.bytesTogether) return false;
    this.#heldBytes += byteCount;
    return true;
  }

  release(byteCount: number): void {
    this.#heldBytes -= byteCount;
  }
}

/**
 * What answers take on V8's heap, in bytes, rounded up: measured with Node 20 without pointer compression, the largest
 * of the runtimes. What counts is the heap and not the wire, where a row without a column is seven bytes.
 */
const rowBytes = 64;
const cellBytes = 8;
/** Object header, hash, length and padding of a string that is not empty. */
const stringBytes = 24;
const columnBytes = 96;

/** @param textBytes of all cells, in UTF-8. As many characters as bytes are ASCII, at a byte each; else it is two. */
export function sizeOfRow(cells: readonly (string | null)[], textBytes: number): number {
  let stringCount = 0;
  let characterCount = 0;
  for (const cell of cells) {
    if (cell === null || cell === '') continue;
    stringCount += 1;
    characterCount += cell.length;
  }
  const texts = characterCount === textBytes ? characterCount : characterCount * 2;
  return rowBytes + cells.length * cellBytes + stringCount * stringBytes + texts;
}

/** @param messageBytes of what describes the columns: names, mostly */
export function sizeOfColumns(columnCount: number, messageBytes: number): number {
  return columnCount * columnBytes + messageBytes * 2;
}
