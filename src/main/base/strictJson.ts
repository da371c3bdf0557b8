import { setImmediate as nextTurn } from 'node:timers/promises';

/** Deepest nesting accepted; an honest file has five levels. */
const maxDepth = 32;
/** How many characters are read before others get their turn: about a millisecond. */
const charactersPerTurn = 65_536;

const blank = /[ \t\n\r]*/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word = /true|false|null/y;

/** Why and where a text is no JSON that is accepted. Its message repeats nothing of the text. */
export class JsonRefused extends Error {
  override readonly name = 'JsonRefused';
}

/**
 * Reads JSON from strangers (RFC 8259), more strictly than JSON.parse: a key that stands twice, `__proto__` as a key and
 * deep nesting are refused, and every refusal says where. Lets others run in between, however long the text is.
 * @throws JsonRefused
 */
export async function parseStrictJson(text: string): Promise<unknown> {
  const reading = new StrictJsonReader(text).read();
  let step = reading.next();
  while (!step.done) {
    await nextTurn();
    step = reading.next();
  }
  return step.value;
}

/** Yields when it is time for others to run. */
type Reading<Value> = Generator<undefined, Value, undefined>;

class StrictJsonReader {
  readonly #text: string;
  #at = 0;
  #nextPause = charactersPerTurn;

  constructor(text: string) {
    this.#text = text;
  }

  *read(): Reading<unknown> {
    const value = yield* this.#value(0);
    this.#skipBlank();
    if (this.#at < this.#text.length) throw this.#refused('something follows after the end');
    return value;
  }

  *#value(depth: number): Reading<unknown> {
    this.#skipBlank();
    const first = this.#text[this.#at];
    if (first === '{') return yield* this.#object(depth);
    if (first === '[') return yield* this.#array(depth);
    return this.#scalar(first);
  }

  *#object(depth: number): Reading<Record<string, unknown>> {
    const object: Record<string, unknown> = {};
    this.#enter(depth);
    if (this.#accept('}')) return object;
    do {
      this.#skipBlank();
      const keyAt = this.#at;
      const key = this.#string();
      if (key === '__proto__') throw this.#refused('a key has a forbidden name', keyAt);
      if (Object.hasOwn(object, key)) throw this.#refused('a key stands twice in the same object', keyAt);
      this.#expect(':');
      object[key] = yield* this.#value(depth + 1);
      if (this.#isTimeForOthers()) yield;
    } while (this.#accept(','));
    this.#expect('}');
    return object;
  }

  *#array(depth: number): Reading<unknown[]> {
    const array: unknown[] = [];
    this.#enter(depth);
    if (this.#accept(']')) return array;
    do {
      array.push(yield* this.#value(depth + 1));
      if (this.#isTimeForOthers()) yield;
    } while (this.#accept(','));
    this.#expect(']');
    return array;
  }

  #enter(depth: number): void {
    if (depth >= maxDepth) throw this.#refused(`it is nested deeper than ${maxDepth} levels`);
    this.#at += 1;
  }

  #scalar(first: string | undefined): unknown {
    if (first === '"') return this.#string();
    const token = this.#match(number) || this.#match(word);
    if (token === '')
      throw this.#refused(first === undefined ? 'the text ends too early' : 'unexpected text');
    const value: unknown = JSON.parse(token);
    return value;
  }

  #string(): string {
    const start = this.#at;
    if (this.#text[start] !== '"') throw this.#unexpected();
    const end = this.#closingQuote(start);
    try {
      const value: unknown = JSON.parse(this.#text.slice(start, end + 1));
      this.#at = end + 1;
      return String(value);
    } catch {
      // The parser's own message would quote the text.
      throw this.#refused('a text in quotes is not written as JSON wants it', start);
    }
  }

  /** The next quote that is not escaped: after an even number of backslashes. */
  #closingQuote(start: number): number {
    let end = this.#text.indexOf('"', start + 1);
    while (end !== -1) {
      let before = end;
      while (this.#text[before - 1] === '\\') before -= 1;
      if ((end - before) % 2 === 0) return end;
      end = this.#text.indexOf('"', end + 1);
    }
    throw this.#refused('a text in quotes does not end', start);
  }

  #accept(character: string): boolean {
    this.#skipBlank();
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #expect(character: string): void {
    if (!this.#accept(character)) throw this.#unexpected();
  }

  #skipBlank(): void {
    this.#match(blank);
  }

  /** What the pattern finds here, which is passed; else nothing. */
  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #isTimeForOthers(): boolean {
    if (this.#at < this.#nextPause) return false;
    this.#nextPause = this.#at + charactersPerTurn;
    return true;
  }

  #unexpected(): JsonRefused {
    return this.#refused(this.#at < this.#text.length ? 'unexpected text' : 'the text ends too early');
  }

  #refused(reason: string, at = this.#at): JsonRefused {
    let line = 1;
    let lineStart = 0;
    for (
      let end = this.#text.indexOf('\n');
      end !== -1 && end < at;
      end = this.#text.indexOf('\n', lineStart)
    ) {
      line += 1;
      lineStart = end + 1;
    }
    return new JsonRefused(`Line ${line}, column ${at - lineStart + 1}: ${reason}.`);
  }
}
