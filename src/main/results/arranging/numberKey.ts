import { isDigit } from '../files/numbers.ts';

/** Where values stand among each other, in the order of the keys. PostgreSQL puts NaN above all numbers too. */
const rank = {
  minusInfinity: 0x10,
  negative: 0x20,
  zero: 0x30,
  positive: 0x40,
  infinity: 0x50,
  notANumber: 0x60,
};
/** Exponents of so many and less stand in one byte around the middle; others in three more behind its ends. */
const shortExponent = 64;
const middle = 0x80;
const longExponentBias = 0x800000;
/** Beyond it a number is taken for text: nothing has so many digits, and somebody is trying something. */
const maxExponent = 1_000_000;

/** Where the parts of a number are. */
interface Shape {
  /** The first digit that is not zero; -1 when there is none. */
  readonly first: number;
  /** -1 when there is none. */
  readonly point: number;
  /** Where digits and point end. */
  readonly end: number;
}

/**
 * Writes a key for a number, so that keys compare as the numbers do by value, exactly, however many digits they have. The
 * key is the sign, the exponent, and the digits in pairs, closed by a zero byte; all inverted for a negative number.
 * @param target needs room for `8 + digits`
 * @returns where the key ends; -1 when the text is no number, and nothing counts that was written
 */
export function writeNumberKey(
  bytes: Uint8Array,
  from: number,
  to: number,
  target: Uint8Array,
  at: number,
): number {
  const isNegative = bytes[from] === 0x2d;
  const start = isNegative || bytes[from] === 0x2b ? from + 1 : from;
  const shape = shapeOf(bytes, start, to);
  if (shape === null) return writeWordKey(bytes, start, to, isNegative, target, at);
  const exponent = exponentAt(bytes, shape.end, to);
  if (exponent === null) return -1;
  const { first, point, end: digitsEnd } = shape;
  if (first < 0) {
    target[at] = rank.zero;
    return at + 1;
  }
  const whole = point < 0 ? digitsEnd : point;
  // Zeros between the point and the first digit count down.
  const scale = exponent + (first < whole ? whole - first : whole - first + 1);
  target[at] = isNegative ? rank.negative : rank.positive;
  const end = writeDigits(bytes, first, digitsEnd, target, writeExponent(scale, target, at + 1));
  if (isNegative)
    for (let index = at + 1; index < end; index += 1) target[index] = 0xff - (target[index] ?? 0);
  return end;
}

function writeExponent(exponent: number, target: Uint8Array, at: number): number {
  if (Math.abs(exponent) <= shortExponent) {
    target[at] = middle + exponent;
    return at + 1;
  }
  const biased = exponent + longExponentBias;
  target[at] = exponent < 0 ? 0 : 0xff;
  target[at + 1] = biased >>> 16;
  target[at + 2] = (biased >>> 8) & 0xff;
  target[at + 3] = biased & 0xff;
  return at + 4;
}

/** Null when there is no digit. */
function shapeOf(bytes: Uint8Array, from: number, to: number): Shape | null {
  let point = -1;
  let first = -1;
  let position = from;
  for (; position < to; position += 1) {
    const byte = bytes[position] ?? 0;
    if (byte === 0x2e && point < 0) point = position;
    else if (!isDigit(byte)) break;
    else if (first < 0 && byte !== 0x30) first = position;
  }
  const digitCount = position - from - (point < 0 ? 0 : 1);
  return digitCount === 0 ? null : { first, point, end: position };
}

/** Writes pairs of digits, each one more than its value, without the zeros at the end. */
function writeDigits(bytes: Uint8Array, from: number, to: number, target: Uint8Array, at: number): number {
  let end = at;
  let isSecond = false;
  for (let position = from; position < to; position += 1) {
    const digit = (bytes[position] ?? 0) - 0x30;
    if (digit < 0) continue;
    target[end] = isSecond ? (target[end] ?? 0) + digit : digit * 10 + 1;
    if (isSecond) end += 1;
    isSecond = !isSecond;
  }
  if (isSecond) end += 1;
  while (target[end - 1] === 1) end -= 1;
  target[end] = 0;
  return end + 1;
}

/** The exponent that stands at the end of a number: zero when there is none, null when something else is there. */
function exponentAt(bytes: Uint8Array, from: number, to: number): number | null {
  if (from === to) return 0;
  if (((bytes[from] ?? 0) | 0x20) !== 0x65) return null;
  let position = from + 1;
  const sign = bytes[position] === 0x2d ? -1 : 1;
  if (bytes[position] === 0x2d || bytes[position] === 0x2b) position += 1;
  if (position === to) return null;
  let exponent = 0;
  for (; position < to; position += 1) {
    const byte = bytes[position] ?? 0;
    if (!isDigit(byte)) return null;
    exponent = exponent * 10 + byte - 0x30;
    if (exponent > maxExponent) return null;
  }
  return sign * exponent;
}

function writeWordKey(
  bytes: Uint8Array,
  from: number,
  to: number,
  isNegative: boolean,
  target: Uint8Array,
  at: number,
): number {
  if (to - from > 8) return -1;
  const word = String.fromCharCode(...bytes.subarray(from, to)).toLowerCase();
  if (word === 'nan') target[at] = rank.notANumber;
  else if (word === 'infinity' || word === 'inf')
    target[at] = isNegative ? rank.minusInfinity : rank.infinity;
  else return -1;
  return at + 1;
}
