import type { ColumnTypes } from '../TableWriter.ts';

/** What columns hold. */
export const postgresTypes: ColumnTypes = {
  logical: () => ({ type: 'text', length: null }),
  declare: () => ({ sql: 'text', loss: null }),
  toCanonical: () => null,
  fromCanonical: () => null,
};
