import { z } from 'zod';
import {
  type RelationSummary,
  relationKindSchema,
  type SchemaSummary,
} from '../../../shared/model/schemaTree.ts';
import type { Connection, QueryOptions } from '../Connector.ts';
import { flagCell, numberCell, parseRows, textCell } from './resultRows.ts';

/**
 * Without the schemas of temporary and of oversized values, which are nobody's to browse. A partition counts with the
 * table it is a part of.
 */
const schemasQuery = `
SELECT n.nspname,
       pg_catalog.obj_description(n.oid, 'pg_namespace'),
       n.nspname LIKE 'pg\\_%' OR n.nspname = 'information_schema' AS is_system,
       count(c.oid) FILTER (WHERE c.relkind IN ('r', 'p', 'f')),
       count(c.oid) FILTER (WHERE c.relkind IN ('v', 'm'))
  FROM pg_catalog.pg_namespace n
  LEFT JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relkind IN ('r', 'p', 'f', 'v', 'm') AND NOT c.relispartition
 WHERE n.nspname !~ '^pg_(toast|temp_|toast_temp_)'
 GROUP BY n.oid, n.nspname
 ORDER BY is_system, n.nspname`;

const schemaRow = z.tuple([textCell, textCell.nullable(), flagCell, numberCell, numberCell]);

/** All schemas, those of people first. */
export async function listSchemas(connection: Connection, options: QueryOptions): Promise<SchemaSummary[]> {
  const result = await connection.query({ text: schemasQuery, own: { reads: 'catalogue' } }, options);
  return parseRows(result, schemaRow).map(([name, comment, isSystem, tableCount, viewCount]) => ({
    name,
    comment,
    isSystem,
    tableCount,
    viewCount,
  }));
}

/**
 * Rows are the planner's estimate: -1 is "never looked" since PostgreSQL 14, before it 0 rows on 0 pages. A partitioned
 * table has none of its own; its partitions' are added up from pg_inherits, because pg_partition_tree would lock them.
 * $1 schema, $2 whether to list partitions too, $3 most relations (null: all).
 */
const relationsQuery = `
WITH RECURSIVE
  shown AS (
    SELECT c.* , c.oid AS id
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1
       AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
       AND ($2::pg_catalog.bool OR NOT c.relispartition)
  ),
  below AS (
    SELECT i.inhparent AS root, i.inhrelid AS id
      FROM pg_catalog.pg_inherits i
      JOIN shown s ON s.id = i.inhparent AND s.relkind = 'p'
     UNION ALL
    SELECT b.root, i.inhrelid
      FROM below b
      JOIN pg_catalog.pg_inherits i ON i.inhparent = b.id
  ),
  known AS (
    SELECT c.oid AS id, c.relpages,
           CASE WHEN c.reltuples < 0 THEN NULL
                WHEN c.reltuples = 0 AND c.relpages = 0
                     AND pg_catalog.current_setting('server_version_num')::pg_catalog.int4 < 140000 THEN NULL
                ELSE c.reltuples END AS estimate
      FROM pg_catalog.pg_class c
     WHERE c.relkind IN ('r', 'm', 'f')
  ),
  summed AS (
    SELECT b.root AS id, sum(k.estimate) AS estimate, sum(k.relpages) AS relpages
      FROM below b
      JOIN known k ON k.id = b.id
     GROUP BY b.root
  )
SELECT s.relname,
       CASE WHEN s.relkind = 'p' THEN 'partitioned-table'
            WHEN s.relispartition THEN 'partition'
            WHEN s.relkind = 'v' THEN 'view'
            WHEN s.relkind = 'm' THEN 'materialized-view'
            WHEN s.relkind = 'f' THEN 'foreign-table'
            ELSE 'table' END,
       pg_catalog.obj_description(s.id, 'pg_class'),
       (SELECT count(*) FROM pg_catalog.pg_attribute a
         WHERE a.attrelid = s.id AND a.attnum > 0 AND NOT a.attisdropped),
       pg_catalog.round(coalesce(summed.estimate, known.estimate)::pg_catalog.numeric),
       (SELECT p.relname FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class p ON p.oid = i.inhparent
         WHERE i.inhrelid = s.id AND s.relispartition),
       coalesce(summed.relpages, s.relpages, 0),
       s.relispopulated AND s.relkind IN ('r', 'p', 'm') AND pg_catalog.has_table_privilege(s.id, 'SELECT'),
       count(*) OVER ()
  FROM shown s
  LEFT JOIN known ON known.id = s.id
  LEFT JOIN summed ON summed.id = s.id
 ORDER BY s.relname
 LIMIT $3`;

const relationRow = z.tuple([
  textCell,
  relationKindSchema,
  textCell.nullable(),
  numberCell,
  numberCell.nullable(),
  textCell.nullable(),
  numberCell,
  flagCell,
  numberCell,
]);

/** A relation with what decides whether its rows are counted. */
export interface ListedRelation {
  readonly summary: RelationSummary;
  readonly pageCount: number;
  /** A table that holds rows and that this user may read. */
  readonly isCountable: boolean;
}

/** Relations of one schema by name, and how many there are in all; one query however many. */
export async function queryRelations(
  connection: Connection,
  schema: string,
  filter: { readonly withPartitions: boolean; readonly limit: number | null },
  options: QueryOptions,
): Promise<{ relations: ListedRelation[]; totalCount: number }> {
  const values = [schema, filter.withPartitions, filter.limit];
  const rows = parseRows(
    await connection.query({ text: relationsQuery, values, own: { reads: 'catalogue' } }, options),
    relationRow,
  );
  const relations = rows.map(
    ([name, kind, comment, columnCount, estimate, partitionOf, pageCount, isCountable]): ListedRelation => ({
      summary: {
        schema,
        name,
        kind,
        comment,
        columnCount,
        rows: estimate === null ? null : { value: estimate, accuracy: 'estimate' },
        partitionOf,
      },
      pageCount,
      isCountable,
    }),
  );
  return { relations, totalCount: rows[0]?.[8] ?? 0 };
}

/** Every relation of one schema; rows as estimated. */
export async function listRelations(
  connection: Connection,
  schema: string,
  options: QueryOptions,
): Promise<RelationSummary[]> {
  const filter = { withPartitions: true, limit: null };
  const { relations } = await queryRelations(connection, schema, filter, options);
  return relations.map(({ summary }) => summary);
}
