/** In bytes of the heap, as `answerSize` estimates them. */
export interface AnswerLimits {
  /** All rows of one answer; larger ones are read through a cursor. */
  readonly perAnswer: number;
  /** All answers of the process that are being gathered at one moment. */
  readonly together: number;
}

const megabyte = 1024 * 1024;
const usualLimits: AnswerLimits = { perAnswer: 256 * megabyte, together: 512 * megabyte };

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
    if (this.#heldBytes + byteCount > this.limits.together) return false;
    this.#heldBytes += byteCount;
    return true;
  }

  release(byteCount: number): void {
    this.#heldBytes -= byteCount;
  }
}
