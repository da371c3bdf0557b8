/**
 * Days of the proleptic Gregorian calendar, as ISO 8601 counts them: the year 0 is 1 BC. All numbers are whole, and exact
 * for any year that an engine has.
 */

const daysPerEra = 146_097;
/** From 1 March of the year 0 to 1 January 1970. */
const daysBeforeEpoch = 719_468;
const secondsPerDay = 86_400;

export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Days since 1 January 1970. Years begin with March here, so that the leap day is their last. */
export function dayNumber(year: number, month: number, day: number): number {
  const shiftedYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(shiftedYear / 400);
  const yearOfEra = shiftedYear - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * daysPerEra + dayOfEra - daysBeforeEpoch;
}

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Whether there is such a day. */
export function isDay(year: number, month: number, day: number): boolean {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const length = month === 2 && isLeap ? 29 : (monthLengths[month - 1] ?? 0);
  return day >= 1 && day <= length;
}

/** The inverse of `dayNumber`. */
export function dayOf(number: number): CalendarDay {
  const shifted = number + daysBeforeEpoch;
  const era = Math.floor(shifted / daysPerEra);
  const dayOfEra = shifted - era * daysPerEra;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / (daysPerEra - 1))) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
}

/** The day as ISO 8601 writes it. @param number as of `dayNumber` */
export const isoDay = (number: number): string => dateText(dayOf(number));

/** As ISO 8601 writes it: `2024-05-06`, `-0043-03-15`, `+12345-01-01`. */
export const dateText = ({ year, month, day }: CalendarDay): string =>
  `${isoYear(year)}-${twoDigits(month)}-${twoDigits(day)}`;

/** Four digits; with a sign, and more where it needs them, outside of the years 0 to 9999. */
export function isoYear(year: number): string {
  const digits = String(Math.abs(year)).padStart(4, '0');
  if (year < 0) return `-${digits}`;
  return year > 9_999 ? `+${digits}` : digits;
}

/**
 * A local time as UTC, such as `2024-05-06 12:34:56`.
 * @param offsetSeconds how far the local time is ahead of UTC
 */
export function utcText(
  day: number,
  hour: number,
  minute: number,
  second: number,
  offsetSeconds: number,
): string {
  const seconds = hour * 3_600 + minute * 60 + second - offsetSeconds;
  const days = Math.floor(seconds / secondsPerDay);
  return `${isoDay(day + days)} ${clockText(seconds - days * secondsPerDay)}`;
}

/** A time of a day, such as `12:34:56`. @param seconds since midnight */
export const clockText = (seconds: number): string =>
  [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60].map(twoDigits).join(':');

const twoDigits = (value: number): string => String(value).padStart(2, '0');
