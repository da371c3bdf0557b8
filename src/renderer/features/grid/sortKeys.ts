import type { SortKey } from '../../../shared/model/results.ts';

/** The order after a click on the head of a column: ascending, descending, none. Shift keeps the other keys. */
export function toggledSort(sort: readonly SortKey[], column: number, addsKey: boolean): readonly SortKey[] {
  const known = sort.find((key) => key.column === column);
  const next: SortKey | null =
    known === undefined
      ? { column, descending: false }
      : known.descending
        ? null
        : { column, descending: true };
  if (!addsKey) return next === null ? [] : [next];
  if (known === undefined) return next === null ? sort : [...sort, next];
  return sort.flatMap((key) => (key.column !== column ? [key] : next === null ? [] : [next]));
}

/** The order with a key at its end, or with the direction of that key changed where it is. */
export function withSortKey(sort: readonly SortKey[], key: SortKey): readonly SortKey[] {
  return sort.some(({ column }) => column === key.column)
    ? sort.map((one) => (one.column === key.column ? key : one))
    : [...sort, key];
}
