import { Lost, type ParquetCell } from './ParquetCell.ts';

const minus = 0x2d;
const point = 0x2e;
const zero = 0x30;
/** So many digits are exact as a number. */
const exactDigits = 15;
const maxInt32 = 2 ** 31;
const maxInt64 = 2n ** 63n;

const noNumber = new Lost('NaN and infinity, which are no decimal numbers');
const words: ReadonlySet<string> = new Set(['NaN', 'Infinity', '-Infinity']);

/** The whole number that bytes are, or NaN; exact up to `exactDigits`. */
function numberAt(bytes: Buffer, from: number, to: number): number {
  const isNegative = bytes[from] === minus;
  let position = isNegative ? from + 1 : from;
  if (position >= to) return Number.NaN;
  let value = 0;
  for (; position < to; position += 1) {
    const digit = (bytes[position] ?? 0) - zero;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return isNegative ? -value : value;
}

export const readInt32: ParquetCell = (bytes, from, to) => {
  const value = numberAt(bytes, from, to);
  return value >= -maxInt32 && value < maxInt32 ? value : null;
};

export const readInt64: ParquetCell = (bytes, from, to) => {
  const value = numberAt(bytes, from, to);
  if (Number.isNaN(value)) return null;
  if (to - from <= exactDigits) return BigInt(value);
  const exact = BigInt(bytes.toString('latin1', from, to));
  return exact >= -maxInt64 && exact < maxInt64 ? exact : null;
};

/** As a whole number of the smallest part that the scale has. */
export function readDecimal(precision: number, scale: number): ParquetCell {
  const limit = 10n ** BigInt(precision);
  return (bytes, from, to) => {
    const short = shortDecimal(bytes, from, to, scale);
    if (!Number.isNaN(short))
      return precision >= exactDigits || BigInt(Math.abs(short)) < limit ? BigInt(short) : null;
    const text = bytes.toString('latin1', from, to);
    if (words.has(text)) return noNumber;
    const value = longDecimal(text, scale);
    return value !== null && value < limit && value > -limit ? value : null;
  };
}

/** NaN for one that has more digits than a number is exact with, or is none. */
function shortDecimal(bytes: Buffer, from: number, to: number, scale: number): number {
  const isNegative = bytes[from] === minus;
  let position = isNegative ? from + 1 : from;
  if (position >= to || to - position + scale > exactDigits) return Number.NaN;
  let value = 0;
  let behind = -1;
  for (; position < to; position += 1) {
    const byte = bytes[position] ?? 0;
    if (byte === point && behind < 0) {
      behind = 0;
      continue;
    }
    const digit = byte - zero;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
    if (behind >= 0) behind += 1;
  }
  const missing = scale - Math.max(0, behind);
  if (missing < 0) return Number.NaN;
  const scaled = value * 10 ** missing;
  return isNegative ? -scaled : scaled;
}

const decimalShape = /^(-?)(\d+)(?:\.(\d+))?$/;

/** Null for what is none, or has other digits than zeros behind the scale. */
function longDecimal(text: string, scale: number): bigint | null {
  const [, sign = '', whole, fraction = ''] = decimalShape.exec(text) ?? [];
  if (whole === undefined || /[1-9]/.test(fraction.slice(scale))) return null;
  return BigInt(`${sign}${whole}${fraction.slice(0, scale).padEnd(scale, '0')}`);
}
