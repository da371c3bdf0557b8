import type { ValueKind } from '../../../shared/model/results.ts';
import { keyRoomFor, maxTextKeyBytes, writeValueKey } from '../../results/arranging/valueKey.ts';

/** Compares values of a cursor as sorting does: numbers by value, times by time. */
export class CursorOrder {
  readonly #kind: ValueKind;
  readonly #target = Buffer.allocUnsafe(keyRoomFor(maxTextKeyBytes));

  constructor(kind: ValueKind) {
    this.#kind = kind;
  }

  /** A key whose bytes compare as the values do. */
  keyOf(bytes: Buffer, from: number, to: number): Buffer {
    const end = writeValueKey(this.#kind, bytes, from, to, this.#target, 0);
    return Buffer.from(this.#target.subarray(0, end));
  }

  keyOfText(text: string): Buffer {
    const bytes = Buffer.from(text);
    return this.keyOf(bytes, 0, bytes.length);
  }

  /** Whether a cell has the value of a key. */
  hasKey(bytes: Buffer, from: number, to: number, key: Buffer): boolean {
    const end = writeValueKey(this.#kind, bytes, from, to, this.#target, 0);
    return key.compare(this.#target, 0, end) === 0;
  }
}
