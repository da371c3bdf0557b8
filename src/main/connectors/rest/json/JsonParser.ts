import { type JsonTape, tokenKinds } from './JsonTape.ts';
import { cutOff, invalidJson, tooDeep, tooManyValues } from './jsonErrors.ts';
import { numberEnd } from './numberEnd.ts';

/** Deepest nesting that is read. No API of people nests deeper; a hostile one must not exhaust anything. */
const maxDepth = 512;

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** What may come next. */
const states = { value: 0, valueOrEnd: 1, keyOrEnd: 2, key: 3, colon: 4, commaOrEnd: 5, nothing: 6 } as const;

/**
 * Reads JSON as RFC 8259 has it into a tape, some bytes at a time. Nesting needs no recursion, and no step takes longer
 * than its bytes.
 */
export class JsonParser {
  readonly tape: JsonTape;
  /** Values at the top, by their tokens: one of a document, one of each line of NDJSON. */
  readonly roots: number[] = [];
  readonly #bytes: Buffer;
  readonly #isLines: boolean;
  readonly #containers: number[] = [];
  #depth = 0;
  #state: number = states.value;
  #position: number;
  #stop = 0;
  /** The text whose end has not come yet; -1: none. */
  #openText = -1;
  #openTextKind: number = tokenKinds.text;
  /** Values at the top that were read and forgotten. */
  #rootsBefore = 0;

  /** @param isLines values follow one another, as in NDJSON */
  constructor(bytes: Buffer, tape: JsonTape, { from = 0, isLines = false } = {}) {
    this.#bytes = bytes;
    this.tape = tape;
    this.#position = from;
    this.#isLines = isLines;
    tape.begin(bytes);
  }

  get isAtEnd(): boolean {
    return this.#position >= this.#bytes.length;
  }

  /** Between two values at the top. */
  get isBetween(): boolean {
    return this.#depth === 0 && this.#openText < 0;
  }

  /** Forgets what was read so far, between two values at the top. */
  forget(): void {
    this.#rootsBefore += this.roots.length;
    this.roots.length = 0;
    this.tape.begin(this.#bytes);
  }

  /** Reads about so many bytes. @throws PROTOCOL_ERROR, TOO_LARGE */
  step(byteCount: number): void {
    // A byte is a token at most, and an opening one has its end beside it.
    if (!this.tape.reserve(byteCount + maxDepth)) throw tooManyValues();
    this.#stop = Math.min(this.#bytes.length, this.#position + byteCount);
    if (this.#openText >= 0) this.#position = this.#restOfText(this.#position);
    const bytes = this.#bytes;
    let position = this.#position;
    while (position < this.#stop) {
      const byte = bytes[position] ?? 0;
      position = byte <= 0x20 ? this.#blank(byte, position) : this.#token(byte, position);
    }
    this.#position = position;
  }

  /** @throws PROTOCOL_ERROR when something is missing at the end */
  finish(): void {
    const hasValue = this.roots.length + this.#rootsBefore > 0;
    const isWhole = this.isBetween && (this.#isLines || (hasValue && this.#state === states.nothing));
    if (!isWhole) throw cutOff(this.#bytes.length, this.#recordNumber);
  }

  /** Of the line that is being read. */
  get #recordNumber(): number | null {
    return this.#isLines ? this.#rootsBefore + this.roots.length : null;
  }

  #blank(byte: number, position: number): number {
    if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) return position + 1;
    throw this.#unexpected(position);
  }

  #token(byte: number, position: number): number {
    switch (this.#state) {
      case states.commaOrEnd:
        return this.#commaOrEnd(byte, position);
      case states.key:
      case states.keyOrEnd:
        return this.#key(byte, position);
      case states.colon:
        if (byte !== colon) throw this.#unexpected(position);
        this.#state = states.value;
        return position + 1;
      case states.nothing:
        throw this.#unexpected(position);
      default:
        return this.#value(byte, position);
    }
  }

  #commaOrEnd(byte: number, position: number): number {
    const isObject = this.tape.kind(this.#containers[this.#depth - 1] ?? 0) === tokenKinds.object;
    if (byte === comma) {
      this.#state = isObject ? states.key : states.value;
      return position + 1;
    }
    if (byte === (isObject ? closeBrace : closeBracket)) return this.#close(position);
    throw this.#unexpected(position);
  }

