import type { ValueKind } from '../../../shared/model/results.ts';
import { isNumeric } from '../files/numbers.ts';
import { writeNumberKey } from './numberKey.ts';
import { type TimeKind, writeTimeKey } from './timeKey.ts';

/** Beyond so many bytes of their beginning, texts are not told apart when they are sorted. */
export const maxTextKeyBytes = 64 * 1024;
/** Longest text that can be a time. */
const maxTimeBytes = 100;
/** Stands before a text among numbers or times: behind all of them. */
const textRank = 0x70;
const timeKinds: ReadonlySet<ValueKind> = new Set<TimeKind>(['date', 'timestamp', 'time', 'interval']);
const isTime = (kind: ValueKind): kind is TimeKind => timeKinds.has(kind);

/** Most bytes of the key of a value of so many bytes. */
export const keyRoomFor = (byteLength: number): number => 2 * Math.min(byteLength, maxTextKeyBytes) + 16;

/**
 * Writes a key for a value, so that keys compare byte by byte as the values do: numbers by value, dates by time, text by
 * code point. What is no number among numbers comes behind them, as text. No key is the beginning of another one.
 * @param target needs the room of `keyRoomFor`
 * @returns where the key ends
 */
export function writeValueKey(
  kind: ValueKind,
  bytes: Buffer,
  from: number,
  to: number,
  target: Buffer,
  at: number,
): number {
  if (isNumeric(kind) && to - from <= maxTextKeyBytes) {
    const end = writeNumberKey(bytes, from, to, target, at);
    if (end >= 0) return end;
  } else if (isTime(kind) && to - from <= maxTimeBytes) {
    const end = writeTimeKey(kind, bytes.toString('latin1', from, to), target, at);
    if (end >= 0) return end;
  } else if (!isNumeric(kind) && !isTime(kind)) return writeTextKey(bytes, from, to, target, at);
  target[at] = textRank;
  return writeTextKey(bytes, from, to, target, at + 1);
}

/** The bytes of UTF-8 compare as code points do. Zero bytes are written so that two of them can end the key. */
function writeTextKey(bytes: Buffer, from: number, to: number, target: Buffer, at: number): number {
  const last = Math.min(to, from + maxTextKeyBytes);
  let end = at;
  for (let position = from; position < last; position += 1) {
    const byte = bytes[position] ?? 0;
    target[end] = byte;
    end += 1;
    if (byte !== 0) continue;
    target[end] = 1;
    end += 1;
  }
  target[end] = 0;
  target[end + 1] = 0;
  return end + 2;
}
