import { dayNumber, isDay } from '../../../../base/calendar.ts';
import { Lost, type ParquetCell } from './ParquetCell.ts';

const hyphen = 0x2d;
const colon = 0x3a;
const point = 0x2e;
const blank = 0x20;
const zero = 0x30;
const dayLength = '2024-05-06'.length;
const timeLength = '12:34:56'.length;
const microDigits = 6;
const microsPerSecond = 1_000_000;
const secondsPerDay = 86_400;
const maxInt64 = 2n ** 63n;

const infinite = new Lost('infinite dates');
const tooFar = new Lost('times that are more than 290,000 years away');
const noTimeOfDay = new Lost('times that are not between 00:00 and 24:00');
const infinities: ReadonlySet<string> = new Set(['infinity', '-infinity']);

/** `-0043-03-15`, and what may stand behind it. */
const signedDay = /^([+-]\d{4,})-(\d\d)-(\d\d)(?: (.*))?$/;
const otherTime = /^-?\d{2,}:\d\d:\d\d(?:\.\d+)?$/;

/** Two digits; NaN for anything else. */
function pair(bytes: Buffer, from: number): number {
  const tens = (bytes[from] ?? 0) - zero;
  const ones = (bytes[from + 1] ?? 0) - zero;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : Number.NaN;
}

/** Days since 1970 of a day with four digits of a year; NaN for anything else. */
function dayAt(bytes: Buffer, from: number): number {
  if (bytes[from + 4] !== hyphen || bytes[from + 7] !== hyphen) return Number.NaN;
  const year = 100 * pair(bytes, from) + pair(bytes, from + 2);
  return numberOf(year, pair(bytes, from + 5), pair(bytes, from + 8));
}

/** NaN where there is no such day. */
const numberOf = (year: number, month: number, day: number): number =>
  isDay(year, month, day) ? dayNumber(year, month, day) : Number.NaN;

/** Microseconds of `12:34:56.789`, at most so many as a day has; NaN for anything else. */
function microsAt(bytes: Buffer, from: number, to: number): number {
  const seconds = from + timeLength;
  if (seconds > to || bytes[from + 2] !== colon || bytes[from + 5] !== colon) return Number.NaN;
  const [minute, second] = [pair(bytes, from + 3), pair(bytes, from + 6)];
  if (minute > 59 || second > 59) return Number.NaN;
  const whole = 3_600 * pair(bytes, from) + 60 * minute + second;
  if (seconds === to) return whole * microsPerSecond;
  if (bytes[seconds] !== point) return Number.NaN;
  let micros = 0;
  for (let place = 0; place < microDigits; place += 1) {
    const position = seconds + 1 + place;
    const digit = position < to ? (bytes[position] ?? 0) - zero : 0;
    if (digit < 0 || digit > 9) return Number.NaN;
    micros = 10 * micros + digit;
  }
  return whole * microsPerSecond + micros;
}

/** Days since 1970. */
export const readDate: ParquetCell = (bytes, from, to) => {
  const day = to - from === dayLength ? dayAt(bytes, from) : Number.NaN;
  if (!Number.isNaN(day)) return day;
  const text = bytes.toString('latin1', from, to);
  if (infinities.has(text)) return infinite;
  const [, year, month, dayOfMonth, rest] = signedDay.exec(text) ?? [];
  if (year === undefined || rest !== undefined) return null;
  const signed = numberOf(Number(year), Number(month), Number(dayOfMonth));
  return Number.isNaN(signed) ? null : signed;
};

/** Microseconds of the day. */
export const readTime: ParquetCell = (bytes, from, to) => {
  const micros = microsAt(bytes, from, to);
  if (micros < secondsPerDay * microsPerSecond) return BigInt(micros);
  const isTime = !Number.isNaN(micros) || otherTime.test(bytes.toString('latin1', from, to));
  return isTime ? noTimeOfDay : null;
};

/** Microseconds since 1970: of a moment with `Z` in UTC, else of the local time. */
export const readTimestamp: ParquetCell = (bytes, from, to) => {
  const isZoned = bytes[to - 1] === 0x5a;
  const end = isZoned ? to - 1 : to;
  const isUsual = bytes[from + dayLength] === blank;
  const day = isUsual ? dayAt(bytes, from) : Number.NaN;
  const micros = isUsual ? microsAt(bytes, from + dayLength + 1, end) : Number.NaN;
  const seconds = day * secondsPerDay;
  const value = seconds * microsPerSecond + micros;
  if (Number.isSafeInteger(value)) return BigInt(value);
  return Number.isNaN(value)
    ? unusualTimestamp(bytes.toString('latin1', from, end))
    : BigInt(seconds) * BigInt(microsPerSecond) + BigInt(micros);
};

function unusualTimestamp(text: string): bigint | Lost | null {
  if (infinities.has(text)) return infinite;
  const [, year, month, day, time] = signedDay.exec(text) ?? [];
  if (year === undefined || time === undefined) return null;
  const timeBytes = Buffer.from(time, 'latin1');
  const micros = microsAt(timeBytes, 0, timeBytes.length);
  const days = numberOf(Number(year), Number(month), Number(day));
  if (Number.isNaN(micros) || Number.isNaN(days)) return null;
  const value = BigInt(days) * BigInt(secondsPerDay * microsPerSecond) + BigInt(micros);
  return value >= -maxInt64 && value < maxInt64 ? value : tooFar;
}
