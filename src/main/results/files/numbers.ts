import type { ValueKind } from '../../../shared/model/results.ts';

const numericKinds: ReadonlySet<ValueKind> = new Set(['integer', 'decimal', 'float']);

/** Whether values of the kind are numbers, but for words such as NaN. */
export const isNumeric = (kind: ValueKind): boolean => numericKinds.has(kind);

const zero = 0x30;
const nine = 0x39;
export const isDigit = (byte: number | undefined): boolean =>
  byte !== undefined && byte >= zero && byte <= nine;
const isSign = (byte: number | undefined): boolean => byte === 0x2b || byte === 0x2d;

function skipDigits(bytes: Uint8Array, from: number, to: number): number {
  let position = from;
  while (position < to && isDigit(bytes[position])) position += 1;
  return position;
}

/** Whether bytes are a number as JSON writes it: no plus, no leading zero, digits on both sides of the point. */
export function isJsonNumber(bytes: Uint8Array, from: number, to: number): boolean {
  const first = bytes[from] === 0x2d ? from + 1 : from;
  let position = skipDigits(bytes, first, to);
  if (position === first || (bytes[first] === zero && position > first + 1)) return false;
  if (position < to && bytes[position] === 0x2e) {
    const fraction = position + 1;
    position = skipDigits(bytes, fraction, to);
    if (position === fraction) return false;
  }
  if (position < to && ((bytes[position] ?? 0) | 0x20) === 0x65) {
    const exponent = isSign(bytes[position + 1]) ? position + 2 : position + 1;
    position = skipDigits(bytes, exponent, to);
    if (position === exponent) return false;
  }
  return position === to;
}

/** 1 for what numbers are made of: digits, signs, the point and the letter of an exponent. */
const numberBytes = new Uint8Array(256);
for (const byte of Buffer.from('0123456789+-.eE')) numberBytes[byte] = 1;

export const isNumberByte = (byte: number): boolean => numberBytes[byte] === 1;

/** Whether bytes are made of nothing but what numbers are made of: no word such as NaN, no sign of a currency. */
export function isPlainNumber(bytes: Uint8Array, from: number, to: number): boolean {
  for (let position = from; position < to; position += 1) {
    if (!isNumberByte(bytes[position] ?? 0)) return false;
  }
  return to > from;
}
