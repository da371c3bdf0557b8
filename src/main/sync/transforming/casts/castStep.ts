import type { LogicalType } from '../../../../shared/model/columnTypes.ts';
import { type Cast, type CellStep, refused, type StepResult } from '../steps.ts';
import { toDecimal, toFloat, toInteger } from './numbers.ts';
import { shownValue } from './shownValue.ts';
import { toDate, toTime, toTimestamp } from './times.ts';

/** The step of a cast; `impossible` is said before any row is read. */
export function castStep(from: LogicalType, to: LogicalType): Cast {
  switch (to.type) {
    case 'text':
      return toText(from, to.length);
    case 'integer':
      return toInteger(from, to);
    case 'decimal':
      return toDecimal(from, to);
    case 'float':
      return toFloat(from);
    case 'boolean':
      return toBoolean(from);
    case 'date':
      return toDate(from);
    case 'time':
      return toTime(from, to);
    case 'timestamp':
      return toTimestamp(from, to);
    case 'uuid':
      return fromText(from, 'uuid', uuidOf);
    case 'json':
      return toJson(from);
    case 'binary':
      return toBinary(from, to.length);
    case 'interval':
      return fromText(from, 'interval', intervalOf);
    case 'other':
      return from.type === 'other' && from.name === to.name ? null : fromText(from, 'text', null);
  }
}

/** A type that is made of itself and of text only. */
function fromText({ type }: LogicalType, own: LogicalType['type'], read: CellStep | null): Cast {
  if (type === own) return null;
  return type === 'text' ? read : 'impossible';
}

function toText(from: LogicalType, length: number | null): Cast {
  const isShort = from.type === 'text' && from.length !== null && length !== null && from.length <= length;
  if (length === null || isShort) return null;
  return (text) =>
    text.length <= length || [...text].length <= length
      ? text
      : refused(`The text is longer than ${length} characters.`);
}

const words: ReadonlyMap<string, string> = new Map([
  ...['true', 't', 'yes', 'y', 'on', '1'].map((word) => [word, 'true'] as const),
  ...['false', 'f', 'no', 'n', 'off', '0'].map((word) => [word, 'false'] as const),
]);

function toBoolean({ type }: LogicalType): Cast {
  if (type === 'boolean') return null;
  if (type !== 'text' && type !== 'integer' && type !== 'decimal') return 'impossible';
  return (text) =>
    words.get(text.trim().toLowerCase()) ?? refused(`“${shownValue(text)}” is neither true nor false.`);
}

const uuidText = /^\{?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})\}?$/;

function uuidOf(text: string): StepResult {
  const match = uuidText.exec(text.trim().toLowerCase());
  return match === null ? refused(`“${shownValue(text)}” is no UUID.`) : match.slice(1).join('-');
}

const intervalText =
  /^[+-]?P(?=\d|T\d|-)(?:-?\d+Y)?(?:-?\d+M)?(?:-?\d+W)?(?:-?\d+D)?(?:T(?:-?\d+H)?(?:-?\d+M)?(?:-?\d+(?:\.\d+)?S)?)?$/;

const intervalOf: CellStep = (text) =>
  intervalText.test(text) ? text : refused(`“${shownValue(text)}” is no interval as ISO 8601 has them.`);

function toJson({ type }: LogicalType): Cast {
  if (type === 'json' || type === 'boolean' || type === 'integer') return null;
  if (type === 'text') return jsonOf;
  if (type === 'decimal' || type === 'float') {
    return (text) => (/\d/.test(text) ? text : JSON.stringify(text));
  }
  return (text) => JSON.stringify(text);
}

const jsonOf: CellStep = (text) => {
  try {
    JSON.parse(text);
    return text;
  } catch {
    return refused(`“${shownValue(text)}” is no JSON.`);
  }
};

function toBinary(from: LogicalType, length: number | null): Cast {
  if (from.type !== 'binary' && from.type !== 'text' && from.type !== 'uuid') return 'impossible';
  const isShort =
    from.type === 'binary' && (length === null || (from.length !== null && from.length <= length));
  if (isShort) return null;
  return (text) => {
    const hex = from.type === 'text' ? Buffer.from(text).toString('hex') : text.replaceAll('-', '');
    if (length === null || hex.length <= 2 * length) return hex;
    return refused(`The value is longer than ${length} bytes.`);
  };
}
