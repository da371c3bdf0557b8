import type { ColumnTypes } from '../TableWriter.ts';

/** What columns hold. */
export const mysqlTypes: ColumnTypes = {
  logical: () => ({ type: 'text', length: null }),
  declare: () => ({ sql: 'text', loss: null }),
  toCanonical: () => null,
  fromCanonical: () => null,
};