  #key(byte: number, position: number): number {
    if (byte === quote) return this.#text(position);
    if (byte === closeBrace && this.#state === states.keyOrEnd) return this.#close(position);
    throw this.#unexpected(position);
  }

  #value(byte: number, position: number): number {
    if (this.#depth === 0) this.roots.push(this.tape.count);
    if (byte === quote) return this.#text(position);
    if (byte === openBrace) return this.#open(tokenKinds.object, states.keyOrEnd, position);
    if (byte === openBracket) return this.#open(tokenKinds.array, states.valueOrEnd, position);
    if (byte === closeBracket && this.#state === states.valueOrEnd) return this.#close(position);
    return this.#scalar(byte, position);
  }

  #scalar(byte: number, position: number): number {
    switch (byte) {
      case 0x74:
        return this.#word('true', tokenKinds.true, position);
      case 0x66:
        return this.#word('false', tokenKinds.false, position);
      case 0x6e:
        return this.#word('null', tokenKinds.null, position);
      default: {
        const end = numberEnd(this.#bytes, position);
        if (end < 0) throw this.#unexpected(position);
        this.tape.push(tokenKinds.number, position, end);
        this.#ended();
        return end;
      }
    }
  }

  #word(word: string, kind: number, position: number): number {
    const bytes = this.#bytes;
    const end = position + word.length;
    for (let index = 0; index < word.length; index += 1) {
      if (bytes[position + index] !== word.charCodeAt(index)) throw this.#unexpected(position);
    }
    this.tape.push(kind, position, end);
    this.#ended();
    return end;
  }

  #open(kind: number, state: number, position: number): number {
    if (this.#depth === maxDepth) throw tooDeep(maxDepth);
    this.#containers[this.#depth] = this.tape.push(kind, position, 0);
    this.#depth += 1;
    this.#state = state;
    return position + 1;
  }

  #close(position: number): number {
    this.#depth -= 1;
    this.tape.close(this.#containers[this.#depth] ?? 0, position);
    this.#ended();
    return position + 1;
  }

  /** A value is over. */
  #ended(): void {
    if (this.#depth > 0) this.#state = states.commaOrEnd;
    else this.#state = this.#isLines ? states.value : states.nothing;
  }

  #text(position: number): number {
    this.#openText = this.tape.push(tokenKinds.text, position + 1, 0);
    this.#openTextKind = tokenKinds.text;
    return this.#restOfText(position + 1);
  }

  /** Reads on in the text that is open, to its end or that of the step. */
  #restOfText(from: number): number {
    const bytes = this.#bytes;
    const stop = this.#stop;
    let position = from;
    while (position < stop) {
      const byte = bytes[position] ?? 0;
      // Small letters and all beyond ASCII, which most texts are made of.
      if (byte > backslash) position += 1;
      else if (byte === quote) return this.#endText(position);
      else if (byte === backslash) position = this.#escape(position);
      else if (byte < 0x20) throw this.#unexpected(position);
      else position += 1;
    }
    return position;
  }

  #endText(position: number): number {
    this.tape.endText(this.#openText, this.#openTextKind, position);
    this.#openText = -1;
    if (this.#state === states.key || this.#state === states.keyOrEnd) this.#state = states.colon;
    else this.#ended();
    return position + 1;
  }

  /** @returns behind the escape, which is one that JSON has */
  #escape(position: number): number {
    this.#openTextKind = tokenKinds.escaped;
    const next = position + 1;
    const letter = this.#bytes[next];
    // The end of the text is missing, which is said later.
    if (letter === undefined) return next;
    if (letter !== 0x75) {
      if (!'"\\/bfnrt'.includes(String.fromCharCode(letter))) throw this.#unexpected(next);
      return next + 1;
    }
    const digits = this.#bytes.toString('latin1', next + 1, next + 5);
    if (digits.length === 4 && !/^[\da-f]{4}$/i.test(digits)) throw this.#unexpected(next + 1);
    return Math.min(this.#bytes.length, next + 5);
  }

  #unexpected(position: number) {
    return invalidJson(this.#bytes, position, this.#recordNumber);
  }
}
