/** Bytes are those of the heap, as `answerSize` estimates them. Larger answers are read through a cursor. */
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
