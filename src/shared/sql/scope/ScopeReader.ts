import { Lexer, type LexerTables } from '../Lexer.ts';
import { scopeIn } from './blocks.ts';
import { placeIn } from './cursorPlace.ts';
import { findRelations } from './QueryReader.ts';
import { longestRead, type NameRules, ScopeTokens } from './ScopeTokens.ts';
import type { CursorPlace, NameInText, ScopeRelation, SqlScope } from './SqlScope.ts';

/** Reads what the names of one statement mean. */
export class ScopeReader {
  constructor(
    private readonly tables: LexerTables,
    private readonly names: NameRules,
  ) {}

  scopeAt(statement: string, offset: number): SqlScope {
    return scopeIn(findRelations(this.tokensOf(this.closed(statement, offset))), offset);
  }

  placeAt(statement: string, offset: number): CursorPlace | null {
    if (offset > longestRead || this.isOwnText(statement, offset)) return null;
    const closed = this.closed(statement, offset);
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
    return new ScopeTokens(new Lexer(statement, this.tables), this.names);
  }

  /** While a quoted name is typed, it swallows all that follows: for reading it ends at the cursor. */
  private closed(statement: string, offset: number): string {
    const { quote } = this.names;
    const lexer = this.lexerAt(statement, offset);
    const isOpen = lexer.kind === 'quoted-name' && lexer.to === statement.length && lexer.from < offset;
    if (!isOpen || (statement.endsWith(quote) && lexer.to - lexer.from > 1)) return statement;
    return statement.slice(0, offset) + quote + statement.slice(offset);
  }

  /** Whether the offset is in a comment, a string, a number or a parameter. */
  private isOwnText(statement: string, offset: number): boolean {
    const { kind, from, to } = this.lexerAt(statement, offset);
    if (from >= offset || to < offset) return false;
    if (kind === 'number' || kind === 'parameter') return true;
    const text = statement.slice(from, to);
    if (kind === 'comment') return to > offset || !text.endsWith('*/');
    if (kind !== 'string') return false;
    return to > offset || text.length === 1 || !/['"$]$/.test(text);
  }

  /** Stands at the token that ends at the offset or behind it. */
  private lexerAt(statement: string, offset: number): Lexer {
    const lexer = new Lexer(statement, this.tables);
    while (lexer.to < offset && lexer.next());
    return lexer;
  }
}

const called = ({ relations }: SqlScope, path: readonly string[]): ScopeRelation | null =>
  path.length === 1 ? (relations.find(({ alias }) => alias === path[0]) ?? null) : null;
