import type { LogicalType } from '../../../../shared/model/columnTypes.ts';
import { type Cast, type CellStep, refused, type StepResult } from '../steps.ts';
import {
  type Decimal,
  formatDecimal,
  isIntegerText,
  numberWords,
  parseDecimal,
  powerOfTen,
  trimmed,
} from '../values/decimals.ts';
import { shownValue } from './shownValue.ts';

type IntegerType = Extract<LogicalType, { type: 'integer' }>;
type DecimalType = Extract<LogicalType, { type: 'decimal' }>;

const bounds = ({ bits, isUnsigned }: IntegerType): readonly [bigint, bigint] =>
  isUnsigned ? [0n, 2n ** BigInt(bits) - 1n] : [-(2n ** BigInt(bits - 1)), 2n ** BigInt(bits - 1) - 1n];

/** Whether each value of an integer type is one of the other. */
function holds(to: IntegerType, from: IntegerType): boolean {
  const [least, most] = bounds(to);
  const [fromLeast, fromMost] = bounds(from);
  return least <= fromLeast && fromMost <= most;
}

const noNumber = (text: string) => refused(`“${shownValue(text)}” is no number.`);

export function toInteger(from: LogicalType, to: IntegerType): Cast {
  if (from.type === 'boolean') return bit;
  if (from.type === 'integer' && holds(to, from)) return null;
  if (!isNumberLike(from)) return 'impossible';
  const [least, most] = bounds(to);
  const range = `between ${least} and ${most}`;
  return (text) => {
    const value = wholeOf(text);
    if (typeof value !== 'bigint') return value;
    return value < least || value > most ? refused(`${shownValue(text)} is not ${range}.`) : value.toString();
  };
}

const bit: CellStep = (text) => (text === 'true' ? '1' : '0');

/** The number that a text says, if it has no digits behind the point but zeros. */
function wholeOf(text: string): bigint | StepResult {
  const plain = text.trim();
  if (isIntegerText(plain)) return BigInt(plain);
  const number = parseDecimal(plain);
  if (number === null) return noNumber(text);
  const { digits, scale } = trimmed(number);
  return scale === 0 ? digits : refused(`${shownValue(text)} has digits behind the point.`);
}

export function toDecimal(from: LogicalType, to: DecimalType): Cast {
  if (from.type === 'boolean') return bit;
  if (!isNumberLike(from)) return 'impossible';
  const isPlain = from.type === 'integer' || from.type === 'decimal';
  if (isPlain && to.precision === null) return null;
  if (from.type === 'decimal' && from.precision === to.precision && from.scale === to.scale) return null;
  return (text) => {
    const plain = text.trim();
    if (numberWords.has(plain)) return plain;
    const number = parseDecimal(plain);
    if (number === null) return noNumber(text);
    return fitted(number, to, text);
  };
}

function fitted(number: Decimal, { precision, scale }: DecimalType, text: string): StepResult {
  if (precision === null) return formatDecimal(number);
  const short = trimmed(number);
  const most = scale ?? 0;
  if (short.scale > Math.max(0, most)) {
    return refused(`${shownValue(text)} has more than ${Math.max(0, most)} digits behind the point.`);
  }
  const magnitude = short.digits < 0n ? -short.digits : short.digits;
  const limit = powerOfTen(precision - most + short.scale);
  return magnitude >= limit
    ? refused(`${shownValue(text)} has more than ${precision - most} digits before the point.`)
    : formatDecimal(number.scale > Math.max(0, most) ? short : number);
}

export function toFloat(from: LogicalType): Cast {
  if (from.type === 'float' || from.type === 'integer' || from.type === 'decimal') return null;
  if (from.type === 'boolean') return bit;
  if (from.type !== 'text') return 'impossible';
  return (text) => {
    const plain = text.trim();
    if (numberWords.has(plain)) return plain;
    return parseDecimal(plain) === null ? noNumber(text) : plain;
  };
}

const isNumberLike = ({ type }: LogicalType): boolean =>
  type === 'integer' || type === 'decimal' || type === 'float' || type === 'text';
