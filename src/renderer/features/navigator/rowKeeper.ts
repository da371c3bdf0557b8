import type { NavigatorRow } from './rows.ts';

/** Whether two objects of one kind hold the same values. */
export const isSame = <Value extends object>(left: Value, right: Value): boolean =>
  (Object.keys(right) as (keyof Value)[]).every((name) => left[name] === right[name]);

/** Gives rows that have not changed their identity back, from one list to the next. */
export function rowKeeper() {
  let last = new Map<string, NavigatorRow>();
  return {
    /** Begins a list; the returned function answers the row to put into it. */
    begin(): (row: NavigatorRow) => NavigatorRow {
      const before = last;
      const kept = new Map<string, NavigatorRow>();
      last = kept;
      return (row) => {
        const known = before.get(row.key);
        const result = known !== undefined && isSame(known, row) ? known : row;
        kept.set(row.key, result);
        return result;
      };
    },
  };
}
