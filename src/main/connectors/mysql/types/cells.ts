import type { CellConverter } from '../../TableWriter.ts';

const leadingZeros = /^0+(?=\d)/;
/** A month or a day of 0 is no day; nor is any that the server took without checking it. */
const withZero = /^\d{4}-(?:00-|\d\d-00)/;

/** A date or a time of a day. `0000-00-00`, and days whose month or day is 0, are none. */
export const momentFromServer: CellConverter = (text) =>
  withZero.test(text) ? { lost: 'zero dates' } : text;

/** A moment, as a session in UTC writes it. */
export const zonedFromServer: CellConverter = (text) =>
  withZero.test(text) ? { lost: 'zero dates' } : `${text}Z`;

/** Of a column that is filled with zeros, or of a year: `00042` is 42. */
export const unfilledFromServer: CellConverter = (text) =>
  text.charCodeAt(0) === 0x30 ? text.replace(leadingZeros, '') : text;

/** The server writes bytes as `0x` and digits in upper case. */
export const bytesFromServer: CellConverter = (text) =>
  text.startsWith('0x') ? text.slice(2).toLowerCase() : text;

export const bytesToServer: CellConverter = (text) => `0x${text.toUpperCase()}`;

export const truthFromServer: CellConverter = (text) => {
  if (text === '1') return 'true';
  return text === '0' ? 'false' : text;
};

export const truthToServer: CellConverter = (text) => {
  if (text === 'true') return '1';
  return text === 'false' ? '0' : text;
};

/** A text of one or two digits is another year: `5` is 2005. */
export const yearToServer: CellConverter = (text) => text.padStart(4, '0');

/** `NaN` and infinity. */
const word = /^-?[NI]/;

export const numberToServer: CellConverter = (text) =>
  word.test(text) ? { lost: 'NaN and infinity, which are no numbers here' } : text;

const ordinary = /^\d{4}-/;

/** A day or a moment; of a moment the session's time is UTC. */
export const momentToServer: CellConverter = (text) => {
  if (!ordinary.test(text)) return { lost: 'dates that are infinite or outside of the years 0 to 9999' };
  return text.endsWith('Z') ? text.slice(0, -1) : text;
};
