import type { ScopeTokens } from './ScopeTokens.ts';
import type { CommonTable, ScopeRelation, SqlScope } from './SqlScope.ts';

/** A part of a statement with relations of its own: a query, or the statement around it. */
export interface Block {
  /** In UTF-16 units. */
  readonly from: number;
  to: number;
  readonly outer: Block | null;
  commonTables: readonly CommonTable[];
  readonly relations: ScopeRelation[];
  /** What it changes. */
  target: ScopeRelation | null;
  /** Whether a relation follows a comma. */
  isInFrom: boolean;
  /** The first token of what it selects or returns; -1 while there is none. */
  listStart: number;
}

/** Where a statement names a relation, in tokens. */
export interface Mention {
  readonly start: number;
  readonly end: number;
  readonly relation: ScopeRelation;
}

/** What has been found in a statement. */
export interface Found {
  readonly tokens: ScopeTokens;
  readonly blocks: Block[];
  readonly mentions: Mention[];
}

/** @param offset in UTF-16 units */
export function scopeIn({ blocks }: Found, offset: number): SqlScope {
  const around = blocks.filter(({ from, to }) => from <= offset && offset <= to);
  // The smallest one; of two of one size, the one that was found later is inside.
  const own = around.reduce<Block | null>(
    (best, each) => (best === null || each.to - each.from <= best.to - best.from ? each : best),
    null,
  );
  const relations: ScopeRelation[] = [];
  let target: ScopeRelation | null = null;
  for (let block = own; block !== null; block = block.outer) {
    relations.push(...block.relations);
    target ??= block.target;
  }
  return { relations, commonTables: own?.commonTables ?? [], target };
}
