import { dateOf, durationUnits, formattedDate, isoFormat, movedBy } from './dates.ts';
import type { TemplateScope, TemplateValue, TemplateValues } from './TemplateScope.ts';

/**
 * What stands between `{{` and `}}`:
 *
 *     expression = term { ("+" | "-") count unit } { "|" filter }
 *     term       = name { "." name } | text
 *     filter     = "format(" text ")" | "default(" text ")"
 *
 * It is read once from left to right, so that nothing in it can loop.
 */

/** A date while it is computed with. */
interface DateValue {
  readonly atMs: number;
}

type Value = string | null | DateValue;

/** Why an expression cannot be evaluated; the caller knows in which template. */
export class ExpressionError extends Error {}

const tokenPattern =
  /\s*(?:(?<text>'[^']*'|"[^"]*")|(?<name>[A-Za-z_][\w-]*(?:\.[A-Za-z_0-9][\w-]*)*)|(?<count>\d{1,9})|(?<sign>[+\-|()]))/y;

interface Token {
  readonly type: 'text' | 'name' | 'count' | 'sign';
  readonly text: string;
}

function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  const trimmed = source.trim();
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < trimmed.length) {
    const at = tokenPattern.lastIndex;
    const groups = tokenPattern.exec(trimmed)?.groups;
    if (groups === undefined) throw new ExpressionError(`“${trimmed.slice(at)}” is not understood.`);
    for (const type of ['text', 'name', 'count', 'sign'] as const) {
      const text = groups[type];
      if (text !== undefined) tokens.push({ type, text: type === 'text' ? text.slice(1, -1) : text });
    }
  }
  return tokens;
}

/** @throws ExpressionError */
export function evaluate(source: string, scope: TemplateScope): string | null {
  const reading = new Reading(tokensOf(source), scope);
  const value = reading.value();
  return typeof value === 'object' && value !== null ? formattedDate(value.atMs, isoFormat) : value;
}

class Reading {
  readonly #tokens: readonly Token[];
  readonly #scope: TemplateScope;
  #position = 0;

  constructor(tokens: readonly Token[], scope: TemplateScope) {
    this.#tokens = tokens;
    this.#scope = scope;
  }

  value(): Value {
    let value = this.#term();
    for (let token = this.#take(); token !== undefined; token = this.#take()) {
      if (token.type === 'sign' && (token.text === '+' || token.text === '-')) {
        value = this.#moved(value, token.text === '+' ? 1 : -1);
      } else if (token.type === 'sign' && token.text === '|') {
        value = this.#filtered(value);
      } else throw new ExpressionError(`“${token.text}” is not expected.`);
    }
    return value;
  }

  #take(): Token | undefined {
    const token = this.#tokens[this.#position];
    this.#position += 1;
    return token;
  }

  #expect(type: Token['type'], what: string): string {
    const token = this.#take();
    if (token?.type === type) return token.text;
    throw new ExpressionError(
      token === undefined ? `${what} is missing.` : `${what} is expected, not “${token.text}”.`,
    );
  }

  #sign(sign: string): void {
    if (this.#expect('sign', `“${sign}”`) !== sign) throw new ExpressionError(`“${sign}” is expected.`);
  }

  #term(): Value {
    const token = this.#take();
    if (token?.type === 'text') return token.text;
    if (token?.type !== 'name') throw new ExpressionError('A name is expected.');
    return token.text === 'now' ? { atMs: this.#scope.nowMs } : named(token.text, this.#scope);
  }

  #moved(value: Value, direction: number): Value {
    const count = Number(this.#expect('count', 'A number'));
    const unit = this.#expect('name', 'A unit');
    const date = dateIn(value);
    if (date === null) return null;
    const atMs = movedBy(date.atMs, direction * count, unit);
    if (atMs === null) throw new ExpressionError(`“${unit}” is none of: ${durationUnits.join(', ')}.`);
    return { atMs };
  }

  #filtered(value: Value): Value {
    const name = this.#expect('name', 'A filter');
    this.#sign('(');
    const text = this.#expect('text', 'A text in quotes');
    this.#sign(')');
    switch (name) {
      case 'default':
        return value === null || value === '' ? text : value;
      case 'format': {
        const date = dateIn(value);
        return date === null ? null : formattedDate(date.atMs, text);
      }
      default:
        throw new ExpressionError(`There is no filter “${name}”. There are: format, default.`);
    }
  }
}

/** The date of a value; null where there is no value. */
function dateIn(value: Value): DateValue | null {
  if (value === null || value === '') return null;
  if (typeof value === 'object') return value;
  const atMs = dateOf(value);
  if (atMs === null) throw new ExpressionError('The value is not a date.');
  return { atMs };
}

/** How many names are listed. */
const maxNames = 30;

function named(path: string, { values }: TemplateScope): string | null {
  const names = path.split('.');
  let value: TemplateValue = values;
  for (const [index, name] of names.entries()) {
    if (value === null) return null;
    const found: TemplateValue | undefined = typeof value === 'string' ? undefined : value.get(name);
    if (found === undefined) throw unknownName(names.slice(0, index + 1), value);
    value = found;
  }
  if (value === null || typeof value === 'string') return value;
  throw new ExpressionError(`“${path}” is no single value. It has: ${listed([...value.keys()])}.`);
}

function unknownName(names: readonly string[], value: TemplateValues | string): ExpressionError {
  const known = typeof value === 'string' ? [] : [...value.keys()];
  const there = names.length === 1 ? [...known, 'now'] : known;
  return new ExpressionError(`There is no “${names.join('.')}”. There is: ${listed(there)}.`);
}

const listed = (names: readonly string[]): string =>
  names.length === 0 ? 'nothing' : names.slice(0, maxNames).join(', ');
