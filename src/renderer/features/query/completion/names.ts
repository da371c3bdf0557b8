import type { CatalogueNode } from '../../../../shared/model/schemaTree.ts';
import type { ScopeRelation, SqlScope } from '../../../../shared/sql/scope/SqlScope.ts';
import { isRelation } from '../../../lib/isRelation.ts';
import type { Catalogue } from './catalogue.ts';

/** Names without quotes mean the same in any case; so do most people with quotes. */
export const isSameName = (left: string, right: string): boolean =>
  left.toLowerCase() === right.toLowerCase();

/** How names are looked up in a tab. */
export interface NameContext {
  readonly catalogue: Catalogue;
  /** Schemas for names without one, in order; null: not known. */
  readonly searchPath: readonly string[] | null;
  /** The schema in which names are looked up where nobody has said otherwise; null: the engine has none. */
  readonly usualSchema: string | null;
}

/** The schemas in which a name without a schema is looked for, in order. */
export function searchedSchemas({ catalogue, searchPath, usualSchema }: NameContext): readonly string[] {
  const schemas = catalogue.schemas() ?? [];
  if (searchPath !== null) return searchPath;
  const own = schemas.filter((schema) => !schema.isSystem).map(({ name }) => name);
  if (usualSchema !== null && own.includes(usualSchema)) return [usualSchema];
  return own.length === 1 ? own : [];
}

function findIn(catalogue: Catalogue, schema: string, name: string): CatalogueNode | null {
  const nodes = catalogue.nodesOf(schema).filter(isRelation);
  return (
    nodes.find((node) => node.name === name) ?? nodes.find((node) => isSameName(node.name, name)) ?? null
  );
}

/** The relation that a name means; null when the catalogue has none. */
export function findRelation(
  context: NameContext,
  schema: string | null,
  name: string,
): CatalogueNode | null {
  const { catalogue } = context;
  if (schema !== null) {
    const known = catalogue.schemas()?.find((one) => isSameName(one.name, schema))?.name ?? schema;
    return findIn(catalogue, known, name);
  }
  const path = searchedSchemas(context);
  for (const one of path) {
    const found = findIn(catalogue, one, name);
    if (found !== null) return found;
  }
  if (context.searchPath !== null) return null;
  // Nobody has said where names are looked up: any schema of people is better than nothing.
  for (const { name: other, isSystem } of catalogue.schemas() ?? []) {
    const found = isSystem ? null : findIn(catalogue, other, name);
    if (found !== null) return found;
  }
  return null;
}

/** The relation that a qualifier of one part means in a statement; null when it is none of its own. */
export const relationCalled = (scope: SqlScope, qualifier: string): ScopeRelation | null =>
  scope.relations.find(({ alias }) => alias !== null && isSameName(alias, qualifier)) ?? null;
