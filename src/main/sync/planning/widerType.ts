import type { LogicalType } from '../../../shared/model/columnTypes.ts';
import { digitsOfInteger, lossOf, wholeDigits } from './typeFit.ts';

type TypeOf<Name extends LogicalType['type']> = Extract<LogicalType, { readonly type: Name }>;

/** Types whose text is the same in every engine, so that a column of them can become one of texts. */
const plainTexts: ReadonlySet<LogicalType['type']> = new Set(['integer', 'decimal', 'date', 'uuid']);

/** The narrowest type that holds all values of both; null where there is none. */
export function widerType(left: LogicalType, right: LogicalType): LogicalType | null {
  if (lossOf(left, right) === null) return isText(right) && !isText(left) ? asText(left, right) : right;
  if (lossOf(right, left) === null) return left;
  if (left.type === 'integer' && right.type === 'integer') return widerInteger(left, right);
  const [first, second] = [asDecimal(left), asDecimal(right)];
  if (first !== null && second !== null) return widerDecimal(first, second);
  if (left.type === 'text' && right.type === 'text') return { type: 'text', length: null };
  if (left.type === 'timestamp' && right.type === 'timestamp' && left.isZoned === right.isZoned) {
    return { ...left, digits: Math.max(left.digits, right.digits) };
  }
  return asText(left, right);
}

const isText = ({ type }: LogicalType): boolean => type === 'text';

function asText(left: LogicalType, right: LogicalType): LogicalType | null {
  if (isText(left) || (isText(right) && plainTexts.has(left.type))) return { type: 'text', length: null };
  return null;
}

/** One is signed, and the other is not. */
function widerInteger(left: TypeOf<'integer'>, right: TypeOf<'integer'>): LogicalType {
  const needed = Math.max(...[left, right].map(({ bits, isUnsigned }) => (isUnsigned ? bits + 1 : bits)));
  const bits = ([16, 24, 32, 64] as const).find((size) => size >= needed);
  if (bits !== undefined) return { type: 'integer', bits, isUnsigned: false };
  return { type: 'decimal', precision: digitsOfInteger({ ...left, bits: 64, isUnsigned: true }), scale: 0 };
}

function asDecimal(type: LogicalType): TypeOf<'decimal'> | null {
  if (type.type === 'decimal') return type;
  return type.type === 'integer' ? { type: 'decimal', precision: digitsOfInteger(type), scale: 0 } : null;
}

function widerDecimal(left: TypeOf<'decimal'>, right: TypeOf<'decimal'>): LogicalType {
  const [first, second] = [wholeDigits(left), wholeDigits(right)];
  if (first === null || second === null) return { type: 'decimal', precision: null, scale: null };
  const scale = Math.max(left.scale ?? 0, right.scale ?? 0);
  return { type: 'decimal', precision: Math.max(first, second) + scale, scale };
}
