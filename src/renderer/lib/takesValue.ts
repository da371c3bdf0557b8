import type { FilterOperator } from '../../shared/model/results.ts';

/** Whether an operator compares with a value that is typed. */
export const takesValue = (operator: FilterOperator): boolean =>
  operator !== 'null' && operator !== 'not-null';
