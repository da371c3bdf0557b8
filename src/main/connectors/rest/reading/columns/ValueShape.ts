import type { ResourceType } from '../../../../../shared/model/resources.ts';
import { type JsonTape, tokenKinds } from '../../json/JsonTape.ts';
import { rawTextOf, textOf } from '../../json/jsonText.ts';

const dayPattern = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const timePattern = /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?$/;
const momentPattern =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?(?:\d\d)?)?$/;
const uuidPattern = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;
/** No date, time or UUID is longer. */
const longestPattern = 40;

const maxInteger = 2n ** 31n - 1n;
const maxBigint = 2n ** 63n - 1n;

/** The type of one value; null for `null`. An empty text is a text. */
export function typeOfValue(tape: JsonTape, token: number): ResourceType | null {
  switch (tape.kind(token)) {
    case tokenKinds.null:
      return null;
    case tokenKinds.true:
    case tokenKinds.false:
      return 'boolean';
    case tokenKinds.number:
      return typeOfNumber(rawTextOf(tape, token));
    case tokenKinds.text:
      return tape.end(token) - tape.start(token) > longestPattern ? 'text' : typeOfText(textOf(tape, token));
    case tokenKinds.escaped:
      return 'text';
    default:
      return 'json';
  }
}

function typeOfNumber(digits: string): ResourceType {
  // No integer of 64 bits is longer.
  if (!/^-?\d{1,19}$/.test(digits)) return 'numeric';
  const value = BigInt(digits);
  if (value <= maxInteger && value >= -maxInteger - 1n) return 'integer';
  return value <= maxBigint && value >= -maxBigint - 1n ? 'bigint' : 'numeric';
}

function typeOfText(text: string): ResourceType {
  if (dayPattern.test(text)) return 'date';
  if (momentPattern.test(text)) return 'timestamp';
  if (timePattern.test(text)) return 'time';
  return uuidPattern.test(text) ? 'uuid' : 'text';
}

const numbers: readonly ResourceType[] = ['integer', 'bigint', 'numeric'];
const texts: readonly ResourceType[] = ['text', 'date', 'time', 'timestamp', 'uuid'];

/** The type that holds values of both: exactly, so that a number and a text are JSON, where they can be told apart. */
export function commonType(left: ResourceType, right: ResourceType): ResourceType {
  if (left === right) return left;
  const both = [left, right];
  if (both.every((type) => numbers.includes(type))) {
    return numbers[Math.max(...both.map((type) => numbers.indexOf(type)))] ?? 'numeric';
  }
  return both.every((type) => texts.includes(type)) ? 'text' : 'json';
}
