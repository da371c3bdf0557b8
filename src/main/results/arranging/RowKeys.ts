import type { ResultColumn, SortKey, ValueKind } from '../../../shared/model/results.ts';
import { keyRoomFor, writeValueKey } from './valueKey.ts';

const notNull = 0;
const isNull = 1;

/** Writes one key for a row out of all that it is sorted by, so that rows compare as their keys do. */
export class RowKeys {
  readonly #sort: readonly (SortKey & { readonly kind: ValueKind })[];

  constructor(columns: readonly ResultColumn[], sort: readonly SortKey[]) {
    this.#sort = sort.map((key) => ({ ...key, kind: columns[key.column]?.kind ?? 'other' }));
  }

  /** Most bytes of the key of a row. @param bounds of its cells */
  roomFor(bounds: Int32Array): number {
    let room = 0;
    for (const { column } of this.#sort) {
      room += 1 + keyRoomFor((bounds[2 * column + 1] ?? 0) - (bounds[2 * column] ?? 0));
    }
    return room;
  }

  /** @returns where the key ends */
  write(bytes: Buffer, bounds: Int32Array, target: Buffer, at: number): number {
    let end = at;
    for (const { column, descending, kind } of this.#sort) {
      const from = bounds[2 * column] ?? -1;
      target[end] = from < 0 ? isNull : notNull;
      end += 1;
      if (from < 0) continue;
      const start = end;
      end = writeValueKey(kind, bytes, from, bounds[2 * column + 1] ?? from, target, start);
      // NULL stays last, whichever the direction.
      if (descending) invert(target, start, end);
    }
    return end;
  }
}

function invert(bytes: Buffer, from: number, to: number): void {
  for (let index = from; index < to; index += 1) bytes[index] = 0xff - (bytes[index] ?? 0);
}
