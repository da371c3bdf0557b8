import type { ColumnFilter, SortKey } from '../../../shared/model/results.ts';
import { AppError } from '../../base/AppError.ts';
import type { RowPage } from '../Catalogue.ts';

/** What of a relation decides how its rows are ordered. */
export interface RelationShape {
  /** In the order in which the rows have them. */
  readonly columns: readonly { readonly name: string; readonly type: string; readonly isNullable: boolean }[];
  /** Columns, by position, that are never NULL and tell the rows apart; empty when there are none. */
  readonly key: readonly number[];
}

/** How an engine writes the parts of a page. */
export interface PageWords {
  /** A column by its position, for comparing and ordering. */
  column(index: number): string;
  /** A value of that column; `bind` keeps a text beside the statement and returns what stands for it. */
  value(index: number, text: string, bind: (text: string) => string): string;
  /** A column with NULL behind all values. */
  orderedBy(column: string, isDescending: boolean, isNullable: boolean): string;
  /** Whether the text of a column, as it is shown, is like a pattern, case ignored; `!` stands before what is literal. */
  isLike(index: number, pattern: string): string;
}

/** The condition, order and limit of a page, for behind `SELECT … FROM …`. */
export interface PageSql {
  readonly text: string;
  readonly values: readonly string[];
}

/**
 * @param placeholder of the value with this number, from 1
 * @throws INVALID_INPUT for a column that is not there
 */
export function pageSql(
  shape: RelationShape,
  { sort, filters, after, limit }: RowPage,
  words: PageWords,
  placeholder: (number: number) => string,
): PageSql {
  const values: string[] = [];
  const bind = (text: string): string => {
    values.push(text);
    return placeholder(values.length);
  };
  const order = orderOf(shape, sort);
  requireColumns(shape, [...order, ...filters]);
  const conditions = filters.map((filter) => filterSql(filter, words, bind));
  if (after !== null) conditions.push(behindSql(shape, order, after, words, bind));
  const ordered = order.map(({ column, descending }) =>
    words.orderedBy(words.column(column), descending, shape.columns[column]?.isNullable ?? true),
  );
  const parts = [
    ...(conditions.length === 0 ? [] : [`WHERE ${conditions.join(' AND ')}`]),
    ...(ordered.length === 0 ? [] : [`ORDER BY ${ordered.join(', ')}`]),
    ...(limit === null ? [] : [`LIMIT ${Math.trunc(limit)}`]),
  ];
  return { text: parts.join(' '), values };
}

/** The order that was asked for, and the key behind it. */
export function orderOf({ key }: RelationShape, sort: readonly SortKey[]): readonly SortKey[] {
  const named = new Set(sort.map(({ column }) => column));
  const rest = key.filter((column) => !named.has(column)).map((column) => ({ column, descending: false }));
  return [...sort, ...rest];
}

function requireColumns({ columns }: RelationShape, used: readonly { readonly column: number }[]): void {
  if (used.every(({ column }) => column < columns.length)) return;
  throw new AppError('INVALID_INPUT', {
    title: 'The table has changed',
    detail: 'A column that it was sorted or filtered by is no longer there.',
    fixes: ['Remove the filter or the order, then refresh.'],
  });
}

/**
 * Rows behind a row, in this order: those that are greater in the first column, or equal there and greater in the next
 * one, and so on. NULL is behind everything, so that nothing is behind it. With the first column by itself in front, by
 * which a server can find the place in an index.
 */
function behindSql(
  { columns }: RelationShape,
  order: readonly SortKey[],
  after: readonly (string | null)[],
  words: PageWords,
  bind: (text: string) => string,
): string {
  const isNullable = (column: number): boolean => columns[column]?.isNullable ?? true;
  const compared = ({ column, descending }: SortKey, orEqual: boolean): string => {
    const text = after[column] ?? null;
    if (text === null) return orEqual ? `${words.column(column)} IS NULL` : '1 = 0';
    const sign = `${descending ? '<' : '>'}${orEqual ? '=' : ''}`;
    const greater = `${words.column(column)} ${sign} ${words.value(column, text, bind)}`;
    return isNullable(column) ? `(${greater} OR ${words.column(column)} IS NULL)` : greater;
  };
  const isEqual = ({ column }: SortKey): string => {
    const text = after[column] ?? null;
    const name = words.column(column);
    return text === null ? `${name} IS NULL` : `${name} = ${words.value(column, text, bind)}`;
  };
  const [first] = order;
  if (first === undefined) return '1 = 0';
  if (order.length === 1) return compared(first, false);
  const bound = compared(first, true);
  const steps = order.map((key, depth) =>
    [...order.slice(0, depth).map(isEqual), compared(key, false)].join(' AND '),
  );
  return `${bound} AND (${steps.map((step) => `(${step})`).join(' OR ')})`;
}

const signs = {
  equals: '=',
  less: '<',
  'at-most': '<=',
  greater: '>',
  'at-least': '>=',
} as const;

/** As in a result: what is NULL differs from every value, contains none, and is found by nothing else but `null`. */
function filterSql(
  { column: index, operator, value }: ColumnFilter,
  words: PageWords,
  bind: (text: string) => string,
): string {
  const column = words.column(index);
  const like = (before: string, behind: string): string =>
    words.isLike(index, bind(`${before}${value.replace(/[!%_]/g, '!$&')}${behind}`));
  switch (operator) {
    case 'null':
      return `${column} IS NULL`;
    case 'not-null':
      return `${column} IS NOT NULL`;
    case 'contains':
      return like('%', '%');
    case 'excludes':
      return `(${column} IS NULL OR NOT ${like('%', '%')})`;
    case 'differs':
      return `(${column} IS NULL OR ${column} <> ${words.value(index, value, bind)})`;
    case 'starts':
      return like('', '%');
    case 'ends':
      return like('%', '');
    default:
      return `${column} ${signs[operator]} ${words.value(index, value, bind)}`;
  }
}
