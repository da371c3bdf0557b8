import { z } from 'zod';
import type { RelationRef } from '../../../../shared/model/schemaTree.ts';
import { AppError } from '../../../base/AppError.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import { runCatalogueStatement } from '../../sql/askCatalogue.ts';
import type { WritableTable } from '../../TableWriter.ts';
import { jsonCell, parseRows } from '../catalogue/resultRows.ts';
import { keyColumns, tellsRowsApart } from '../catalogue/uniqueIndexSql.ts';
import { postgresTypes } from '../logicalTypes.ts';

/** $1 schema, $2 name. */
const tableQuery = `
SELECT pg_catalog.json_build_object(
  'kind', c.relkind, 'isTemporary', c.relpersistence = 't',
  'columns', (
    SELECT pg_catalog.json_agg(pg_catalog.json_build_object(
             'number', a.attnum, 'name', a.attname,
             'declared', pg_catalog.format_type(a.atttypid, a.atttypmod),
             'isNullable', NOT a.attnotnull AND NOT t.typnotnull,
             'hasDefault', a.atthasdef OR a.attidentity <> '' OR t.typdefault IS NOT NULL,
             'isGenerated', a.attgenerated <> '',
             'isIdentityAlways', a.attidentity = 'a')
             ORDER BY a.attnum)
      FROM pg_catalog.pg_attribute a
      JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
  'keys', (
    SELECT pg_catalog.json_agg(${keyColumns}
             ORDER BY i.indisprimary DESC, i.indnkeyatts, i.indexrelid)
      FROM pg_catalog.pg_index i
     WHERE i.indrelid = c.oid AND ${tellsRowsApart}))
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = $1 AND c.relname = $2`;

const tableRow = z.tuple([
  jsonCell(
    z.object({
      kind: z.string(),
      isTemporary: z.boolean(),
      columns: z
        .array(
          z.object({
            number: z.int(),
            name: z.string(),
            declared: z.string(),
            isNullable: z.boolean(),
            hasDefault: z.boolean(),
            isGenerated: z.boolean(),
            isIdentityAlways: z.boolean(),
          }),
        )
        .nullable(),
      keys: z.array(z.array(z.int())).nullable(),
    }),
  ),
]);

/** Tables, partitioned ones, and foreign ones. */
const writableKinds = ['r', 'p', 'f'];

/** @throws UNSUPPORTED for a view and the like */
export async function describeTable(
  connection: SqlConnection,
  relation: RelationRef,
  options: QueryOptions,
): Promise<WritableTable | null> {
  const values = [relation.schema, relation.name];
  const [row] = parseRows(
    await runCatalogueStatement(connection, { text: tableQuery, values }, options),
    tableRow,
  );
  if (row === undefined) return null;
  const [{ kind, isTemporary, columns: found, keys }] = row;
  if (!writableKinds.includes(kind)) throw notWritable(relation);
  const columns = found ?? [];
  const names = new Map(columns.map(({ number, name }) => [number, name]));
  return {
    relation,
    isTemporary,
    columns: columns.map(({ number: _, ...column }) => ({
      ...column,
      type: postgresTypes.logical(column.declared),
    })),
    uniqueKeys: (keys ?? []).map((numbers) => numbers.flatMap((number) => names.get(number) ?? [])),
  };
}

function notWritable({ schema, name }: RelationRef): AppError {
  return new AppError('UNSUPPORTED', {
    title: 'Rows are copied into tables only',
    detail: `${schema}.${name}`,
    causes: ['It is a view, a materialised view, a sequence or an index.'],
    fixes: ['Choose the table behind it, or another name for a new table.'],
  });
}
