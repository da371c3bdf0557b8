import type { SqlLanguage, Token } from '../../../../shared/sql/SqlLanguage.ts';
import { unquoted } from './place.ts';
import type { ScopeRelation, SqlScope } from './SqlScope.ts';

const relationIntroducers = new Set(['FROM', 'JOIN', 'INTO', 'UPDATE', 'USING']);
/** Words behind a relation that are no alias of it. */
const notAnAlias = new Set(
  `ON USING WHERE JOIN INNER LEFT RIGHT FULL CROSS NATURAL LATERAL GROUP ORDER HAVING LIMIT OFFSET UNION INTERSECT EXCEPT
  SET VALUES SELECT RETURNING WINDOW FETCH FOR TABLESAMPLE DEFAULT STRAIGHT_JOIN FORCE USE IGNORE WHEN DO`.split(
    /\s+/,
  ),
);
const skippedWords = new Set(['ONLY', 'LATERAL', 'TABLE', 'IGNORE']);
/** Between the name of a common table expression and its query. */
const cteWords = new Set(['AS', 'NOT', 'MATERIALIZED']);

/** Reads which relations can be named at a place of one statement. What it does not understand, it passes over. */
class ScopeReader {
  readonly #statement: string;
  readonly #tokens: readonly Token[];
  /** For each opening bracket the token that closes it, or the end. */
  readonly #closing: ReadonlyMap<number, number>;
  readonly #position: number;
  readonly #relations: ScopeRelation[] = [];
  readonly #ctes: ScopeRelation[] = [];

  constructor(language: SqlLanguage, statement: string, position: number) {
    this.#statement = statement;
    this.#position = position;
    this.#tokens = language
      .tokens(statement)
      .filter(({ kind }) => kind !== 'blank' && kind !== 'comment' && kind !== 'delimiter');
    this.#closing = this.#brackets();
  }

