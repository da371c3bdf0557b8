import { z } from 'zod';
import type { NodeDetail, NodeRef, RelationRef } from '../../../../../shared/model/schemaTree.ts';
import type { SchemaPreview } from '../../../../../shared/model/testReport.ts';
import type { QueryOptions, SqlConnection } from '../../../Connection.ts';
import { runCatalogueStatement, textCell, unlessRefused } from '../../../sql/askCatalogue.ts';
import { buildNamed } from '../../family/builds.ts';
import type { LinkedShape } from '../relationShape.ts';
import { parseRows } from '../resultRows.ts';

const columnsQuery = `
SELECT column_name, data_type, is_nullable, column_default, character_maximum_length
  FROM information_schema.columns WHERE table_schema = $1 AND table_name = $2 ORDER BY ordinal_position`;
const columnRow = z.tuple([textCell, textCell, textCell, textCell.nullable(), textCell.nullable()]);

const keyQuery = `
SELECT k.column_name
  FROM information_schema.table_constraints c
  JOIN information_schema.key_column_usage k
    ON k.constraint_schema = c.constraint_schema AND k.constraint_name = c.constraint_name
   AND k.table_schema = c.table_schema AND k.table_name = c.table_name
 WHERE c.table_schema = $1 AND c.table_name = $2 AND c.constraint_type = 'PRIMARY KEY'
 ORDER BY k.ordinal_position`;

interface PlainColumn {
  readonly name: string;
  readonly type: string;
  readonly isNullable: boolean;
  readonly defaultValue: string | null;
}

async function readColumns(
  connection: SqlConnection,
  { schema, name }: RelationRef,
  options: QueryOptions,
): Promise<readonly PlainColumn[]> {
  const statement = { text: columnsQuery, values: [schema, name] };
  const rows = parseRows(await runCatalogueStatement(connection, statement, options), columnRow);
  return rows.map(([column, type, nullable, defaultValue, length]) => ({
    name: column,
    type: length === null ? type : `${type}(${length})`,
    isNullable: nullable === 'YES',
    defaultValue,
  }));
}

/** The columns of the primary key; none where the server does not say. */
async function readKey(
  connection: SqlConnection,
  { schema, name }: RelationRef,
  options: QueryOptions,
): Promise<readonly string[]> {
  const statement = { text: keyQuery, values: [schema, name] };
  const rows = await unlessRefused(connection, options, async () =>
    parseRows(await runCatalogueStatement(connection, statement, options), z.tuple([textCell])),
  );
  return (rows ?? []).map(([column]) => column);
}

/** Columns and primary key; null when there is no such relation. */
export async function describePlainly(
  connection: SqlConnection,
  node: NodeRef,
  options: QueryOptions,
): Promise<NodeDetail | null> {
  const columns = await readColumns(connection, node, options);
  if (columns.length === 0) return null;
  const key = await readKey(connection, node, options);
  return {
    columns: columns.map(({ name, type, isNullable, defaultValue }) => ({
      ...{ name, type, nullable: isNullable, defaultValue },
      isPrimaryKey: key.includes(name),
      isUnique: key.length === 1 && key[0] === name,
      ...{ references: [], isGenerated: false, expression: null, isVisible: true, comment: null },
    })),
    ...{ indexes: [], constraints: [], lists: [], facts: [], definition: null, problem: null },
  };
}

/** What rows are read by; null when there is no such relation. A key that the server does not enforce tells nothing apart. */
export async function shapePlainly(
  connection: SqlConnection,
  relation: RelationRef,
  options: QueryOptions,
): Promise<LinkedShape | null> {
  const columns = await readColumns(connection, relation, options);
  if (columns.length === 0) return null;
  const { enforcesKeys } = buildNamed(connection.server.build);
  const names = enforcesKeys ? await readKey(connection, relation, options) : [];
  return {
    columns,
    key: names.map((name) => columns.findIndex((column) => column.name === name)),
    unordered: new Set(),
    links: [],
  };
}

const maxRelationCount = 100;
const maxOtherCount = 5;

const countsQuery = `
SELECT t.table_schema, t.table_name, CASE WHEN t.table_schema = current_schema() THEN 'here' ELSE '' END
  FROM information_schema.tables t
 WHERE t.table_schema NOT IN ('pg_catalog', 'information_schema', 'crdb_internal', 'pg_extension', 'pg_internal')
 ORDER BY t.table_schema, t.table_name`;

const widthsQuery = `
SELECT table_name, count(*) FROM information_schema.columns
 WHERE table_schema = current_schema() GROUP BY table_name`;

/** Where the tables are, without how many rows they have; null when the server refused to list them. */
export function previewPlainly(
  connection: SqlConnection,
  options: QueryOptions,
): Promise<SchemaPreview | null> {
  return unlessRefused(connection, options, async () => {
    const ask = (text: string) => runCatalogueStatement(connection, { text }, options);
    const rows = parseRows(await ask(countsQuery), z.tuple([textCell, textCell, textCell]));
    const widths = new Map(parseRows(await ask(widthsQuery), z.tuple([textCell, textCell])));
    const here = rows.filter(([, , place]) => place === 'here');
    const counts = new Map<string, number>();
    for (const [schema, , place] of rows) {
      if (place !== 'here') counts.set(schema, (counts.get(schema) ?? 0) + 1);
    }
    const others = [...counts].map(([name, relationCount]) => ({ name, relationCount }));
    return {
      schema: here[0]?.[0] ?? null,
      relations: here
        .slice(0, maxRelationCount)
        .map(([, name]) => ({ name, columnCount: Number(widths.get(name) ?? 0), rows: null })),
      relationCount: here.length,
      otherSchemas: others
        .sort((left, right) => right.relationCount - left.relationCount)
        .slice(0, maxOtherCount),
      otherSchemaCount: others.length,
      otherRelationCount: rows.length - here.length,
    };
  });
}
