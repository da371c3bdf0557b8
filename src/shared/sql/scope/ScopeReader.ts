import { Lexer, type LexerTables } from '../Lexer.ts';
import { scopeIn } from './blocks.ts';
import { placeIn } from './cursorPlace.ts';
import { findRelations } from './QueryReader.ts';
import { longestRead, type NameRules, quoteOf, ScopeTokens } from './ScopeTokens.ts';
import type { CursorPlace, NameInText, ScopeRelation, SqlScope } from './SqlScope.ts';

/** Reads what the names of one statement mean. */
export class ScopeReader {
  /** Of the statement that was read last: its place is asked for first, and then its scope. */
  private last: ScopeTokens | null = null;

  constructor(
    private readonly tables: LexerTables,
    private readonly names: NameRules,
  ) {}

  scopeAt(statement: string, offset: number): SqlScope {
    const closed = this.closed(this.lexerAt(statement, offset), offset);
    return scopeIn(findRelations(this.tokensOf(closed)), offset);
  }

  placeAt(statement: string, offset: number): CursorPlace | null {
    if (offset > longestRead) return null;
    const lexer = this.lexerAt(statement, offset);
    if (isOwnText(lexer, offset)) return null;
    const closed = this.closed(lexer, offset);
    const place = placeIn(this.tokensOf(closed), offset);
    // A quote that was added for reading is not there to be replaced.
    return place === null || closed === statement ? place : { ...place, to: offset };
  }

  nameAt(statement: string, offset: number): NameInText | null {
    const tokens = this.tokensOf(statement);
    const at = tokens.tokens.findIndex(
      ({ from, to }, index) => tokens.isName(index) && from <= offset && offset <= to,
    );
    const token = tokens.tokens[at];
    if (token === undefined) return null;
    const path = tokens.path(tokens.startOfName(at), at);
    const found = findRelations(tokens);
    const mention = found.mentions.find(({ start, end }) => start <= at && at <= end);
    const relation =
      mention === undefined
        ? called(scopeIn(found, offset), path)
        : mention.end === at
          ? mention.relation
          : null;
    return { path, from: token.from, to: token.to, relation };
  }

  private tokensOf(statement: string): ScopeTokens {
    if (this.last?.text !== statement) {
      this.last = new ScopeTokens(new Lexer(statement, this.tables), this.names);
    }
    return this.last;
  }

  /**
   * While a quoted name is typed, it swallows all that follows: for reading it ends at the cursor.
   * @param lexer of the statement, at the offset
   */
  private closed(lexer: Lexer, offset: number): string {
    const { text, kind, from, to } = lexer;
    const quote = quoteOf(text.slice(from, to));
    const isOpen = kind === 'quoted-name' && to === text.length && from < offset;
    if (!isOpen || (text.endsWith(quote) && to - from > 1)) return text;
    return text.slice(0, offset) + quote + text.slice(offset);
  }

  /** Stands at the token that ends at the offset or behind it. */
  private lexerAt(statement: string, offset: number): Lexer {
    const lexer = new Lexer(statement, this.tables);
    while (lexer.to < offset && lexer.next());
    return lexer;
  }
}

/** Whether the offset at which a lexer stands is in a comment, a string, a number or a parameter. */
function isOwnText({ text, kind, from, to }: Lexer, offset: number): boolean {
  if (from >= offset || to < offset) return false;
  if (kind === 'number' || kind === 'parameter') return true;
  const own = text.slice(from, to);
  if (kind === 'comment') return to > offset || !own.endsWith('*/');
  if (kind !== 'string') return false;
  return to > offset || own.length === 1 || !/['"$]$/.test(own);
}

const called = ({ relations }: SqlScope, path: readonly string[]): ScopeRelation | null =>
  path.length === 1 ? (relations.find(({ alias }) => alias === path[0]) ?? null) : null;
