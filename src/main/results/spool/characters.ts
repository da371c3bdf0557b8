import { isAscii } from 'node:buffer';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Bytes that are looked at in one turn of the event loop: some milliseconds. */
const bytesPerTurn = 4 * 1024 * 1024;

/**
 * Goes over characters (code points) of UTF-8 text. What is no UTF-8 is cut into characters too: one byte and up to three
 * continuation bytes behind it.
 * @param to no character that begins here or later is counted
 * @param end where the text ends; the last character may reach beyond `to`
 * @returns where it stopped, and how many characters it went over: `limit` at most
 */
export function skipCharacters(
  bytes: Uint8Array,
  from: number,
  to: number,
  limit: number,
  end = to,
): { readonly position: number; readonly count: number } {
  let position = from;
  let count = 0;
  while (position < to && count < limit) {
    const isSingle = (bytes[position] ?? 0) < 0x80;
    position += 1;
    count += 1;
    if (isSingle) continue;
    const last = Math.min(end, position + 3);
    while (position < last && ((bytes[position] ?? 0) & 0xc0) === 0x80) position += 1;
  }
  return { position, count };
}

/** Characters of a text that is short. */
export function countCharacters(bytes: Uint8Array, from: number, to: number): number {
  return skipCharacters(bytes, from, to, Number.POSITIVE_INFINITY).count;
}

/** Characters of a text of any size, without blocking the event loop. */
export async function countLongText(bytes: Uint8Array): Promise<number> {
  let position = 0;
  let count = 0;
  while (position < bytes.length) {
    const to = Math.min(bytes.length, position + bytesPerTurn);
    if (isAscii(bytes.subarray(position, to))) {
      count += to - position;
      position = to;
    } else {
      const skipped = skipCharacters(bytes, position, to, Number.POSITIVE_INFINITY, bytes.length);
      count += skipped.count;
      position = skipped.position;
    }
    if (position < bytes.length) await nextTurn();
  }
  return count;
}
