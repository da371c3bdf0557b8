/** What one type can hold of another: decides without any engine's words. */
import type { LogicalType } from '../../../shared/model/columnTypes.ts';

type TypeOf<Name extends LogicalType['type']> = Extract<LogicalType, { readonly type: Name }>;

export function isSameType(left: LogicalType, right: LogicalType): boolean {
  return JSON.stringify(sorted(left)) === JSON.stringify(sorted(right));
}

const sorted = (type: LogicalType) => Object.entries(type).sort(([left], [right]) => (left < right ? -1 : 1));

/** Bits of the mantissa: whole numbers up to them are exact. */
const exactBits = { 32: 24, 64: 53 } as const;
/** Digits of the largest whole number with so many bits. */
const digitsOf = (bits: number): number => Math.ceil(bits * Math.log10(2));
/** Characters of the canonical text. */
const fixedLengths = { boolean: 5, uuid: 36 } as const;

/** Digits before the point; null: as many as a value has. */
export function wholeDigits({ precision, scale }: TypeOf<'decimal'>): number | null {
  return precision === null ? null : Math.max(0, precision - (scale ?? 0));
}

/** Digits before the point of the largest value. */
export function digitsOfInteger({ bits, isUnsigned }: TypeOf<'integer'>): number {
  return digitsOf(isUnsigned ? bits : bits - 1);
}

/** What a column of the type `to` may lose of values of the type `from`, in words; null when it holds all of them. */
export function lossOf(from: LogicalType, to: LogicalType): string | null {
  if (isSameType(from, to)) return null;
  switch (to.type) {
    case 'text':
      return textLoss(from, to);
    case 'integer':
      return integerLoss(from, to);
    case 'decimal':
      return decimalLoss(from, to);
    case 'float':
      return floatLoss(from, to);
    case 'binary':
      return from.type === 'binary' ? lengthLoss(from.length, to.length, 'bytes') : mismatch(from, to);
    case 'time':
    case 'timestamp':
      return timeLoss(from, to);
    default:
      return from.type === to.type && from.type !== 'other' ? null : mismatch(from, to);
  }
}

const names: Readonly<Record<LogicalType['type'], string>> = {
  boolean: 'true or false',
  integer: 'whole numbers',
  decimal: 'decimal numbers',
  float: 'floating-point numbers',
  text: 'texts',
  binary: 'bytes',
  date: 'dates',
  time: 'times of day',
  timestamp: 'dates with times',
  interval: 'intervals',
  uuid: 'UUIDs',
  json: 'JSON',
  other: 'values of a type of another engine',
};

function mismatch(from: LogicalType, to: LogicalType): string {
  return `values that the column cannot hold, because it is made for ${names[to.type]} and not for ${names[from.type]}`;
}

function lengthLoss(from: number | null, to: number | null, unit: string): string | null {
  return to === null || (from !== null && from <= to) ? null : `what is longer than ${to} ${unit}`;
}

function textLoss(from: LogicalType, to: TypeOf<'text'>): string | null {
  return lengthLoss(longestText(from), to.length, 'characters');
}

/** Null: there is no longest one. */
function longestText(type: LogicalType): number | null {
  switch (type.type) {
    case 'text':
      return type.length;
    case 'boolean':
    case 'uuid':
      return fixedLengths[type.type];
    case 'integer':
      return digitsOfInteger(type) + 1;
    case 'decimal':
      // The sign, the point and a zero before it.
      return type.precision === null ? null : type.precision + Math.abs(type.scale ?? 0) + 3;
    case 'binary':
      return type.length === null ? null : type.length * 2;
    default:
      return null;
  }
}

function integerLoss(from: LogicalType, to: TypeOf<'integer'>): string | null {
  if (from.type === 'boolean') return null;
  if (from.type !== 'integer' && from.type !== 'decimal') return mismatch(from, to);
  if (from.type === 'decimal' && (from.scale === null || from.scale > 0)) {
    return 'digits after the decimal point';
  }
  if (to.isUnsigned && !(from.type === 'integer' && from.isUnsigned)) return 'numbers below zero';
  return hasRoom(from, to) ? null : `numbers that need more than ${to.bits} bits`;
}

function hasRoom(from: TypeOf<'integer'> | TypeOf<'decimal'>, to: TypeOf<'integer'>): boolean {
  if (from.type === 'decimal') return (wholeDigits(from) ?? digitsOfInteger(to)) < digitsOfInteger(to);
  return (from.isUnsigned && !to.isUnsigned ? from.bits + 1 : from.bits) <= to.bits;
}

function decimalLoss(from: LogicalType, to: TypeOf<'decimal'>): string | null {
  const whole = wholeDigits(to);
  if (from.type === 'integer') {
    const digits = digitsOfInteger(from);
    return whole === null || whole >= digits ? null : `numbers with more than ${whole} digits`;
  }
  if (from.type !== 'decimal') return mismatch(from, to);
  if (to.precision === null) return null;
  const scale = to.scale ?? 0;
  if (from.precision === null || (from.scale ?? 0) > scale) {
    return `digits after decimal place ${scale}, and numbers with more than ${whole} digits before the point`;
  }
  const needed = wholeDigits(from) ?? 0;
  return needed <= (whole ?? needed) ? null : `numbers with more than ${whole} digits before the point`;
}

function floatLoss(from: LogicalType, to: TypeOf<'float'>): string | null {
  const bits = exactBits[to.bits];
  if (from.type === 'float') return from.bits <= to.bits ? null : 'digits after the seventh';
  if (from.type === 'integer') {
    return from.bits <= bits ? null : `digits of numbers that need more than ${bits} bits`;
  }
  if (from.type === 'decimal') return 'digits, because floating-point numbers are not exact';
  return mismatch(from, to);
}

function timeLoss(from: LogicalType, to: TypeOf<'time' | 'timestamp'>): string | null {
  if (from.type === 'date' && to.type === 'timestamp' && !to.isZoned) return null;
  if (from.type !== to.type) return mismatch(from, to);
  if (from.isZoned && !to.isZoned) return 'the time zone';
  if (!from.isZoned && to.isZoned) return 'that the values have no time zone: they are taken for UTC';
  return from.digits <= to.digits ? null : `fractions of a second with more than ${to.digits} digits`;
}
