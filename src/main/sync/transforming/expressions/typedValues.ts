import type { LogicalType } from '../../../../shared/model/columnTypes.ts';
import { type Decimal, formatDecimal } from '../values/decimals.ts';
import { ValueRefused } from './expressionError.ts';

/** A value while it is worked on: numbers exactly, all other types but truth as their canonical text. */
export type Value = Decimal | boolean | string | null;

/** The canonical text of a column of the row, by its position; null for NULL. */
export type RowCells = (column: number) => string | null;

/** A part of an expression whose type is known, ready to be worked out. */
export interface TypedPart {
  readonly at: number;
  /** Null: always NULL, which goes with every type. */
  readonly type: LogicalType | null;
  /** @throws ValueRefused */
  readonly evaluate: (row: RowCells) => Value;
  /** The text of a literal, which may be read as a date where one is compared with it. */
  readonly literal?: string;
}

export const anyText: LogicalType = { type: 'text', length: null };
export const truth: LogicalType = { type: 'boolean' };
export const anyDecimal: LogicalType = { type: 'decimal', precision: null, scale: null };
export const longInteger: LogicalType = { type: 'integer', bits: 64, isUnsigned: false };

const leastLong = -(2n ** 63n);
const mostLong = 2n ** 63n - 1n;

export const isNumber = (type: LogicalType | null): boolean =>
  type?.type === 'integer' || type?.type === 'decimal' || type?.type === 'float';

export const isMoment = (type: LogicalType | null): boolean =>
  type?.type === 'date' || type?.type === 'timestamp';

/** How people are told of a type. */
export function typeWord(type: LogicalType | null): string {
  if (type === null) return 'NULL';
  if (isNumber(type)) return 'a number';
  switch (type.type) {
    case 'boolean':
      return 'a truth value';
    case 'text':
      return 'text';
    case 'date':
      return 'a date';
    case 'timestamp':
      return type.isZoned ? 'a time stamp with a zone' : 'a time stamp';
    default:
      return type.type === 'other' ? type.name : `${type.type}`;
  }
}

/** The narrowest type that holds the values of both; null when there is none. */
export function commonType(left: LogicalType, right: LogicalType): LogicalType | null {
  if (isNumber(left) && isNumber(right)) return commonNumber(left, right);
  if (left.type !== right.type) return null;
  if (left.type === 'text') return anyText;
  if (left.type === 'timestamp' && right.type === 'timestamp') {
    if (left.isZoned !== right.isZoned) return null;
    return { ...left, digits: Math.max(left.digits, right.digits) };
  }
  if (left.type === 'other' && right.type === 'other' && left.name !== right.name) return null;
  return left;
}

function commonNumber(left: LogicalType, right: LogicalType): LogicalType {
  if (left.type === 'float' || right.type === 'float') return { type: 'float', bits: 64 };
  const isWhole = isShortInteger(left) && isShortInteger(right);
  return isWhole ? longInteger : anyDecimal;
}

/** Whether all its values are signed integers of 64 bits. */
const isShortInteger = (type: LogicalType): boolean =>
  type.type === 'integer' && !(type.isUnsigned && type.bits === 64);

/** The canonical text of a value of a type. @throws ValueRefused for an integer that is too large for its type */
export function textOf(value: Value, type: LogicalType | null): string | null {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  const isTooLarge = type?.type === 'integer' && (value.digits < leastLong || value.digits > mostLong);
  if (isTooLarge) throw new ValueRefused('A number is larger than 64 bits can hold.');
  return formatDecimal(value);
}

/** A part that is a number. */
export const numberIn =
  ({ evaluate }: TypedPart) =>
  (row: RowCells): Decimal | null => {
    const value = evaluate(row);
    return typeof value === 'object' ? value : null;
  };

/** A part as text, whatever its type is. */
export const textIn =
  ({ evaluate, type }: TypedPart) =>
  (row: RowCells): string | null =>
    textOf(evaluate(row), type);
