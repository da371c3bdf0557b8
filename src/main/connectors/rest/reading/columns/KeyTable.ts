import type { ResourceColumn } from '../../../../../shared/model/resources.ts';
import type { JsonTape } from '../../json/JsonTape.ts';
import { textOf } from '../../json/jsonText.ts';

/** Where the value of a key goes. */
export interface Slot {
  /** -1: into none. */
  readonly column: number;
  /** Where the fields of an object go; null: it is one value. */
  readonly inner: KeyTable | null;
}

const nowhere: Slot = { column: -1, inner: null };

interface KnownKey {
  /** As it was sent, without its quotes. */
  readonly bytes: Buffer;
  readonly slot: Slot;
}

/** The keys of objects at one place. Records mostly have the same keys in the same order: that is tried first. */
export class KeyTable {
  readonly #slots = new Map<string, Slot>();
  readonly #byOrder: KnownKey[] = [];

  /** @param columns with what is left of their paths, by position */
  constructor(columns: readonly { readonly path: readonly string[]; readonly column: number }[]) {
    for (const name of new Set(columns.map(({ path }) => path[0] ?? ''))) {
      const here = columns.filter(({ path }) => path[0] === name);
      const deeper = here.filter(({ path }) => path.length > 1);
      this.#slots.set(name, {
        column: here.find(({ path }) => path.length === 1)?.column ?? -1,
        inner:
          deeper.length === 0
            ? null
            : new KeyTable(deeper.map(({ path, column }) => ({ path: path.slice(1), column }))),
      });
    }
  }

  static of(columns: readonly ResourceColumn[]): KeyTable {
    const placed = columns.map(({ path }, column) => ({ path, column }));
    return new KeyTable(placed.filter(({ path }) => path.length > 0));
  }

  /** @param order of the key in its object, from 0 */
  slotOf(tape: JsonTape, key: number, order: number): Slot {
    const known = this.#byOrder[order];
    const from = tape.starts[key] as number;
    const to = tape.ends[key] as number;
    if (known !== undefined && isSame(known.bytes, tape.bytes, from, to)) return known.slot;
    const slot = this.#slots.get(textOf(tape, key)) ?? nowhere;
    // A map of many keys is not remembered.
    if (order < 2_000) {
      const bytes = Buffer.from(tape.bytes.subarray(from, to));
      this.#byOrder[order] = { bytes, slot };
    }
    return slot;
  }
}

function isSame(known: Buffer, bytes: Buffer, from: number, to: number): boolean {
  const length = to - from;
  if (known.length !== length) return false;
  for (let index = 0; index < length; index += 1) if (known[index] !== bytes[from + index]) return false;
  return true;
}
