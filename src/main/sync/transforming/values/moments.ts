/** A date with a time of day, as its text says it; nothing is shifted. */
export interface Moment {
  /** 0 is 1 BC. */
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Seconds since midnight. */
  readonly seconds: number;
  /** Digits behind the point of the second, at most 9. */
  readonly fraction: string;
  readonly hasTime: boolean;
  /** Seconds ahead of UTC; null where the text names no zone. */
  readonly offset: number | null;
}

/** Words for moments without an end. */
export const isEndless = (text: string): boolean => text === 'infinity' || text === '-infinity';

const momentText =
  /^([+-]?\d{4,6})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?(?: ?(Z|[+-]\d\d(?::?\d\d(?::?\d\d)?)?))?$/;
const offsetText = /^([+-])(\d\d)(?::?(\d\d)(?::?(\d\d))?)?$/;
const daySeconds = 86_400;
const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const number = (text: string | undefined): number => Number(text ?? 0);
const two = (value: number): string => String(value).padStart(2, '0');

/** Null for what is no date of the calendar, or no time of a day. */
export function parseMoment(text: string): Moment | null {
  const match = momentText.exec(text);
  if (match === null) return null;
  const [, years, months, days, hours, minutes, seconds, fraction = '', zone] = match;
  const [year, month, day] = [number(years), number(months), number(days)];
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  if (number(hours) > 23 || number(minutes) > 59 || number(seconds) > 59) return null;
  if (hours === undefined && zone !== undefined) return null;
  return {
    ...{ year, month, day, fraction, hasTime: hours !== undefined },
    seconds: number(hours) * 3_600 + number(minutes) * 60 + number(seconds),
    offset: zone === undefined ? null : offsetOf(zone),
  };
}

function offsetOf(zone: string): number {
  const [, sign, hours, minutes, seconds] = offsetText.exec(zone) ?? [];
  const offset = number(hours) * 3_600 + number(minutes) * 60 + number(seconds);
  return sign === '-' ? -offset : offset;
}

function daysIn(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && isLeap ? 29 : (monthDays[month - 1] ?? 0);
}

/** Days since 1970 in the Gregorian calendar, also before it was made. */
function dayNumber({ year, month, day }: Pick<Moment, 'year' | 'month' | 'day'>): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  return era * 146_097 + yearOfEra * 365 + leapDays + dayOfYear - 719_468;
}

function dateOfDay(dayCount: number): Pick<Moment, 'year' | 'month' | 'day'> {
  const shifted = dayCount + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  };
}

/** The same moment so many whole seconds earlier or later. */
export function movedBy(moment: Moment, seconds: number): Moment {
  const total = dayNumber(moment) * daySeconds + moment.seconds + seconds;
  const day = Math.floor(total / daySeconds);
  return { ...moment, ...dateOfDay(day), seconds: total - day * daySeconds };
}

/** In UTC; a moment whose text names no zone is taken to be in it. */
export const inUtc = (moment: Moment): Moment => ({ ...movedBy(moment, -(moment.offset ?? 0)), offset: 0 });

/** Negative, zero or positive; those without a zone are taken to be in UTC. */
export function compareMoments(left: Moment, right: Moment): number {
  const [one, other] = [inUtc(left), inUtc(right)];
  const bySecond = dayNumber(one) * daySeconds + one.seconds - dayNumber(other) * daySeconds - other.seconds;
  if (bySecond !== 0) return bySecond;
  return Number(one.fraction.padEnd(9, '0')) - Number(other.fraction.padEnd(9, '0'));
}

/** As ISO 8601 has it. */
export function dateText({ year, month, day }: Pick<Moment, 'year' | 'month' | 'day'>): string {
  const digits = String(Math.abs(year)).padStart(4, '0');
  const sign = year < 0 ? '-' : year > 9_999 ? '+' : '';
  return `${sign}${digits}-${two(month)}-${two(day)}`;
}

export function timeText({ seconds, fraction }: Pick<Moment, 'seconds' | 'fraction'>): string {
  const clock = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':');
  return fraction === '' ? clock : `${clock}.${fraction}`;
}

/** The canonical text; with `Z` behind a moment in UTC. */
export const momentTextOf = (moment: Moment): string =>
  `${dateText(moment)} ${timeText(moment)}${moment.offset === null ? '' : 'Z'}`;
