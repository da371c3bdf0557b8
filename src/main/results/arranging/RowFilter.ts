import type { ColumnFilter, ResultColumn, ValueKind } from '../../../shared/model/results.ts';
import { longSearchBytes, TextSearch } from './TextSearch.ts';
import { keyRoomFor, maxTextKeyBytes, writeValueKey } from './valueKey.ts';

type Test = (bytes: Buffer, from: number, to: number) => boolean | Promise<boolean>;

interface CellTest {
  readonly column: number;
  /** Given -1 for NULL. */
  readonly test: Test;
}

/**
 * Decides which rows stay. NULL differs from every value and contains none; nothing else but `null` finds it. Comparisons
 * are those of sorting; `contains` and its kin ignore case.
 */
export class RowFilter {
  readonly #tests: readonly CellTest[];

  constructor(columns: readonly ResultColumn[], filters: readonly ColumnFilter[]) {
    this.#tests = filters.map((filter) => ({
      column: filter.column,
      test: testFor(filter, columns[filter.column]?.kind ?? 'other'),
    }));
  }

  /** @param bounds of the row's cells @returns a promise only where a cell is long */
  keeps(bytes: Buffer, bounds: Int32Array): boolean | Promise<boolean> {
    for (let index = 0; index < this.#tests.length; index += 1) {
      const isKept = this.#passes(index, bytes, bounds);
      if (isKept === false) return false;
      if (isKept !== true) return this.#keepsFrom(isKept, index + 1, bytes, bounds);
    }
    return true;
  }

  #passes(index: number, bytes: Buffer, bounds: Int32Array): boolean | Promise<boolean> {
    const { column, test } = this.#tests[index] ?? { column: 0, test: () => true };
    return test(bytes, bounds[2 * column] ?? -1, bounds[2 * column + 1] ?? -1);
  }

  async #keepsFrom(
    pending: Promise<boolean>,
    next: number,
    bytes: Buffer,
    bounds: Int32Array,
  ): Promise<boolean> {
    if (!(await pending)) return false;
    for (let index = next; index < this.#tests.length; index += 1) {
      if (!(await this.#passes(index, bytes, bounds))) return false;
    }
    return true;
  }
}

function testFor({ operator, value }: ColumnFilter, kind: ValueKind): Test {
  switch (operator) {
    case 'null':
      return (_bytes, from) => from < 0;
    case 'not-null':
      return (_bytes, from) => from >= 0;
    case 'contains':
      return searching(value, 'anywhere');
    case 'excludes': {
      const contains = searching(value, 'anywhere');
      return (bytes, from, to) => from < 0 || negated(contains(bytes, from, to));
    }
    case 'starts':
      return searching(value, 'start');
    case 'ends':
      return searching(value, 'end');
    case 'differs': {
      const equals = comparing(value, kind, isWanted.equals);
      return (bytes, from, to) => from < 0 || !equals(bytes, from, to);
    }
    default:
      return comparing(value, kind, isWanted[operator]);
  }
}

const negated = (result: boolean | Promise<boolean>): boolean | Promise<boolean> =>
  typeof result === 'boolean' ? !result : result.then((value) => !value);

function searching(value: string, place: 'anywhere' | 'start' | 'end'): Test {
  const search = new TextSearch(value, false);
  return (bytes, from, to) => {
    if (from < 0) return false;
    if (to - from > longSearchBytes) return search.isInLong(bytes, from, to, place);
    return search.isIn(bytes, from, to, place);
  };
}

/** What the order of cell and value must be. */
const isWanted = {
  equals: (order: number) => order === 0,
  less: (order: number) => order < 0,
  'at-most': (order: number) => order <= 0,
  greater: (order: number) => order > 0,
  'at-least': (order: number) => order >= 0,
};

function comparing(
  value: string,
  kind: ValueKind,
  wanted: (order: number) => boolean,
): (bytes: Buffer, from: number, to: number) => boolean {
  const valueBytes = Buffer.from(value);
  const wantedKey = Buffer.allocUnsafe(keyRoomFor(valueBytes.length));
  const wantedEnd = writeValueKey(kind, valueBytes, 0, valueBytes.length, wantedKey, 0);
  const key = Buffer.allocUnsafe(keyRoomFor(maxTextKeyBytes));
  return (bytes, from, to) => {
    if (from < 0) return false;
    const end = writeValueKey(kind, bytes, from, to, key, 0);
    return wanted(key.compare(wantedKey, 0, wantedEnd, 0, end));
  };
}
