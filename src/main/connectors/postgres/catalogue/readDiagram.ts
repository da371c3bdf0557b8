import { z } from 'zod';
import type { Diagram, DiagramScope } from '../../../../shared/model/diagrams.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import { runCatalogueStatement, textCell } from '../../sql/askCatalogue.ts';
import { buildDiagram } from '../../sql/diagrams/buildDiagram.ts';
import { chooseTables, type ForeignKeyPair } from '../../sql/diagrams/chooseTables.ts';
import { jsonCell, parseRows } from './resultRows.ts';
import { keyColumns } from './uniqueIndexSql.ts';

/** Tables of the schema $1 but for partitions, which are parts of theirs. */
const tablesQuery = `
SELECT c.relname
  FROM pg_catalog.pg_class c
 WHERE c.relnamespace = (SELECT n.oid FROM pg_catalog.pg_namespace n WHERE n.nspname = $1)
   AND c.relkind IN ('r', 'p', 'f') AND NOT c.relispartition`;

/** Names of the columns with these numbers, in their order. */
const namesOf = (relation: string, numbers: string): string => `(
  SELECT pg_catalog.json_agg(a.attname ORDER BY part.place)
    FROM pg_catalog.unnest(${numbers}) WITH ORDINALITY AS part (number, place)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = ${relation} AND a.attnum = part.number)`;

/** Copies that partitions have of a key, on either side, are left out. */
const keysQuery = (condition: string): string => `
SELECT k.conname, n.nspname, c.relname, rn.nspname, rc.relname,
       ${namesOf('k.conrelid', 'k.conkey')}, ${namesOf('k.confrelid', 'k.confkey')}
  FROM pg_catalog.pg_constraint k
  JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_class rc ON rc.oid = k.confrelid
  JOIN pg_catalog.pg_namespace rn ON rn.oid = rc.relnamespace
 WHERE k.contype = 'f' AND k.conparentid = 0 AND ${condition}
 ORDER BY k.oid`;

const schemaKeys = keysQuery('n.nspname = $1');
const allKeys = keysQuery('true');

const names = z.array(z.string()).min(1);
const keyRow = z
  .tuple([textCell, textCell, textCell, textCell, textCell, jsonCell(names), jsonCell(names)])
  .transform(
    ([name, schema, table, targetSchema, target, columns, targetColumns]): ForeignKeyPair => ({
      name,
      from: { schema, name: table },
      to: { schema: targetSchema, name: target },
      columns,
      targetColumns,
    }),
  );

/** Of the tables whose schemas are in $1 and whose names are in $2, pair by pair, as JSON. */
const shapesQuery = `
SELECT n.nspname, c.relname,
       coalesce((
         SELECT pg_catalog.json_agg(pg_catalog.json_build_object(
                  'name', a.attname,
                  'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
                  'nullable', NOT a.attnotnull) ORDER BY a.attnum)
           FROM pg_catalog.pg_attribute a
          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped), '[]'),
       coalesce((
         SELECT pg_catalog.json_agg(pg_catalog.json_build_object(
                  'isPrimary', i.indisprimary, 'columns', ${namesOf('c.oid', keyColumns)}))
           FROM pg_catalog.pg_index i
          WHERE i.indrelid = c.oid AND i.indisunique AND i.indisvalid
            AND i.indpred IS NULL AND i.indexprs IS NULL), '[]')
  FROM ROWS FROM (
         pg_catalog.json_array_elements_text($1::pg_catalog.json),
         pg_catalog.json_array_elements_text($2::pg_catalog.json)) AS wanted (schema, name)
  JOIN pg_catalog.pg_namespace n ON n.nspname = wanted.schema
  JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name
 WHERE c.relkind IN ('r', 'p', 'f')`;

const shapeRow = z
  .tuple([
    textCell,
    textCell,
    jsonCell(z.array(z.object({ name: z.string(), type: z.string(), nullable: z.boolean() }))),
    jsonCell(z.array(z.object({ isPrimary: z.boolean(), columns: z.array(z.string()).nullable() }))),
  ])
  .transform(([schema, name, columns, keys]) => ({
    table: { schema, name },
    columns,
    primaryKey: keys.find(({ isPrimary }) => isPrimary)?.columns ?? [],
    uniqueKeys: keys.map((key) => key.columns ?? []),
  }));

/** Tables of a schema, or near a table, with their foreign keys: three statements, however many tables there are. */
export async function readDiagram(
  connection: SqlConnection,
  scope: DiagramScope,
  options: QueryOptions,
): Promise<Diagram> {
  const ask = async <Row>(text: string, values: readonly string[], row: z.ZodType<Row>): Promise<Row[]> =>
    parseRows(await runCatalogueStatement(connection, { text, values }, options), row);
  const tables = await ask(tablesQuery, [scope.schema], z.tuple([textCell]));
  const keys =
    scope.table === null ? await ask(schemaKeys, [scope.schema], keyRow) : await ask(allKeys, [], keyRow);
  const chosen = chooseTables(
    scope,
    tables.map(([name]) => ({ schema: scope.schema, name })),
    keys,
  );
  const wanted = [
    JSON.stringify(chosen.tables.map(({ schema }) => schema)),
    JSON.stringify(chosen.tables.map(({ name }) => name)),
  ];
  return buildDiagram(chosen, keys, await ask(shapesQuery, wanted, shapeRow));
}
