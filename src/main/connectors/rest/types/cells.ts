import { dayNumber, isDay, utcText } from '../../../base/calendar.ts';
import type { CellConverter, ConvertedCell } from '../../TableWriter.ts';

/** A number with more digits than this stays as it is: an exponent may ask for any number of zeros. */
const maxNumberDigits = 1_000;
/** Behind the point of a second, in all destinations. */
const maxSecondDigits = 6;

const number = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,4}))?$/;
const plain = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const time = /^((?:[01]\d|2[0-3]):[0-5]\d)(:[0-5]\d)?(\.\d+)?$/;
const moment = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d))?(\.\d+)?(?:[Zz]|([+-])(\d\d):?(\d\d)?)?$/;

/** A number of JSON as digits, without an exponent. What is no number stays, and its row is refused where it goes. */
export const decimalFromApi: CellConverter = (text) => {
  if (plain.test(text)) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = number.exec(text) ?? [];
  if (whole === '' || Math.abs(Number(exponent)) > maxNumberDigits) return text;
  const digits = `${whole}${fraction}`;
  const point = whole.length + Number(exponent);
  const before = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '';
  const behind =
    point < digits.length ? digits.slice(Math.max(0, point)).padStart(digits.length - point, '0') : '';
  return `${sign}${before.replace(/^0+(?=\d)/, '') || '0'}${behind === '' ? '' : `.${behind}`}`;
};

/** As `decimalFromApi`: `1.0` and `1e3` are whole numbers too. */
export const integerFromApi: CellConverter = (text) => {
  const digits = decimalFromApi(text);
  if (typeof digits !== 'string') return digits;
  const whole = digits.replace(/\.0+$/, '');
  return whole === '-0' ? '0' : whole;
};

export const uuidFromApi: CellConverter = (text) => text.toLowerCase();

export const timeFromApi: CellConverter = (text) => {
  const [, hourAndMinute, second = ':00', fraction = ''] = time.exec(text) ?? [];
  return hourAndMinute === undefined ? text : rounded(`${hourAndMinute}${second}`, fraction, '');
};

/** A moment in UTC; one that names no zone is taken for one in UTC. */
export const momentFromApi: CellConverter = (text) => {
  const parts = moment.exec(text);
  if (parts === null) return text;
  const [, year, month, day, hour, minute, second, fraction = '', sign, hours, minutes] = parts;
  const offset = Number(hours ?? 0) * 3_600 + Number(minutes ?? 0) * 60;
  const date = dayNumber(Number(year), Number(month), Number(day));
  const isTime = Number(hour) < 24 && Number(minute) < 60 && Number(second ?? 0) < 60;
  if (!isTime || !isDay(Number(year), Number(month), Number(day))) return text;
  const local = [Number(hour), Number(minute), Number(second ?? 0)] as const;
  return rounded(utcText(date, ...local, sign === '-' ? -offset : offset), fraction, 'Z');
};

/** With six digits of a second, if the rest is not zeros anyway. */
function rounded(text: string, fraction: string, end: string): ConvertedCell {
  const kept = fraction.slice(0, maxSecondDigits + 1);
  const whole = `${text}${kept}${end}`;
  return /[1-9]/.test(fraction.slice(maxSecondDigits + 1))
    ? { lost: 'digits behind the sixth decimal of a second', rest: whole }
    : whole;
}
