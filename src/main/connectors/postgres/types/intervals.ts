import type { CellConverter } from '../../TableWriter.ts';

/** `-1 years +2 mons -3 days +04:05:06.789`, of which each part may be missing. */
const style =
  /^(?:([+-]?\d+) years? ?)?(?:([+-]?\d+) mons? ?)?(?:([+-]?\d+) days? ?)?(?:([+-])?(\d+):(\d\d):(\d\d(?:\.\d+)?))?$/;

/** An interval in ISO 8601, from the server's text in the style `postgres`. It reads ISO 8601 itself. */
export const intervalFromServer: CellConverter = (text) => {
  const parts = style.exec(text);
  if (parts === null) return text;
  const [, years, months, days, sign, hours, minutes, seconds] = parts;
  const date = `${part(years, 'Y')}${part(months, 'M')}${part(days, 'D')}`;
  const before = sign === '-' ? '-' : '';
  const time = [
    [hours, 'H'],
    [minutes, 'M'],
    [seconds, 'S'],
  ]
    .map(([digits, unit = '']) => (isZero(digits) ? '' : `${before}${withoutZeros(digits ?? '')}${unit}`))
    .join('');
  if (time === '') return date === '' ? 'PT0S' : `P${date}`;
  return `P${date}T${time}`;
};

const isZero = (digits: string | undefined): boolean => digits === undefined || /^[0.]*$/.test(digits);

/** `04` and `00.5` as `4` and `0.5`. */
const withoutZeros = (digits: string): string => digits.replace(/^0+(?=\d)/, '');

const part = (digits: string | undefined, unit: string): string =>
  digits === undefined ? '' : `${digits.replace('+', '')}${unit}`;
