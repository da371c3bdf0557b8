import { z } from 'zod';
import type { RelationRef } from '../../../../shared/model/schemaTree.ts';
import type { TableLink } from '../../../../shared/model/tableRows.ts';
import { AppError } from '../../../base/AppError.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import { runCatalogueStatement } from '../../sql/askCatalogue.ts';
import type { RelationShape } from '../../sql/pageSql.ts';
import { jsonCell, parseRows } from './resultRows.ts';
import { keyColumns, tellsRowsApart } from './uniqueIndexSql.ts';

/** Types without an order, and most of them without equality. */
const unorderedTypes = [
  ...['json', 'jsonpath', 'xml', 'point', 'lseg', 'path', 'box', 'polygon', 'line', 'circle'],
  ...['xid', 'cid', 'aclitem', 'refcursor', 'pg_node_tree', 'txid_snapshot', 'pg_snapshot'],
]
  .map((name) => `'${name}'`)
  .join(', ');

/**
 * $1 schema, $2 name. The key is the primary one, or else the unique index with the fewest columns of which none can be
 * NULL; one that is checked only at the end of a transaction, or for some rows, tells nothing apart. A foreign key to a
 * partitioned table has copies for the partitions, which are left out.
 */
const shapeQuery = `
SELECT pg_catalog.json_build_object(
  'columns', (
    SELECT pg_catalog.json_agg(pg_catalog.json_build_object(
             'number', a.attnum, 'name', a.attname,
             'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
             'isNullable', NOT a.attnotnull,
             'isOrdered', NOT EXISTS (
               SELECT FROM pg_catalog.pg_type t
                 JOIN pg_catalog.pg_type b ON b.oid = CASE
                      WHEN t.typcategory = 'A' THEN t.typelem
                      WHEN t.typtype = 'd' THEN t.typbasetype
                      ELSE t.oid END
                WHERE t.oid = a.atttypid AND b.typnamespace = 'pg_catalog'::pg_catalog.regnamespace
                  AND b.typname = ANY (ARRAY[${unorderedTypes}])))
             ORDER BY a.attnum)
      FROM pg_catalog.pg_attribute a
     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
  'key', (
    SELECT pg_catalog.to_json(${keyColumns})
      FROM pg_catalog.pg_index i
     WHERE i.indrelid = c.oid AND ${tellsRowsApart}
       AND NOT EXISTS (
         SELECT FROM pg_catalog.pg_attribute a
          WHERE a.attrelid = c.oid AND NOT a.attnotnull
            AND a.attnum = ANY (${keyColumns}))
     ORDER BY i.indisprimary DESC, i.indnkeyatts, i.indexrelid
     LIMIT 1),
  'links', (
    SELECT pg_catalog.json_agg(pg_catalog.json_build_object(
             'columns', f.conkey, 'schema', rn.nspname, 'name', rc.relname, 'targetColumns', (
               SELECT pg_catalog.json_agg((
                        SELECT pg_catalog.count(*) FROM pg_catalog.pg_attribute before
                         WHERE before.attrelid = f.confrelid AND before.attnum > 0 AND NOT before.attisdropped
                           AND before.attnum < k.there) ORDER BY k.place)
                 FROM pg_catalog.unnest(f.confkey) WITH ORDINALITY AS k (there, place)))
             ORDER BY f.conname)
      FROM pg_catalog.pg_constraint f
      JOIN pg_catalog.pg_class rc ON rc.oid = f.confrelid
      JOIN pg_catalog.pg_namespace rn ON rn.oid = rc.relnamespace
     WHERE f.conrelid = c.oid AND f.contype = 'f'
       AND NOT EXISTS (
         SELECT FROM pg_catalog.pg_constraint whole
          WHERE whole.oid = f.conparentid AND whole.conrelid = f.conrelid)))
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')`;

const numbers = z.array(z.int());
const shapeRow = z.tuple([
  jsonCell(
    z.object({
      columns: z
        .array(
          z.object({
            number: z.int(),
            name: z.string(),
            type: z.string(),
            isNullable: z.boolean(),
            isOrdered: z.boolean(),
          }),
        )
        .nullable(),
      key: numbers.nullable(),
      links: z
        .array(z.object({ columns: numbers, schema: z.string(), name: z.string(), targetColumns: numbers }))
        .nullable(),
    }),
  ),
]);

/** A relation's columns and key, and where its foreign keys lead. */
export interface LinkedShape extends RelationShape {
  /** Columns, by position, whose values the server can only compare as text. */
  readonly unordered: ReadonlySet<number>;
  readonly links: readonly TableLink[];
}

export function missingRelation({ schema, name }: RelationRef): AppError {
  return new AppError('NOT_FOUND', {
    title: 'This table or view no longer exists',
    detail: `${schema}.${name}`,
    fixes: ['Refresh the schema.'],
  });
}

/** @throws NOT_FOUND when there is no such relation */
export async function readShape(
  connection: SqlConnection,
  relation: RelationRef,
  options: QueryOptions,
): Promise<LinkedShape> {
  const values = [relation.schema, relation.name];
  const [row] = parseRows(
    await runCatalogueStatement(connection, { text: shapeQuery, values }, options),
    shapeRow,
  );
  if (row === undefined) throw missingRelation(relation);
  const [{ columns: found, key, links }] = row;
  const columns = found ?? [];
  // Columns that were dropped leave gaps in the server's numbers.
  const positionOf = new Map(columns.map(({ number }, position) => [number, position]));
  const positionsOf = (attributes: readonly number[]): number[] =>
    attributes.flatMap((number) => positionOf.get(number) ?? []);
  return {
    columns: columns.map(({ name, type, isNullable }) => ({ name, type, isNullable })),
    unordered: new Set(columns.flatMap(({ isOrdered }, position) => (isOrdered ? [] : [position]))),
    key: positionsOf(key ?? []),
    links: (links ?? []).map(({ columns: here, schema, name, targetColumns }) => ({
      columns: positionsOf(here),
      relation: { schema, name },
      targetColumns,
    })),
  };
}
