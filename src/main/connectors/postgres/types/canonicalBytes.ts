/** What `toCanonical` makes of usual values, on their bytes: as texts they cost several times as much. */
import type { ByteConverter } from '../../TableWriter.ts';

const minus = 0x2d;
const plus = 0x2b;
const zero = 0x30;
const letterC = 0x43;
const letterZ = 0x5a;
const backslash = 0x5c;
const letterX = 0x78;
const yes = Buffer.from('true');
const no = Buffer.from('false');

/** Up to here a loop is faster than a call. */
const loopBytes = 64;

function copy(bytes: Uint8Array, from: number, to: number, target: Uint8Array, at: number): number {
  const shift = at - from;
  if (to - from > loopBytes) target.set(bytes.subarray(from, to), at);
  else
    for (let position = from; position < to; position += 1) target[position + shift] = bytes[position] ?? 0;
  return to + shift;
}

/** `t` and `f`. */
export const booleanBytes: ByteConverter = (bytes, from, to, target, at) => {
  if (to - from !== 1) return -1;
  if (bytes[from] === 0x74) return copy(yes, 0, yes.length, target, at);
  return bytes[from] === 0x66 ? copy(no, 0, no.length, target, at) : -1;
};

/** In the form `\x…`. */
export const binaryBytes: ByteConverter = (bytes, from, to, target, at) => {
  const isHex = to - from >= 2 && bytes[from] === backslash && bytes[from + 1] === letterX;
  return isHex ? copy(bytes, from + 2, to, target, at) : -1;
};

/** A date or a timestamp without a zone, of the years 1 to 9999. */
export const momentBytes: ByteConverter = (bytes, from, to, target, at) => {
  const isOrdinary = to - from > 4 && bytes[from + 4] === minus && bytes[to - 1] !== letterC;
  return isOrdinary ? copy(bytes, from, to, target, at) : -1;
};

/** The same with a zone, from a session in UTC. */
export const zonedBytes: ByteConverter = (bytes, from, to, target, at) => {
  const offset = to - 3;
  const isUtc = bytes[offset] === plus && bytes[offset + 1] === zero && bytes[offset + 2] === zero;
  if (!isUtc || offset - from <= 4 || bytes[from + 4] !== minus) return -1;
  const end = copy(bytes, from, offset, target, at);
  target[end] = letterZ;
  return end + 1;
};
