import type { Block, Found } from './blocks.ts';
import {
  aboutRelation,
  beforeRelation,
  beginsQuery,
  beyondParenthesis,
  endsFrom,
  setOperators,
} from './clauseWords.ts';
import { columnsOf, withNames } from './outputColumns.ts';
import { holdsQuery, RelationReader } from './RelationReader.ts';
import type { ScopeTokens } from './ScopeTokens.ts';
import type { ColumnSource, CommonTable } from './SqlScope.ts';

/** What stands in a pair of parentheses, or a whole statement. */
interface Span {
  /** Tokens. */
  readonly start: number;
  readonly end: number;
  readonly outer: Block | null;
  readonly commonTables: readonly CommonTable[];
  readonly depth: number;
}

/** A common table expression while its columns are not known. */
interface OpenTable {
  readonly name: string;
  columns: readonly ColumnSource[];
}

/** Deeper parentheses are not looked into, so that the stack suffices. */
const deepest = 150;
/** Commands whose first relation is the one that they change. */
const changing = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'REPLACE', 'ALTER', 'COPY', 'CREATE']);
/** Commands whose relation is followed by a list of its columns. */
const listsColumns = new Set([
  'INSERT',
  'REPLACE',
  'COPY',
  'CREATE',
  'ALTER',
  'GRANT',
  'REVOKE',
  'ANALYZE',
  'VACUUM',
]);
/** Commands whose FROM names no relation. */
const fromElsewhere = new Set(['COPY', 'REVOKE']);
/** A command comes behind these. */
const beforeCommand = new Set(['(', ')', 'EXPLAIN', 'VERBOSE', 'WITH']);
/** Behind these, UPDATE begins no statement: ON CONFLICT DO UPDATE, FOR UPDATE, ON UPDATE, MERGE … THEN UPDATE. */
const beforeOtherUpdate = new Set(['DO', 'FOR', 'KEY', 'ON', 'THEN', 'NO', 'OR', ',', 'BEFORE', 'AFTER']);

/** Reads one query, or one statement, with all that is in it. What it does not understand, it passes over. */
class QueryReader {
  private readonly statement: Block;
  private block: Block;
  private at: number;
  private command = '';
  private columns: readonly ColumnSource[] | null = null;
  private commonTables: readonly CommonTable[];

  constructor(
    private readonly found: Found,
    private readonly span: Span,
  ) {
    this.at = span.start;
    this.commonTables = span.commonTables;
    this.statement = this.addBlock(span.start === 0 ? 0 : this.offsetBehind(span.start - 1));
    this.block = this.statement;
  }

  /**
   * @param self the common table expression that it is, if its text gives it no names
   * @returns the columns that it gives
   */
  read(self: OpenTable | null): readonly ColumnSource[] {
    const { tokens } = this.found;
    while (this.at < this.span.end) {
      const word = tokens.word(this.at);
      if (setOperators.has(word)) {
        this.finishBlock(this.at);
        // In a recursive one, what follows may name it.
        if (self !== null && this.columns !== null) self.columns = this.columns;
        this.block = this.addBlock(this.offsetBehind(this.at));
        this.at += 1;
      } else this.readToken(word);
    }
    this.finishBlock(this.span.end);
    return this.columns ?? [];
  }

  private addBlock(from: number): Block {
    const { outer, end } = this.span;
    const { tokens } = this.found;
    const block: Block = {
      from,
      to: tokens.tokens[end]?.from ?? Number.POSITIVE_INFINITY,
      outer,
      commonTables: this.commonTables,
      relations: [],
      target: null,
      isInFrom: false,
      listStart: -1,
    };
    this.found.blocks.push(block);
    return block;
  }

  /** Ends the current block before a token. */
  private finishBlock(at: number): void {
    const { block } = this;
    const { tokens } = this.found;
    if (block.listStart >= 0) this.columns ??= columnsOf(tokens, block.listStart, at, block.relations);
    if (!this.isOutside() && at < this.span.end) block.to = tokens.tokens[at]?.from ?? block.to;
  }

  private readToken(word: string): void {
    const at = this.at;
    if (this.command === '' && !beforeCommand.has(word)) this.command = word;
    this.at += 1;
    if (endsFrom.has(word)) this.block.isInFrom = false;
    if (word === '(') this.at = this.readParentheses(at);
    else if (word === 'WITH') this.at = this.readCommonTables(at + 1);
    else if (word === 'SELECT') this.beginSelect(at);
    else if (word === 'RETURNING') this.beginReturning(at);
    else if (word === 'ON') this.readOn(at);
    else if (this.isBeforeRelation(word, at)) this.at = this.readRelation(at + 1);
  }

  private isBeforeRelation(word: string, at: number): boolean {
    const { tokens } = this.found;
    const before = tokens.word(at - 1);
    if (word === ',') return this.block.isInFrom;
    if (word === 'FROM')
      return before !== 'DISTINCT' && !(this.isOutside() && fromElsewhere.has(this.command));
    if (word === 'UPDATE') return !beforeOtherUpdate.has(before);
    // Also ORDER BY … DESC.
    if (word === 'DESC' || word === 'COPY') return this.command === word && at === this.span.start;
    if (word === 'USING') return this.command !== 'SELECT' && this.isList(at + 1);
    // A query into a new table names none that is there.
    if (word === 'INTO') return this.block.listStart < 0;
    return beforeRelation.has(word);
  }

  /** Whether the current token is in no query of the statement. */
  private isOutside(): boolean {
    return this.block === this.statement;
  }

