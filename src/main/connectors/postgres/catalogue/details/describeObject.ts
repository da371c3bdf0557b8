import { z } from 'zod';
import {
  type Column,
  type NodeDetail,
  type NodeKind,
  type NodeRef,
  nodeKindSchema,
} from '../../../../../shared/model/schemaTree.ts';
import type { QueryOptions, SqlConnection } from '../../../Connection.ts';
import { runCatalogueStatement } from '../../../sql/askCatalogue.ts';
import { jsonCell, parseRows } from '../resultRows.ts';
import { factsSql } from './detailSql.ts';
import { foundFacts, foundLists, shownFacts } from './nodeFacts.ts';
import { type ObjectSql, objectSql } from './objectSql.ts';

/** Kinds that are no relations. */
export type ObjectKind = keyof typeof objectSql;

export const isObjectKind = (kind: NodeKind): kind is ObjectKind => Object.hasOwn(objectSql, kind);

export const objectKinds = nodeKindSchema.options.filter(isObjectKind);

const objectQuery = ({ facts, lists, attributes, from, where }: ObjectSql): string => `
SELECT pg_catalog.json_build_object(
  'facts', ${factsSql(facts)},
  'lists', pg_catalog.json_build_array(${lists.join(', ')}),
  'attributes', ${attributes ?? 'NULL'})
  FROM ${from}
 WHERE ${where}`;

const objectRow = z.tuple([
  jsonCell(
    z.object({
      facts: foundFacts,
      lists: foundLists,
      attributes: z
        .array(z.object({ name: z.string(), type: z.string(), comment: z.string().nullable() }))
        .nullable(),
    }),
  ),
]);

/** All about something that is no relation but its definition; null when there is none of that name. */
export async function describeObject(
  connection: SqlConnection,
  kind: ObjectKind,
  node: NodeRef,
  options: QueryOptions,
): Promise<Omit<NodeDetail, 'definition'> | null> {
  const statement = { text: objectQuery(objectSql[kind]), values: namesOf(kind, node) };
  const [row] = parseRows(await runCatalogueStatement(connection, statement, options), objectRow);
  if (row === undefined) return null;
  const [{ facts, lists, attributes }] = row;
  return {
    columns: (attributes ?? []).map(attributeColumn),
    indexes: [],
    constraints: [],
    lists,
    facts: shownFacts(facts),
    problem: null,
  };
}

/** The values of a query for an object, as many as it has. */
export function namesOf(kind: ObjectKind, { schema, name, qualifier }: NodeRef): readonly string[] {
  const { names } = objectSql[kind];
  if (names === 'name') return [name];
  return names === 'schema' ? [schema, name] : [schema, name, qualifier ?? ''];
}

const attributeColumn = (attribute: Pick<Column, 'name' | 'type' | 'comment'>): Column => ({
  ...attribute,
  ...{ nullable: true, defaultValue: null, isPrimaryKey: false, isUnique: false, references: [] },
  ...{ isGenerated: false, expression: null, isVisible: true },
});
