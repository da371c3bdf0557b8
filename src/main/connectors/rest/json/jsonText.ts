import { type JsonTape, tokenKinds } from './JsonTape.ts';

const escapes: Readonly<Record<number, number>> = {
  34: 0x22,
  92: 0x5c,
  47: 0x2f,
  98: 0x08,
  102: 0x0c,
  110: 0x0a,
  114: 0x0d,
  116: 0x09,
};

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

const unitAt = (bytes: Buffer, at: number): number =>
  Number.parseInt(bytes.toString('latin1', at, at + 4), 16);

/**
 * Writes a text that holds escapes as UTF-8, which takes no more room than the escapes. Half of a surrogate pair has no
 * UTF-8: its escape stays as it was sent.
 * @returns behind what was written
 */
export function writeUnescaped(source: Buffer, from: number, to: number, target: Buffer, at: number): number {
  let position = from;
  let written = at;
  while (position < to) {
    const byte = source[position] ?? 0;
    if (byte !== 0x5c) {
      target[written] = byte;
      written += 1;
      position += 1;
      continue;
    }
    const letter = source[position + 1] ?? 0;
    if (letter === 0x75) {
      const length = unicodeLength(source, position, to);
      written = writeUnicode(source, position, length, target, written);
      position += length;
    } else {
      target[written] = escapes[letter] ?? letter;
      written += 1;
      position += 2;
    }
  }
  return written;
}

/** Bytes of a `\u` escape: twice as many for a pair. */
function unicodeLength(source: Buffer, position: number, to: number): number {
  const hasSecond = source[position + 6] === 0x5c && source[position + 7] === 0x75 && position + 12 <= to;
  return hasSecond && isHigh(unitAt(source, position + 2)) && isLow(unitAt(source, position + 8)) ? 12 : 6;
}

function writeUnicode(source: Buffer, position: number, length: number, target: Buffer, at: number): number {
  const unit = unitAt(source, position + 2);
  if (length === 12) return at + target.write(pairText(unit, unitAt(source, position + 8)), at);
  if (isHigh(unit) || isLow(unit)) return at + source.copy(target, at, position, position + 6);
  return at + target.write(String.fromCharCode(unit), at);
}

const pairText = (high: number, low: number): string => String.fromCharCode(high, low);

/** The text of a key or a text. */
export function textOf(tape: JsonTape, token: number): string {
  const { bytes } = tape;
  const from = tape.start(token);
  const to = tape.end(token);
  if (tape.kind(token) === tokenKinds.text) return bytes.toString('utf8', from, to);
  const target = Buffer.allocUnsafe(to - from);
  return target.toString('utf8', 0, writeUnescaped(bytes, from, to, target, 0));
}

/** JSON exactly as it was sent. */
export const rawTextOf = (tape: JsonTape, token: number): string =>
  tape.bytes.toString('utf8', tape.rawStart(token), tape.rawEnd(token));

/** What a value is as plain text: a text itself, anything else its JSON; null for `null`. */
export function plainTextOf(tape: JsonTape, token: number): string | null {
  if (tape.kind(token) === tokenKinds.null) return null;
  return tape.isText(token) ? textOf(tape, token) : rawTextOf(tape, token);
}

/** The value of the last entry with this key, as in JSON.parse; -1 when there is none. */
export function valueOfKey(tape: JsonTape, objectToken: number, key: string): number {
  if (tape.kind(objectToken) !== tokenKinds.object) return -1;
  const closing = tape.closing(objectToken);
  let found = -1;
  for (let token = objectToken + 1; token < closing; token = tape.next(token + 1)) {
    if (textOf(tape, token) === key) found = token + 1;
  }
  return found;
}

/** The keys of an object in order, at most so many. */
export function keysOf(tape: JsonTape, objectToken: number, maxCount: number): string[] {
  const keys: string[] = [];
  if (tape.kind(objectToken) !== tokenKinds.object) return keys;
  const closing = tape.closing(objectToken);
  for (let token = objectToken + 1; token < closing && keys.length < maxCount; token = tape.next(token + 1)) {
    keys.push(textOf(tape, token));
  }
  return keys;
}

/** The values in an array, or in an object. */
export function valuesIn(tape: JsonTape, token: number): number[] {
  const isObject = tape.kind(token) === tokenKinds.object;
  const closing = tape.closing(token);
  const values: number[] = [];
  for (let each = token + 1; each < closing; ) {
    const value = isObject ? each + 1 : each;
    values.push(value);
    each = tape.next(value);
  }
  return values;
}
