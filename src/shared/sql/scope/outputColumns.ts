import { valueKinds } from '../Lexer.ts';
import { endsSelectList } from './clauseWords.ts';
import type { ScopeTokens } from './ScopeTokens.ts';
import type { ColumnSource, ScopeRelation } from './SqlScope.ts';

/** More than any server has. */
const mostColumns = 5_000;
const listModifiers = new Set(['DISTINCT', 'ALL', 'STRAIGHT_JOIN', 'SQL_CALC_FOUND_ROWS']);
/** They end an expression, or are one, and are no name of it. */
const endsExpression = new Set(['END', 'NULL', 'TRUE', 'FALSE']);

/**
 * The columns of what a query selects, or of what RETURNING gives. What has no name of its own is left out.
 * @param start the first token of the list
 * @param end behind the last token of the query
 */
export function columnsOf(
  tokens: ScopeTokens,
  start: number,
  end: number,
  relations: readonly ScopeRelation[],
): ColumnSource[] {
  const columns: ColumnSource[] = [];
  let first = start;
  for (let at = start; at <= end; at += 1) {
    const word = tokens.word(at);
    const isOver = at === end || (endsSelectList.has(word) && tokens.word(at - 1) !== 'DISTINCT');
    if (word === '(' && !isOver) at = Math.min(tokens.closingOf(at), end - 1);
    if (!isOver && word !== ',') continue;
    columns.push(...columnsOfItem(tokens, first, at, relations));
    // Stars of stars may double with each query.
    if (isOver || columns.length > mostColumns) break;
    first = at + 1;
  }
  return columns.slice(0, mostColumns);
}

function columnsOfItem(
  tokens: ScopeTokens,
  start: number,
  end: number,
  relations: readonly ScopeRelation[],
): ColumnSource[] {
  let first = start;
  while (listModifiers.has(tokens.word(first))) first += 1;
  if (first >= end) return [];
  if (tokens.word(end - 1) === '*') {
    const owner = end - first === 1 ? null : tokens.name(end - 3);
    return relations.filter(({ alias }) => owner === null || alias === owner).flatMap(allOf);
  }
  const name = nameOfItem(tokens, first, end);
  return name === null ? [] : [{ name }];
}

const allOf = (relation: ScopeRelation): readonly ColumnSource[] => relation.columns ?? [{ all: relation }];

function nameOfItem(tokens: ScopeTokens, first: number, end: number): string | null {
  const last = end - 1;
  if (tokens.word(last - 1) === 'AS') return tokens.name(last);
  if (
    tokens.isName(last) &&
    last > first &&
    isValueEnd(tokens, last - 1) &&
    !endsExpression.has(tokens.word(last))
  ) {
    return tokens.name(last);
  }
  return nameOfExpression(tokens, first, end);
}

/** A column is called as itself, a call as its function; a cast changes nothing. */
function nameOfExpression(tokens: ScopeTokens, first: number, end: number): string | null {
  let at = first;
  while (tokens.isName(at) && tokens.tokens[at + 1]?.word === '.') at += 2;
  if (!tokens.isName(at) || at >= end || endsExpression.has(tokens.word(at))) return null;
  const behind = tokens.word(at + 1) === '(' ? tokens.closingOf(at + 1) + 1 : at + 1;
  return behind >= end || tokens.word(behind) === '::' ? tokens.name(at) : null;
}

/** A name behind a value is its alias. */
function isValueEnd(tokens: ScopeTokens, at: number): boolean {
  const token = tokens.tokens[at];
  if (token === undefined) return false;
  return valueKinds.has(token.kind) || token.word === ')' || token.word === ']';
}

/** Gives columns the names of a list: `b(y, z)`. Those beyond the list keep theirs. */
export const withNames = (
  names: readonly string[],
  columns: readonly ColumnSource[] | null,
): readonly ColumnSource[] => [...names.map((name) => ({ name })), ...(columns ?? []).slice(names.length)];
