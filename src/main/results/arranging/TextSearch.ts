import { setImmediate as nextTurn } from 'node:timers/promises';

/** A longer text is searched in parts, so that the event loop is not blocked. */
export const longSearchBytes = 2 * 1024 * 1024;

const lower = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte,
);

/** Where in a text a searched one must stand. */
type Place = 'anywhere' | 'start' | 'end';

/** Looks for one text in many. */
export class TextSearch {
  readonly #needle: Buffer;
  /** For text that is not all ASCII, where upper and lower case may have other lengths; null: bytes are compared. */
  readonly #folded: string | null;
  readonly #matchesCase: boolean;

  constructor(text: string, matchesCase: boolean) {
    const isAscii = /^[\0-\x7f]*$/.test(text);
    this.#matchesCase = matchesCase;
    this.#folded = matchesCase || isAscii ? null : text.toLowerCase();
    this.#needle = Buffer.from(matchesCase ? text : text.toLowerCase());
  }

  /** Whether it stands in a text of `longSearchBytes` at most. */
  isIn(bytes: Buffer, from: number, to: number, place: Place = 'anywhere'): boolean {
    if (this.#folded !== null) return this.#isInFolded(bytes.toString('utf8', from, to), place);
    const length = this.#needle.length;
    if (to - from < length) return false;
    if (place === 'start') return this.#isAt(bytes, from);
    if (place === 'end') return this.#isAt(bytes, to - length);
    if (this.#matchesCase) return bytes.subarray(from, to).includes(this.#needle);
    return this.#isAnywhere(bytes, from, to - length);
  }

  /** The same for a text of any size. */
  async isInLong(bytes: Buffer, from: number, to: number, place: Place = 'anywhere'): Promise<boolean> {
    // Case may change lengths, by less than this.
    const overlap = this.#needle.length * 3 + 8;
    if (place === 'start') return this.isIn(bytes, from, Math.min(to, from + overlap), place);
    if (place === 'end') return this.isIn(bytes, Math.max(from, to - overlap), to, place);
    for (let position = from; position < to; position += longSearchBytes) {
      if (this.isIn(bytes, position, Math.min(to, position + longSearchBytes + overlap))) return true;
      await nextTurn();
    }
    return false;
  }

  #isInFolded(text: string, place: Place): boolean {
    const folded = this.#folded ?? '';
    const lowered = text.toLowerCase();
    if (place === 'start') return lowered.startsWith(folded);
    return place === 'end' ? lowered.endsWith(folded) : lowered.includes(folded);
  }

  #isAnywhere(bytes: Buffer, from: number, last: number): boolean {
    const first = this.#needle[0];
    for (let position = from; position <= last; position += 1) {
      if (lower[bytes[position] ?? 0] === first && this.#isAt(bytes, position)) return true;
    }
    return first === undefined;
  }

  #isAt(bytes: Buffer, at: number): boolean {
    const needle = this.#needle;
    for (let index = 0; index < needle.length; index += 1) {
      const byte = bytes[at + index] ?? 0;
      if ((this.#matchesCase ? byte : lower[byte]) !== needle[index]) return false;
    }
    return true;
  }
}