  read(): SqlScope {
    this.#readQuery(0, this.#tokens.length);
    return { relations: this.#relations, ctes: this.#ctes };
  }

  #brackets(): ReadonlyMap<number, number> {
    const closing = new Map<number, number>();
    const open: number[] = [];
    this.#tokens.forEach((_token, at) => {
      const text = this.#text(at);
      if (text === '(') open.push(at);
      const from = text === ')' ? open.pop() : undefined;
      if (from !== undefined) closing.set(from, at);
    });
    for (const at of open) closing.set(at, this.#tokens.length);
    return closing;
  }

  #text(at: number): string {
    const token = this.#tokens[at];
    return token === undefined ? '' : this.#statement.slice(token.from, token.to);
  }

  /** In capitals; empty for what is no word. */
  #word(at: number): string {
    return this.#tokens[at]?.kind === 'word' ? this.#text(at).toUpperCase() : '';
  }

  #isName(at: number): boolean {
    const kind = this.#tokens[at]?.kind;
    return kind === 'word' || kind === 'quoted-name';
  }

  #holdsPosition(open: number): boolean {
    const from = this.#tokens[open]?.to ?? 0;
    const to = this.#tokens[this.#closing.get(open) ?? 0]?.from ?? this.#statement.length;
    return from <= this.#position && this.#position <= to;
  }

  /** A query between two tokens. Relations of a query inside of it come first: they hide those around them. */
  #readQuery(from: number, to: number): void {
    const own: ScopeRelation[] = [];
    let at = this.#word(from) === 'WITH' ? this.#readCtes(from + 1, to) : from;
    while (at < to) {
      if (this.#text(at) === '(') {
        const close = this.#closing.get(at) ?? to;
        if (this.#holdsPosition(at)) this.#readQuery(at + 1, close);
        at = close + 1;
      } else if (relationIntroducers.has(this.#word(at))) at = this.#readRelations(at + 1, to, own);
      else at += 1;
    }
    this.#relations.push(...own);
  }

  #readCtes(start: number, to: number): number {
    let at = this.#word(start) === 'RECURSIVE' ? start + 1 : start;
    while (at < to && this.#isName(at)) {
      at = this.#readCte(at, to);
      if (this.#text(at) !== ',') break;
      at += 1;
    }
    return at;
  }

  /** @returns behind it */
  #readCte(start: number, to: number): number {
    const name = unquoted(this.#text(start));
    const hasColumns = this.#text(start + 1) === '(';
    let at = hasColumns ? this.#behind(start + 1, to) : start + 1;
    while (cteWords.has(this.#word(at))) at += 1;
    if (this.#text(at) !== '(') return at;
    if (this.#holdsPosition(at)) this.#readQuery(at + 1, this.#closing.get(at) ?? to);
    const columns = hasColumns
      ? this.#namesIn(start + 1)
      : this.#selectedNames(at + 1, this.#closing.get(at) ?? to);
    this.#ctes.push({ schema: null, name, alias: null, columns });
    return this.#behind(at, to);
  }

  /** Behind the bracket that closes the one at a token. */
  #behind(open: number, to: number): number {
    return (this.#closing.get(open) ?? to) + 1;
  }

  #readRelations(start: number, to: number, own: ScopeRelation[]): number {
    let at = start;
    while (at < to) {
      while (skippedWords.has(this.#word(at))) at += 1;
      const next = this.#text(at) === '(' ? this.#readSubquery(at, to, own) : this.#readRelation(at, to, own);
      if (next === at || this.#text(next) !== ',') return next;
      at = next + 1;
    }
    return at;
  }

  #readSubquery(open: number, to: number, own: ScopeRelation[]): number {
    const close = this.#closing.get(open) ?? to;
    if (this.#holdsPosition(open)) this.#readQuery(open + 1, close);
    const { alias, columns, next } = this.#readAlias(close + 1);
    own.push({ schema: null, name: null, alias, columns: columns ?? this.#selectedNames(open + 1, close) });
    return next;
  }

  #readRelation(start: number, to: number, own: ScopeRelation[]): number {
    const parts: string[] = [];
    let at = start;
    while (this.#isName(at) && !notAnAlias.has(this.#word(at))) {
      parts.push(unquoted(this.#text(at)));
      at += 1;
      if (this.#text(at) !== '.') break;
      at += 1;
    }
    const name = parts.at(-1);
    if (name === undefined) return start;
    if (this.#text(at) === '(') at = this.#behind(at, to);
    const { alias, columns, next } = this.#readAlias(at);
    own.push({ schema: parts.at(-2) ?? null, name, alias, columns });
    return next;
  }

  #readAlias(start: number) {
    let at = this.#word(start) === 'AS' ? start + 1 : start;
    if (!this.#isName(at) || notAnAlias.has(this.#word(at))) return { alias: null, columns: null, next: at };
    const alias = unquoted(this.#text(at));
    at += 1;
    if (this.#text(at) !== '(') return { alias, columns: null, next: at };
    const columns = this.#namesIn(at);
    return { alias, columns, next: this.#behind(at, this.#tokens.length) };
  }

  #namesIn(open: number): readonly string[] {
    const names: string[] = [];
    for (let at = open + 1; at < (this.#closing.get(open) ?? 0); at += 1) {
      if (this.#isName(at) && (this.#text(at - 1) === '(' || this.#text(at - 1) === ',')) {
        names.push(unquoted(this.#text(at)));
      }
    }
    return names;
  }

  /** Names of what a query selects; what has no name, or is a star, is left out. */
  #selectedNames(from: number, to: number): readonly string[] {
    if (this.#word(from) !== 'SELECT') return [];
    const names: string[] = [];
    let itemFrom = from + 1;
    let at = itemFrom;
    while (at <= to) {
      if (at === to || this.#text(at) === ',' || this.#word(at) === 'FROM') {
        const name = this.#nameOfItem(itemFrom, at);
        if (name !== null) names.push(name);
        if (at === to || this.#word(at) === 'FROM') return names;
        itemFrom = at + 1;
      }
      at = this.#text(at) === '(' ? (this.#closing.get(at) ?? to) + 1 : at + 1;
    }
    return names;
  }

  #nameOfItem(from: number, to: number): string | null {
    if (this.#isName(to - 1)) return unquoted(this.#text(to - 1));
    // A call is named after its function.
    return this.#isName(from) && this.#text(from + 1) === '(' ? unquoted(this.#text(from)) : null;
  }
}

/** Which relations can be named at a place of a statement. */
export const readScope = (language: SqlLanguage, statement: string, position: number): SqlScope =>
  new ScopeReader(language, statement, position).read();
