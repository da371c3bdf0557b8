import type { RowCount } from '../../../../shared/model/schemaTree.ts';

/**
 * Whether the planner has an estimate of `c`, a row of pg_class: -1 is "never analysed" since PostgreSQL 14; before it,
 * so is 0 rows on 0 pages.
 */
const isAnalysed = `(c.reltuples > 0 OR c.reltuples = 0 AND (c.relpages > 0
       OR (SELECT pg_catalog.current_setting('server_version_num')::pg_catalog.int4 >= 140000)))`;

/**
 * Two CTEs for a `WITH RECURSIVE`: `member` has every relation below each partitioned table or inheritance parent, at
 * any depth and once each, whatever schema it is in; `below` adds up their estimates by `root`. From pg_inherits, because
 * pg_partition_tree would lock them.
 * @param roots a WHERE clause on `i`, the row of pg_inherits; empty: all
 */
export const estimatesBelow = (roots = ''): string => `
  member (root, id) AS (
    SELECT i.inhparent, i.inhrelid FROM pg_catalog.pg_inherits i ${roots}
     UNION
    SELECT m.root, i.inhrelid FROM member m JOIN pg_catalog.pg_inherits i ON i.inhparent = m.id
  ),
  below AS (
    SELECT m.root,
           pg_catalog.sum(c.reltuples::pg_catalog.float8) FILTER (WHERE ${isAnalysed})::pg_catalog.int8 AS estimate,
           pg_catalog.count(*) FILTER (WHERE NOT ${isAnalysed}) AS unknown_count,
           pg_catalog.sum(c.relpages) AS page_count
      FROM member m
      JOIN pg_catalog.pg_class c ON c.oid = m.id AND c.relkind IN ('r', 'f')
     GROUP BY m.root
  )`;

/** The estimate of a relation's own heap, or null. */
export const ownEstimate = `CASE WHEN c.relkind IN ('r', 'm', 'f') AND ${isAnalysed} THEN c.reltuples::pg_catalog.int8 END`;

/** What the catalogue holds about how many rows a relation has. */
export interface Estimates {
  /** Of its own heap; null when it was never analysed, and for what has none. */
  readonly own: number | null;
  /** Of the relations below it that were analysed; null when none was. */
  readonly below: number | null;
  /** Relations below it that were never analysed; null when there are none below it at all. */
  readonly unknownBelow: number | null;
}

/**
 * Rows of a relation with everything below it, as a query of it returns them. What was never analysed is not taken for
 * empty: the sum of the others is then the least there is, and 0 says nothing.
 * @param hasHeap whether it holds rows of its own; a partitioned table does not
 */
export function estimatedRows({ own, below, unknownBelow }: Estimates, hasHeap: boolean): RowCount | null {
  const isWhole = (unknownBelow ?? 0) === 0 && (own !== null || !hasHeap);
  const value = (own ?? 0) + (below ?? 0);
  if (isWhole) return { value, accuracy: 'estimate' };
  return value > 0 ? { value, accuracy: 'at-least' } : null;
}
