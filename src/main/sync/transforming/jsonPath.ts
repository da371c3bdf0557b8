import { refused, type StepResult } from './steps.ts';

/** Deepest nesting that is looked into. */
const maxDepth = 1_000;
const notJson = refused('The value is not valid JSON.');

const blank = /[ \t\n\r]*/y;
const plainToken = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

class NotJson extends Error {}

/**
 * Finds a value inside of JSON without changing a digit of it: a text without its quotes, anything else as it is written.
 * NULL where there is nothing at the path, or `null`. Of a key that stands twice the last one counts.
 * @param path keys of objects, and positions in arrays from 0
 * @param keepsJson a text is wanted as JSON, with its quotes
 */
export function valueAt(text: string, path: readonly string[], keepsJson: boolean): StepResult {
  try {
    const found = new JsonScanner(text).find(path);
    if (found === null || found === 'null') return null;
    return !keepsJson && found.startsWith('"') ? textOf(found) : found;
  } catch (error) {
    if (error instanceof NotJson) return notJson;
    throw error;
  }
}

class JsonScanner {
  readonly #text: string;
  #at = 0;
  #found: string | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  find(path: readonly string[]): string | null {
    this.#value(path, 0, 0);
    this.#match(blank);
    if (this.#at < this.#text.length) throw new NotJson();
    return this.#found;
  }

  /** @param step of the path that is wanted inside of this value; -1: none of it is */
  #value(path: readonly string[], step: number, depth: number): void {
    if (depth > maxDepth) throw new NotJson();
    this.#match(blank);
    const start = this.#at;
    const first = this.#text[start];
    if (first === '{') this.#object(path, step, depth);
    else if (first === '[') this.#array(path, step, depth);
    else if (first === '"') this.#string();
    else if (this.#match(plainToken) === '') throw new NotJson();
    if (step === path.length) this.#found = this.#text.slice(start, this.#at);
  }

  #object(path: readonly string[], step: number, depth: number): void {
    this.#at += 1;
    if (this.#accepts('}')) return;
    do {
      this.#match(blank);
      const key = this.#string();
      if (!this.#accepts(':')) throw new NotJson();
      const isWanted = step >= 0 && step < path.length && textOf(key) === path[step];
      if (isWanted) this.#found = null;
      this.#value(path, isWanted ? step + 1 : -1, depth + 1);
    } while (this.#accepts(','));
    if (!this.#accepts('}')) throw new NotJson();
  }

  #array(path: readonly string[], step: number, depth: number): void {
    this.#at += 1;
    if (this.#accepts(']')) return;
    let position = 0;
    do {
      const isWanted = step >= 0 && step < path.length && String(position) === path[step];
      this.#value(path, isWanted ? step + 1 : -1, depth + 1);
      position += 1;
    } while (this.#accepts(','));
    if (!this.#accepts(']')) throw new NotJson();
  }

  /** A text with its quotes; what it says is not looked at. */
  #string(): string {
    const start = this.#at;
    if (this.#text[start] !== '"') throw new NotJson();
    let end = this.#text.indexOf('"', start + 1);
    while (end !== -1 && this.#isEscaped(end)) end = this.#text.indexOf('"', end + 1);
    if (end === -1) throw new NotJson();
    this.#at = end + 1;
    return this.#text.slice(start, end + 1);
  }

  /** Behind an odd number of backslashes. */
  #isEscaped(at: number): boolean {
    let before = at;
    while (this.#text[before - 1] === '\\') before -= 1;
    return (at - before) % 2 === 1;
  }

  #accepts(character: string): boolean {
    this.#match(blank);
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }
}

function textOf(quoted: string): string {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  try {
    const value: unknown = JSON.parse(quoted);
    return String(value);
  } catch {
    throw new NotJson();
  }
}