  /** Whether a relation can stand there: a name, or a query in parentheses. */
  private isList(at: number): boolean {
    const { tokens } = this.found;
    return tokens.isName(at) || (tokens.word(at) === '(' && holdsQuery(tokens, at));
  }

  private beginSelect(at: number): void {
    const { tokens } = this.found;
    // In the definition of a view, and behind INSERT INTO t, the query has relations of its own.
    if (this.isOutside() || this.block.listStart >= 0) {
      this.finishBlock(at);
      this.block = this.addBlock(tokens.tokens[at]?.from ?? 0);
    }
    this.block.listStart = at + 1;
  }

  private beginReturning(at: number): void {
    this.backToStatement(at);
    this.statement.listStart = at + 1;
  }

  private backToStatement(at: number): void {
    if (this.isOutside()) return;
    this.block.to = this.found.tokens.tokens[at]?.from ?? this.block.to;
    this.block = this.statement;
    this.columns = null;
  }

  private readOn(at: number): void {
    const next = this.found.tokens.word(at + 1);
    if (next === 'CONFLICT' || next === 'DUPLICATE') {
      this.backToStatement(at);
      const { target } = this.statement;
      if (target !== null && next === 'CONFLICT')
        this.statement.relations.push({ ...target, alias: 'excluded' });
    } else if (aboutRelation.has(this.command) && this.isOutside()) {
      const isAction = /^(?:DELETE|UPDATE|COMMIT|SCHEDULE|COMPLETION)$/.test(next);
      if (!isAction) this.at = this.readRelation(at + 1);
    }
  }

  /** @returns behind the common table expressions of a WITH; where it is another WITH, behind that word */
  private readCommonTables(start: number): number {
    const { tokens } = this.found;
    const isRecursive = tokens.word(start) === 'RECURSIVE';
    let at = isRecursive ? start + 1 : start;
    while (tokens.isName(at) && (tokens.word(at + 1) === 'AS' || tokens.word(at + 1) === '(')) {
      at = this.readCommonTable(at, isRecursive);
      // SEARCH and CYCLE may stand behind it.
      while (at < this.span.end && tokens.word(at) !== ',' && !beginsQuery.has(tokens.word(at))) at += 1;
      if (tokens.word(at) !== ',') return at;
      at += 1;
    }
    return at;
  }

  private readCommonTable(start: number, isRecursive: boolean): number {
    const { tokens } = this.found;
    let at = start + 1;
    const names = tokens.word(at) === '(' ? tokens.namesIn(at, this.span.end) : [];
    if (tokens.word(at) === '(') at = tokens.closingOf(at) + 1;
    while (/^(?:AS|NOT|MATERIALIZED)$/.test(tokens.word(at))) at += 1;
    const table: OpenTable = { name: tokens.name(start), columns: withNames(names, null) };
    const known = this.commonTables;
    if (tokens.word(at) === '(') {
      const columns = this.readQueryIn(
        at,
        this.span.outer,
        isRecursive ? [...known, table] : known,
        names.length === 0 ? table : null,
      );
      table.columns = withNames(names, columns);
      at = tokens.closingOf(at) + 1;
    }
    this.commonTables = [...known, table];
    this.statement.commonTables = this.commonTables;
    this.block.commonTables = this.commonTables;
    return at;
  }

  /** @returns the columns of the query in the parentheses that a token opens */
  private readQueryIn(
    opening: number,
    outer: Block | null,
    commonTables: readonly CommonTable[],
    self: OpenTable | null,
  ): readonly ColumnSource[] {
    const depth = this.span.depth + 1;
    const end = Math.min(this.found.tokens.closingOf(opening), this.span.end);
    if (depth > deepest) return [];
    return new QueryReader(this.found, { start: opening + 1, end, outer, commonTables, depth }).read(self);
  }

  /** @returns behind the parenthesis that closes the one at a token */
  private readParentheses(opening: number, depth = this.span.depth): number {
    const { tokens } = this.found;
    const closing = Math.min(tokens.closingOf(opening), this.span.end);
    if (depth > deepest) return closing + 1;
    if (holdsQuery(tokens, opening)) {
      const columns = this.readQueryIn(opening, this.block, this.block.commonTables, null);
      // `(SELECT …) UNION …`.
      if (opening === this.span.start && this.columns === null) this.columns = columns;
      return closing + 1;
    }
    let at = opening + 1;
    while (at < closing) {
      const isUnclosed = closing === this.span.end && beyondParenthesis.has(tokens.word(at));
      if (isUnclosed) return at;
      at = tokens.word(at) === '(' ? this.readParentheses(at, depth + 1) : at + 1;
    }
    return closing + 1;
  }

  private readRelation(start: number): number {
    const { found, span, block } = this;
    const reader = new RelationReader({
      found,
      end: span.end,
      block,
      isBeforeColumns: this.isOutside() && listsColumns.has(this.command),
      isTarget: this.isOutside() && changing.has(this.command),
      readQuery: (opening, outer) => this.readQueryIn(opening, outer, block.commonTables, null),
      readArguments: (opening) => this.readParentheses(opening),
    });
    return reader.read(start);
  }

  private offsetBehind(at: number): number {
    return this.found.tokens.tokens[at]?.to ?? 0;
  }
}

/** Finds the relations of one statement, and where each of them can be named. */
export function findRelations(tokens: ScopeTokens): Found {
  const found: Found = { tokens, blocks: [], mentions: [] };
  new QueryReader(found, { start: 0, end: tokens.count, outer: null, commonTables: [], depth: 0 }).read(null);
  return found;
}
