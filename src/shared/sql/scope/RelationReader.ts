import type { Block, Found } from './blocks.ts';
import { beginsQuery, notAlias, skippedBeforeRelation } from './clauseWords.ts';
import { withNames } from './outputColumns.ts';
import type { ScopeTokens } from './ScopeTokens.ts';
import type { ColumnSource, ScopeRelation } from './SqlScope.ts';

/** The query whose relations are read. */
interface Query {
  readonly found: Found;
  /** Behind its last token. */
  readonly end: number;
  readonly block: Block;
  /** Whether a list behind the relation names its columns, and is neither arguments nor new names. */
  readonly isBeforeColumns: boolean;
  /** Whether its first relation is the one that the statement changes. */
  readonly isTarget: boolean;
  /** @returns the columns of the query in the parentheses that a token opens */
  readQuery(opening: number, outer: Block | null): readonly ColumnSource[];
  /** @returns behind the parenthesis that closes the one at a token */
  readArguments(opening: number): number;
}

const mostNested = 150;

/** Whether a query stands in the parentheses that a token opens. */
export function holdsQuery(tokens: ScopeTokens, opening: number): boolean {
  let first = opening + 1;
  while (tokens.word(first) === '(' && first - opening < mostNested) first += 1;
  const word = tokens.word(first);
  // The others may be names of functions and columns too.
  return word === 'SELECT' || word === 'VALUES' || (beginsQuery.has(word) && tokens.isName(first + 1));
}

/** Reads the relations behind FROM, JOIN, INTO and the like. */
export class RelationReader {
  constructor(private readonly query: Query) {}

  /** Reads one relation of a list, with its alias. @returns behind it */
  read(start: number): number {
    const { tokens } = this.query.found;
    let at = start;
    this.query.block.isInFrom = true;
    const isLateral = tokens.word(at) === 'LATERAL';
    while (skippedBeforeRelation.has(tokens.word(at))) at += 1;
    if (at >= this.query.end) return at;
    while (tokens.word(at) === '(') {
      if (holdsQuery(tokens, at)) return this.readQueryInFrom(at, isLateral);
      // Around a join: what the parentheses hold is read as if they were not there.
      at += 1;
    }
    if (!tokens.isName(at) || notAlias.has(tokens.word(at))) return at;
    let end = at;
    while (tokens.tokens[end + 1]?.word === '.' && tokens.word(end + 2) === '' && tokens.isName(end + 2))
      end += 2;
    const path = tokens.path(at, end);
    if (tokens.word(end + 1) === '(' && !this.query.isBeforeColumns) {
      const behind = this.query.readArguments(end + 1);
      return this.readAlias(behind, { schema: null, name: null, columns: [], called: path.at(-1) ?? null });
    }
    return this.readNamed(at, end, path);
  }

  private readNamed(start: number, end: number, path: readonly string[]): number {
    const name = path.at(-1) ?? null;
    const schema = path.at(-2) ?? null;
    const table =
      schema === null ? this.query.block.commonTables.findLast((each) => each.name === name) : undefined;
    const columns = table?.columns ?? null;
    const before = this.query.block.relations.length;
    const behind = this.readAlias(end + 1, { schema, name, columns, called: name });
    const relation = this.query.block.relations[before];
    if (relation !== undefined) this.query.found.mentions.push({ start, end, relation });
    return behind;
  }

  private readQueryInFrom(opening: number, isLateral: boolean): number {
    const outer = isLateral ? this.query.block : this.query.block.outer;
    const columns = this.query.readQuery(opening, outer);
    const behind = this.query.found.tokens.closingOf(opening) + 1;
    return this.readAlias(behind, { schema: null, name: null, columns, called: null });
  }

  private readAlias(
    start: number,
    found: {
      readonly schema: string | null;
      readonly name: string | null;
      readonly columns: readonly ColumnSource[] | null;
      readonly called: string | null;
    },
  ): number {
    const { tokens } = this.query.found;
    let at = start;
    if (tokens.word(at) === 'WITH' && tokens.word(at + 1) === 'ORDINALITY') at += 2;
    // Also CREATE VIEW v AS SELECT.
    const hasAs = tokens.word(at) === 'AS' && !beginsQuery.has(tokens.word(at + 1));
    if (hasAs) at += 1;
    // ALTER TABLE t DROP, GRANT … ON t TO: there a word behind the relation is no alias of it, but for one behind AS.
    const mayBeAlias = hasAs || !(this.query.isBeforeColumns || notAlias.has(tokens.word(at)));
    const hasAlias = at < this.query.end && tokens.isName(at) && mayBeAlias;
    const alias = hasAlias ? tokens.name(at) : found.called;
    if (hasAlias) at += 1;
    const hasNames = hasAlias && tokens.word(at) === '(' && !this.query.isBeforeColumns;
    const columns = hasNames ? withNames(tokens.namesIn(at, this.query.end), found.columns) : found.columns;
    if (hasNames) at = tokens.closingOf(at) + 1;
    const relation: ScopeRelation = { alias, schema: found.schema, name: found.name, columns };
    this.query.block.relations.push(relation);
    if (this.query.isTarget) this.query.block.target ??= relation;
    return at;
  }
}
