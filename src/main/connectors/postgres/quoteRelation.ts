import type { RelationRef } from '../../../shared/model/schemaTree.ts';

/** A name as SQL text, whatever it holds: only a double quote means anything inside double quotes. */
function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** `"schema"."relation"`, so that no search path decides which relation is meant. */
export function quoteRelation({ schema, name }: RelationRef): string {
  return `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}
