import type { SqlLanguage, Token } from '../../../../shared/sql/SqlLanguage.ts';

/** A name as it is written, in parts: `sales.orders` has two. */
export interface WrittenName {
  readonly parts: readonly string[];
  /** Where its last part begins and ends. */
  readonly from: number;
  readonly to: number;
}

/** Where a cursor stands in a statement. */
export interface Place {
  /** What is expected: the beginning of a statement, a relation, an expression, or what goes on behind one. */
  readonly expects: 'start' | 'relation' | 'expression' | 'continuation';
  /** What stands before the last dot: `a` in `a.na`. */
  readonly qualifier: readonly string[];
  /** Where the word that is being typed begins. */
  readonly from: number;
}

const relationWords = new Set([
  'FROM',
  'JOIN',
  'INTO',
  'UPDATE',
  'TABLE',
  'TRUNCATE',
  'REFERENCES',
  'DESCRIBE',
  'ONLY',
]);
const namesOnly = new Set(['AS']);

const isName = ({ kind }: Token): boolean => kind === 'word' || kind === 'quoted-name';
const isBlank = ({ kind }: Token): boolean => kind === 'blank' || kind === 'comment';

/** A name without its quotes. */
export function unquoted(text: string): string {
  const quote = text[0];
  if (quote !== '"' && quote !== '`') return text;
  return text
    .slice(1, text.endsWith(quote) && text.length > 1 ? -1 : undefined)
    .replaceAll(quote + quote, quote);
}

const textOf = (statement: string, { from, to }: Token): string => statement.slice(from, to);

/** The name that ends with token `at`, with what stands before its dots. */
function nameEndingAt(statement: string, tokens: readonly Token[], at: number): WrittenName | null {
  const last = tokens[at];
  if (last === undefined || !isName(last)) return null;
  const parts = [unquoted(textOf(statement, last))];
  for (let dot = at - 1; dot > 0; dot -= 2) {
    const before = tokens[dot - 1];
    const point = tokens[dot];
    if (point === undefined || before === undefined) break;
    if (textOf(statement, point) !== '.' || !isName(before)) break;
    parts.unshift(unquoted(textOf(statement, before)));
  }
  return { parts, from: last.from, to: last.to };
}

/** The name at a place of a statement; null where none stands. */
export function nameAt(language: SqlLanguage, statement: string, position: number): WrittenName | null {
  const tokens = language.tokens(statement);
  const at = tokens.findIndex((token) => isName(token) && token.from <= position && position <= token.to);
  return at < 0 ? null : nameEndingAt(statement, tokens, at);
}

/** The last words before a list of relations goes on behind a comma: `FROM a, `. */
function leadingWord(statement: string, tokens: readonly Token[]): string | null {
  let depth = 0;
  for (const token of tokens.toReversed()) {
    const text = textOf(statement, token);
    if (text === ')') depth += 1;
    else if (text === '(') {
      if (depth === 0) return null;
      depth -= 1;
    } else if (depth === 0 && token.kind === 'word' && clauseWords.has(text.toUpperCase())) {
      return text.toUpperCase();
    }
  }
  return null;
}

const clauseWords = new Set([
  ...relationWords,
  'SELECT',
  'WHERE',
  'SET',
  'ON',
  'USING',
  'HAVING',
  'BY',
  'VALUES',
  'RETURNING',
  'LIMIT',
]);

const expressionWords = new Set([
  'SELECT',
  'WHERE',
  'AND',
  'OR',
  'NOT',
  'ON',
  'HAVING',
  'BY',
  'SET',
  'CASE',
  'WHEN',
  'THEN',
  'ELSE',
  'DISTINCT',
  'IN',
  'LIKE',
  'ILIKE',
  'BETWEEN',
  'USING',
  'RETURNING',
  'VALUES',
  'IS',
  'ALL',
  'ANY',
  'LIMIT',
  'OFFSET',
]);

function expectedAfter(statement: string, before: readonly Token[]): Place['expects'] | null {
  const last = before.at(-1);
  if (last === undefined) return 'start';
  const text = textOf(statement, last).toUpperCase();
  if (last.kind === 'word' && namesOnly.has(text)) return null;
  if (last.kind === 'word' && relationWords.has(text)) return 'relation';
  if (text === ',') {
    const word = leadingWord(statement, before);
    return word !== null && relationWords.has(word) ? 'relation' : 'expression';
  }
  if (last.kind === 'word' && expressionWords.has(text)) return 'expression';
  if (isName(last) || last.kind === 'number' || last.kind === 'string' || text === ')') return 'continuation';
  return 'expression';
}

/**
 * Where a cursor stands, for completion.
 * @returns null inside a comment, a text, a number or a new name
 */
export function placeAt(language: SqlLanguage, statement: string, position: number): Place | null {
  const tokens = language.tokens(statement.slice(0, position));
  const last = tokens.at(-1);
  if (last !== undefined && isOpaque(last, statement, position)) return null;
  const solid = tokens.filter((token) => !isBlank(token));
  const typed = last !== undefined && isName(last) ? last : null;
  const isDotted = last !== undefined && textOf(statement, last) === '.';
  const word = typed === null ? null : nameEndingAt(statement, solid, solid.length - 1);
  const owner = isDotted ? nameEndingAt(statement, solid, solid.length - 2) : null;
  const qualifier = word?.parts.slice(0, -1) ?? owner?.parts ?? [];
  const usedCount = qualifier.length * 2 + (typed === null ? 0 : 1);
  const expects = expectedAfter(statement, usedCount === 0 ? solid : solid.slice(0, -usedCount));
  return expects === null ? null : { expects, qualifier, from: typed?.from ?? position };
}

function isOpaque(last: Token, statement: string, position: number): boolean {
  if (last.kind === 'string' || last.kind === 'number' || last.kind === 'copy-data')
    return last.to >= position;
  if (last.kind !== 'comment') return false;
  // A comment that is closed is over; one up to the end of its line is not.
  return !statement.slice(last.from, last.to).endsWith('*/') && !statement.slice(0, position).endsWith('\n');
}
