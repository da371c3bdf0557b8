import { type CalendarDay, clockText, dateText, dayNumber, dayOf, isDay } from '../../../base/calendar.ts';

/** A date with a time of day, as its text says it; nothing is shifted. */
export interface Moment extends CalendarDay {
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

const number = (text: string | undefined): number => Number(text ?? 0);

/** Null for what is no date of the calendar, or no time of a day. */
export function parseMoment(text: string): Moment | null {
  const match = momentText.exec(text);
  if (match === null) return null;
  const [, years, months, days, hours, minutes, seconds, fraction = '', zone] = match;
  const [year, month, day] = [number(years), number(months), number(days)];
  if (!isDay(year, month, day)) return null;
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

const secondsOf = ({ year, month, day, seconds }: Moment): number =>
  dayNumber(year, month, day) * daySeconds + seconds;

/** The same moment so many whole seconds earlier or later. */
export function movedBy(moment: Moment, seconds: number): Moment {
  const total = secondsOf(moment) + seconds;
  const day = Math.floor(total / daySeconds);
  return { ...moment, ...dayOf(day), seconds: total - day * daySeconds };
}

/** In UTC; a moment whose text names no zone is taken to be in it. */
export const inUtc = (moment: Moment): Moment => ({ ...movedBy(moment, -(moment.offset ?? 0)), offset: 0 });

/** Negative, zero or positive; those without a zone are taken to be in UTC. */
export function compareMoments(left: Moment, right: Moment): number {
  const [one, other] = [inUtc(left), inUtc(right)];
  const bySecond = secondsOf(one) - secondsOf(other);
  if (bySecond !== 0) return bySecond;
  return Number(one.fraction.padEnd(9, '0')) - Number(other.fraction.padEnd(9, '0'));
}

export function timeText({ seconds, fraction }: Pick<Moment, 'seconds' | 'fraction'>): string {
  const clock = clockText(seconds);
  return fraction === '' ? clock : `${clock}.${fraction}`;
}

/** The canonical text; with `Z` behind a moment in UTC. */
export const momentTextOf = (moment: Moment): string =>
  `${dateText(moment)} ${timeText(moment)}${moment.offset === null ? '' : 'Z'}`;
