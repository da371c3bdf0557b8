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

/*
 * What may come next, as numbers in an order that is made use of: a text may begin up to `keyOrEnd`, any other value up
 * to `valueOrEnd`.
 */
const value = 0;
const valueOrEnd = 1;
const key = 2;
const keyOrEnd = 3;
const colonNext = 4;
/** Behind a value: a comma, or the end of what it is in. */
const inObject = 5;
const inArray = 6;
/** A value at the top. */
const top = 7;
const nothing = 8;

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
  /** The containers that are open, by their tokens. */
  readonly #containers = new Uint32Array(maxDepth);
  #depth = 0;
  #state: number = top;
  /** The state behind a value at the top. */
  readonly #outside: number;
  /** The state behind a value in the innermost container. */
  #behind: number;
  #position: number;
  #stop = 0;
  /** The text whose end has not come yet; -1: none. */
  #openText = -1;
  /** Values at the top that were read and forgotten. */
  #rootsBefore = 0;

  /** @param isLines values follow one another, as in NDJSON */
  constructor(bytes: Buffer, tape: JsonTape, { from = 0, isLines = false } = {}) {
    this.#bytes = bytes;
    this.tape = tape;
    this.#position = from;
    this.#isLines = isLines;
    this.#outside = isLines ? top : nothing;
    this.#behind = this.#outside;
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
    if (this.#openText >= 0) this.#position = this.#restOfText(this.#openText, this.#position);
    this.#readTokens();
  }

  /** @throws PROTOCOL_ERROR when something is missing at the end */
  finish(): void {
    const hasValue = this.roots.length + this.#rootsBefore > 0;
    const isWhole = this.isBetween && (this.#isLines || (hasValue && this.#state === nothing));
    if (!isWhole) throw cutOff(this.#bytes.length, this.#recordNumber);
  }

  /** Of the line that is being read. */
  get #recordNumber(): number | null {
    return this.#isLines ? this.#rootsBefore + this.roots.length : null;
  }

  /** One loop over local values: with a call and fields for each token it takes half as long again. */
  #readTokens(): void {
    const bytes = this.#bytes;
    const stop = this.#stop;
    const { kinds, starts } = this.tape;
    let token = this.tape.count;
    let position = this.#position;
    let state = this.#state;
    while (position < stop) {
      const byte = bytes[position] as number;
      if (byte === quote && state <= keyOrEnd) {
        kinds[token] = tokenKinds.text;
        starts[token] = position + 1;
        position = this.#textEnd(token, position + 1);
        state = state >= key ? colonNext : this.#behind;
        token += 1;
      } else if (separates(byte, state)) {
        state = behindSeparator(state);
        position += 1;
      } else if (byte <= 0x20) {
        position = this.#blankEnd(byte, position);
      } else if (state === top) {
        this.roots.push(token);
        state = value;
      } else {
        state = this.#take(byte, state, token, position);
        position = this.#position;
        token += 1;
      }
    }
    this.tape.count = token;
    this.#position = position;
    this.#state = state;
  }

  #blankEnd(byte: number, position: number): number {
    if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) return position + 1;
    throw this.#unexpected(position);
  }

  /** Takes a token that is no text; the position is behind it then. @returns the state behind it */
  #take(byte: number, state: number, token: number, position: number): number {
    this.#position = position + 1;
    if (canClose(byte, state)) return this.#close(token, position);
    if (state > valueOrEnd) throw this.#unexpected(position);
    if (byte === openBrace || byte === openBracket) return this.#open(token, byte === openBrace, position);
    const end = scalarEnd(this.#bytes, position);
    if (end < 0) throw this.#unexpected(position);
    const { kinds, starts, ends } = this.tape;
    kinds[token] = scalarKind(byte);
    starts[token] = position;
    ends[token] = end;
    this.#position = end;
    return this.#behind;
  }

  /** @returns behind the closing quote, or the end of the step */
  #textEnd(token: number, from: number): number {
    const end = plainEnd(this.#bytes, from, this.#stop);
    if (end === this.#stop || this.#bytes[end] !== quote) return this.#restOfText(token, end);
    this.tape.ends[token] = end;
    return end + 1;
  }

  #open(token: number, isObject: boolean, position: number): number {
    const { kinds, starts } = this.tape;
    if (this.#depth === maxDepth) throw tooDeep(maxDepth);
    this.#containers[this.#depth] = token;
    this.#depth += 1;
    kinds[token] = isObject ? tokenKinds.object : tokenKinds.array;
    starts[token] = position;
    this.#behind = isObject ? inObject : inArray;
    return isObject ? keyOrEnd : valueOrEnd;
  }

  #close(token: number, position: number): number {
    const { kinds, starts, ends } = this.tape;
    this.#depth -= 1;
    const opening = this.#containers[this.#depth] as number;
    kinds[token] = tokenKinds.end;
    starts[token] = position;
    ends[token] = opening;
    ends[opening] = token;
    if (this.#depth === 0) this.#behind = this.#outside;
    else {
      const outer = this.#containers[this.#depth - 1] as number;
      this.#behind = kinds[outer] === tokenKinds.object ? inObject : inArray;
    }
    return this.#behind;
  }

  /**
   * Reads on in a text that holds escapes, or whose end is in a later step.
   * @returns behind its closing quote, or the end of the step
   */
  #restOfText(token: number, from: number): number {
    const bytes = this.#bytes;
    const stop = this.#stop;
    const { kinds, ends } = this.tape;
    this.#openText = token;
    for (let position = from; ; ) {
      position = plainEnd(bytes, position, stop);
      if (position >= stop) return position;
      if (bytes[position] === quote) {
        ends[token] = position;
        this.#openText = -1;
        return position + 1;
      }
      if (bytes[position] !== backslash) throw this.#unexpected(position);
      kinds[token] = tokenKinds.escaped;
      position = this.#escape(position);
    }
  }

  /** @returns behind the escape, which is one that JSON has */
  #escape(position: number): number {
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

/** The first byte that is not simply part of a text; `stop`: there is none before. */
function plainEnd(bytes: Buffer, from: number, stop: number): number {
  let position = from;
  while (position < stop) {
    const byte = bytes[position] as number;
    // Small letters and all beyond ASCII, which most texts are made of, are told by the first comparison.
    if (byte <= backslash && (byte === quote || byte === backslash || byte < 0x20)) break;
    position += 1;
  }
  return position;
}

const separates = (byte: number, state: number): boolean =>
  byte === comma ? state === inObject || state === inArray : byte === colon && state === colonNext;

const behindSeparator = (state: number): number => (state === inObject ? key : value);

const canClose = (byte: number, state: number): boolean =>
  byte === closeBrace
    ? state === inObject || state === keyOrEnd
    : byte === closeBracket && (state === inArray || state === valueOrEnd);

function scalarKind(byte: number): number {
  if (byte === 0x74) return tokenKinds.true;
  if (byte === 0x66) return tokenKinds.false;
  return byte === 0x6e ? tokenKinds.null : tokenKinds.number;
}

function scalarEnd(bytes: Buffer, position: number): number {
  switch (bytes[position]) {
    case 0x74:
      return wordEnd(bytes, position, 'true');
    case 0x66:
      return wordEnd(bytes, position, 'false');
    case 0x6e:
      return wordEnd(bytes, position, 'null');
    default:
      return numberEnd(bytes, position);
  }
}

function wordEnd(bytes: Buffer, position: number, word: string): number {
  for (let index = 1; index < word.length; index += 1) {
    if (bytes[position + index] !== word.charCodeAt(index)) return -1;
  }
  return position + word.length;
}
