import { dayNumber, isoYear, utcText } from '../../../base/calendar.ts';
import type { CellConverter } from '../../TableWriter.ts';

const minus = 0x2d;
const plus = 0x2b;

/** `2024-05-06`, and what may stand behind it; years have more than four digits where they need them. */
const withEra = /^(\d{4,})(-\d\d-\d\d.*?)( BC)?$/;
const zoned =
  /^(\d{4,})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(\.\d+)?([+-])(\d\d)(?::(\d\d))?(?::(\d\d))?( BC)?$/;
const offsetAtEnd = /([+-]\d\d)$/;

/** Whether it is of the years 1 to 9999, in which the server and ISO 8601 write the same. */
const isOrdinary = (text: string): boolean => text.charCodeAt(4) === minus && !text.endsWith('C');

/** Astronomical: the year 1 BC is 0. */
const astronomical = (digits: string, era: string | undefined): number =>
  era === undefined ? Number(digits) : 1 - Number(digits);

/** A date or a timestamp without a zone, from the server's text in the style ISO. */
export const momentFromServer: CellConverter = (text) => {
  if (isOrdinary(text)) return text;
  const [, digits, rest, era] = withEra.exec(text) ?? [];
  return digits === undefined ? text : `${isoYear(astronomical(digits, era))}${rest ?? ''}`;
};

/** A timestamp with a zone, from the server's text in whatever zone the session has. */
export const zonedFromServer: CellConverter = (text) => {
  if (text.endsWith('+00') && text.charCodeAt(4) === minus) return `${text.slice(0, -3)}Z`;
  const parts = zoned.exec(text);
  if (parts === null) return text;
  const [, year = '', month, day, hour, minute, second, fraction = '', sign, hours, minutes, seconds, era] =
    parts;
  const offset = Number(hours) * 3_600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
  const date = dayNumber(astronomical(year, era), Number(month), Number(day));
  const utc = utcText(date, Number(hour), Number(minute), Number(second), sign === '-' ? -offset : offset);
  return `${utc}${fraction}Z`;
};

/** A time with a zone: its offset gets its minutes. */
export const zonedTimeFromServer: CellConverter = (text) => (offsetAtEnd.test(text) ? `${text}:00` : text);

const canonical = /^([+-]?\d{4,})(-\d\d-\d\d.*)$/;

/** A date or a timestamp, as the server reads it in any session. */
export const momentToServer: CellConverter = (text) => {
  const first = text.charCodeAt(0);
  if (first !== plus && first !== minus && !text.startsWith('0000')) return text;
  const [, digits, rest = ''] = canonical.exec(text) ?? [];
  if (digits === undefined) return text;
  const year = Number(digits);
  const isBefore = year <= 0;
  const shown = String(isBefore ? 1 - year : year).padStart(4, '0');
  return `${shown}${rest}${isBefore ? ' BC' : ''}`;
};

const timeOfDay = /^(?:[01]\d|2[0-3]):|^24:00:00(?:\.0+)?$/;

/** A time of a day: other engines have times that are none. */
export const timeToServer: CellConverter = (text) =>
  timeOfDay.test(text) ? text : { lost: 'times that are not between 00:00 and 24:00' };
