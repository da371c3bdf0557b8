import type { NavigatorRow } from './rows.ts';

/** Whether two rows say the same; their values are plain. */
function isSameRow(left: NavigatorRow, right: NavigatorRow): boolean {
  const before = left as unknown as Record<string, unknown>;
  return Object.entries(right).every(([name, value]) => before[name] === value);
}

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
        const result = known !== undefined && isSameRow(known, row) ? known : row;
        kept.set(row.key, result);
        return result;
      };
    },
  };
}
