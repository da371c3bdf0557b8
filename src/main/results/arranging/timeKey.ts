import { dayNumber } from '../../base/calendar.ts';

/** A moment, or a length of time: whole seconds, and microseconds of the next one. */
interface Moment {
  readonly seconds: number;
  readonly micros: number;
}

const dateTime =
  /^(-?\d{1,7})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?(?:([+-])(\d\d)(?::?(\d\d)(?::?(\d\d))?)?|Z)?( BC)?$/;
const timeOfDay =
  /^([+-])?(\d{1,4}):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?:([+-])(\d\d)(?::?(\d\d)(?::?(\d\d))?)?)?$/;
const intervalPart = /([+-]?\d+)\s+(year|mon|month|day)s?\b|([+-])?(\d+):(\d\d):(\d\d)(?:\.(\d{1,6}))?/gy;

const daySeconds = 86_400;
const unitDays: Readonly<Record<string, number>> = { year: 360, mon: 30, month: 30, day: 1 };
/** Makes seconds a number that is not negative; what is further away than any server can say counts as this far. */
const secondsBias = 2 ** 52;
const rank = { minusInfinity: 0x10, finite: 0x20, infinity: 0x30 };
const keyBytes = 12;

const number = (text: string | undefined): number => (text === undefined ? 0 : Number(text));
const microsOf = (digits: string | undefined): number => number((digits ?? '').padEnd(6, '0').slice(0, 6));

function offsetOf(sign: string | undefined, hours?: string, minutes?: string, seconds?: string): number {
  const offset = number(hours) * 3_600 + number(minutes) * 60 + number(seconds);
  return sign === '-' ? -offset : offset;
}

function momentOfDate(text: string): Moment | null {
  const match = dateTime.exec(text);
  if (match === null) return null;
  const [, years, month, day, hours, minutes, seconds, fraction, sign, offH, offM, offS, era] = match;
  const year = era === undefined ? number(years) : 1 - number(years);
  // MySQL has dates without a month or a day: they stand before the first one of their year or month.
  const isWhole = number(month) > 0 && number(day) > 0;
  const days = dayNumber(year, Math.max(1, number(month)), isWhole ? number(day) : 1);
  const ofDay = number(hours) * 3_600 + number(minutes) * 60 + number(seconds);
  const at = days * daySeconds + ofDay - offsetOf(sign, offH, offM, offS);
  return isWhole
    ? { seconds: at, micros: microsOf(fraction) }
    : { seconds: days * daySeconds - 1, micros: 999_999 };
}

function momentOfTime(text: string): Moment | null {
  const match = timeOfDay.exec(text);
  if (match === null) return null;
  const [, sign, hours, minutes, seconds, fraction, offSign, offH, offM, offS] = match;
  const whole = number(hours) * 3_600 + number(minutes) * 60 + number(seconds);
  const moment = signed(sign, whole, microsOf(fraction));
  return { ...moment, seconds: moment.seconds - offsetOf(offSign, offH, offM, offS) };
}

/** As PostgreSQL compares intervals: a month has 30 days, a day 24 hours. */
function momentOfInterval(text: string): Moment | null {
  let seconds = 0;
  let micros = 0;
  intervalPart.lastIndex = 0;
  while (intervalPart.lastIndex < text.length) {
    const match = intervalPart.exec(text);
    if (match === null) return null;
    const [, count, unit, sign, hours, minutes, secs, fraction] = match;
    if (unit !== undefined) seconds += number(count) * (unitDays[unit] ?? 0) * daySeconds;
    else {
      const time = signed(
        sign,
        number(hours) * 3_600 + number(minutes) * 60 + number(secs),
        microsOf(fraction),
      );
      seconds += time.seconds;
      micros += time.micros;
    }
    if (text[intervalPart.lastIndex] === ' ') intervalPart.lastIndex += 1;
  }
  return { seconds, micros };
}

function signed(sign: string | undefined, seconds: number, micros: number): Moment {
  if (sign !== '-') return { seconds, micros };
  return micros === 0
    ? { seconds: -seconds, micros: 0 }
    : { seconds: -seconds - 1, micros: 1_000_000 - micros };
}

const readers = {
  date: momentOfDate,
  timestamp: momentOfDate,
  time: momentOfTime,
  interval: momentOfInterval,
};

/** The kinds of values whose texts say a time. */
export type TimeKind = keyof typeof readers;

/**
 * Writes a key for a date, a time or a length of time, so that keys compare as the times do.
 * @param target needs room for twelve bytes
 * @returns where the key ends; -1 when the text is no time
 */
export function writeTimeKey(kind: TimeKind, text: string, target: Buffer, at: number): number {
  if (text === 'infinity' || text === '-infinity') {
    target[at] = text === 'infinity' ? rank.infinity : rank.minusInfinity;
    return at + 1;
  }
  const moment = readers[kind](text);
  if (moment === null) return -1;
  target[at] = rank.finite;
  const seconds = Math.max(0, Math.min(moment.seconds + secondsBias, 2 * secondsBias - 1));
  target.writeUInt32BE(Math.floor(seconds / 2 ** 32), at + 1);
  target.writeUInt32BE(seconds % 2 ** 32, at + 5);
  target.writeUIntBE(moment.micros, at + 9, 3);
  return at + keyBytes;
}
