import { aboutRelation, beforeRelation, words } from './clauseWords.ts';
import type { ScopeTokens } from './ScopeTokens.ts';
import type { CursorPlace, Expected } from './SqlScope.ts';

const beforeExpression = words(`
  SELECT WHERE AND OR NOT ON HAVING BY CASE WHEN THEN ELSE DISTINCT ALL ANY SOME IN LIKE ILIKE SIMILAR BETWEEN IS USING
  RETURNING VALUES LIMIT OFFSET EXISTS INTERVAL CALL DO XOR FROM DIV MOD REGEXP RLIKE FILTER CHECK DEFAULT RETURN`);
/** The words that say what the commas behind them part. */
const clauses = words(`
  SELECT FROM JOIN INTO UPDATE USING TRUNCATE WHERE SET ON HAVING BY VALUES RETURNING LIMIT WITH TABLE WINDOW CALL`);
/** Behind these, a parenthesis opens a query. */
const beforeQuery = words('AS MATERIALIZED EXISTS FROM JOIN LATERAL');
/** Functions with a FROM of their own. */
const callsWithFrom = words('EXTRACT SUBSTRING TRIM OVERLAY POSITION');
/** Commands whose USING names relations. */
const usesRelations = words('DELETE MERGE');

/**
 * What is expected behind the first tokens of a statement.
 * @param count how many of them
 * @returns null where a person invents a name
 */
function expectedBehind(tokens: ScopeTokens, count: number): Expected | null {
  const last = count - 1;
  const word = tokens.word(last);
  if (last < 0) return 'start';
  if (word === '(') return expectedInParenthesis(tokens, last);
  if (word === ',') return expectedBehindComma(tokens, last);
  if (word === '::') return 'type';
  if (word === 'AS') return expectedBehindAs(tokens, last);
  if (word === 'WITH' || word === 'RECURSIVE') return null;
  if (word === 'COLUMN') return 'column';
  if (word === 'SET') return commandOf(tokens) === 'SET' ? 'continuation' : 'column';
  if (isBeforeRelation(tokens, last)) return 'relation';
  if (beforeExpression.has(word)) return 'expression';
  return isValue(tokens, last) ? 'continuation' : 'expression';
}

const commandOf = (tokens: ScopeTokens): string => tokens.word(0);

function isValue(tokens: ScopeTokens, at: number): boolean {
  const kind = tokens.tokens[at]?.kind;
  return kind !== 'punctuation' || tokens.word(at) === ')' || tokens.word(at) === ']';
}

function isBeforeRelation(tokens: ScopeTokens, at: number): boolean {
  const word = tokens.word(at);
  const before = tokens.word(at - 1);
  if (word === 'FROM') return before !== 'DISTINCT' && !callsWithFrom.has(callAround(tokens, at));
  if (word === 'UPDATE') return !/^(?:FOR|DO|KEY|ON|THEN)$/.test(before);
  if (word === 'DESC') return at === 0;
  if (word === 'ON') return aboutRelation.has(commandOf(tokens));
  if (word === 'USING') return usesRelations.has(commandOf(tokens));
  return beforeRelation.has(word);
}

/** The word before the innermost open parenthesis. */
function callAround(tokens: ScopeTokens, at: number): string {
  const opening = tokens.openingAt(at);
  return opening < 0 ? '' : tokens.word(opening - 1);
}

function expectedBehindAs(tokens: ScopeTokens, at: number): Expected | null {
  const call = callAround(tokens, at);
  if (call === 'CAST' || call === 'TRY_CAST') return 'type';
  // CREATE VIEW … AS, CREATE TABLE … AS, PREPARE … AS.
  return tokens.openingAt(at) < 0 &&
    /^(?:CREATE|PREPARE)$/.test(commandOf(tokens)) &&
    clauseBefore(tokens, at) !== 'SELECT'
    ? 'start'
    : null;
}

function expectedInParenthesis(tokens: ScopeTokens, opening: number): Expected | null {
  const before = opening - 1;
  if (beforeQuery.has(tokens.word(before))) return 'start';
  if (!tokens.isName(before)) return 'expression';
  const introduced = tokens.word(tokens.startOfName(before) - 1);
  if (introduced === 'INTO' || tokens.word(before) === 'CONFLICT') return 'column';
  if (introduced === 'WITH' || introduced === 'RECURSIVE') return null;
  return introduced === 'TABLE' || introduced === 'EXISTS' ? null : 'expression';
}

function expectedBehindComma(tokens: ScopeTokens, at: number): Expected | null {
  const clause = clauseBefore(tokens, at);
  if (clause === 'WITH') return null;
  if (clause === 'SET') return commandOf(tokens) === 'SET' ? 'continuation' : 'column';
  const opening = tokens.openingAt(at);
  if (clause === '' && opening >= 0) return expectedInParenthesis(tokens, opening);
  if (clause === 'ON') return isJoinBefore(tokens, at) ? 'relation' : 'expression';
  const isList = beforeRelation.has(clause) || (clause === 'USING' && usesRelations.has(commandOf(tokens)));
  return isList ? 'relation' : 'expression';
}

/** The clause in which a token stands, in its own parentheses. */
function clauseBefore(tokens: ScopeTokens, at: number): string {
  return previousIn(tokens, at, (word) => clauses.has(word));
}

/** A comma behind the condition of a join begins another relation. */
const isJoinBefore = (tokens: ScopeTokens, at: number): boolean =>
  previousIn(tokens, at, (word) => word === 'JOIN' || word === 'CREATE') === 'JOIN';

function previousIn(tokens: ScopeTokens, from: number, fits: (word: string) => boolean): string {
  let depth = 0;
  for (let at = from - 1; at >= 0; at -= 1) {
    const word = tokens.word(at);
    if (word === ')') depth += 1;
    else if (word === '(') depth -= 1;
    if (depth < 0) return '';
    if (depth === 0 && tokens.tokens[at]?.kind === 'word' && fits(word)) return word;
  }
  return '';
}

/**
 * Where a cursor stands, outside of comments, strings and numbers.
 * @param offset in UTF-16 units
 * @returns null where a person invents a name
 */
export function placeIn(tokens: ScopeTokens, offset: number): CursorPlace | null {
  const next = tokens.tokens.findIndex(({ to }) => to >= offset);
  const end = next < 0 ? tokens.count : next;
  const token = tokens.tokens[end];
  const hasBegun = token !== undefined && token.from < offset && tokens.isName(end);
  // Behind a point or another sign, a new name begins.
  const count = hasBegun || token === undefined || token.from >= offset ? end : end + 1;
  const isBehindPoint = tokens.tokens[count - 1]?.word === '.' && tokens.isName(count - 2);
  const start = isBehindPoint ? tokens.startOfName(count - 2) : count;
  const expects = expectedBehind(tokens, start);
  if (expects === null) return null;
  return {
    expects,
    qualifier: isBehindPoint ? tokens.path(start, count - 2) : [],
    from: hasBegun ? token.from : offset,
    to: hasBegun ? token.to : offset,
    isQuoted: hasBegun && token.kind === 'quoted-name',
  };
}
