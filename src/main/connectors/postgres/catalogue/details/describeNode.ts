import { z } from 'zod';
import type { NodeDetail, NodeRef, RelationRef, RowCount } from '../../../../../shared/model/schemaTree.ts';
import { AppError } from '../../../../base/AppError.ts';
import type { QueryOptions, SqlConnection } from '../../../Connection.ts';
import { numberCell } from '../../../sql/askCatalogue.ts';
import { buildNamed } from '../../family/builds.ts';
import { quoteRelation } from '../../postgresDialect.ts';
import { readDefinition } from '../ddl/readDefinition.ts';
import { describePlainly } from '../plain/plainRelation.ts';
import { jsonCell, parseOnlyRow } from '../resultRows.ts';
import { describeObject, isObjectKind } from './describeObject.ts';
import { describeRelation } from './describeRelation.ts';

/** @throws NOT_FOUND when there is no such node */
export async function describeNode(
  connection: SqlConnection,
  node: NodeRef,
  options: QueryOptions,
): Promise<NodeDetail> {
  const { kind } = node;
  if (buildNamed(connection.server.build).isPlain) {
    return (await describePlainly(connection, node, options)) ?? missing(node);
  }
  const detail = isObjectKind(kind)
    ? await describeObject(connection, kind, node, options)
    : await describeRelation(connection, node, options);
  if (detail !== null) return { ...detail, definition: await readDefinition(connection, node, options) };
  return missing(node);
}

function missing(node: NodeRef): never {
  throw new AppError('NOT_FOUND', {
    title: 'This no longer exists',
    detail: [node.schema, node.name].filter((part) => part !== '').join('.'),
    causes: ['It was dropped or renamed after the list was loaded.'],
    fixes: ['Refresh the list.'],
  });
}

/** Counts every row; the query time-out is the only limit. */
export async function countRows(
  connection: SqlConnection,
  relation: RelationRef,
  options: QueryOptions,
): Promise<RowCount> {
  const text = `SELECT pg_catalog.count(*) FROM ${quoteRelation(relation)}`;
  const result = await connection.query({ text, own: { reads: 'rows' } }, options);
  const [value] = parseOnlyRow(result, z.tuple([numberCell]));
  return { value, accuracy: 'exact' };
}

const plannedRow = z.tuple([jsonCell(z.tuple([z.object({ Plan: z.object({ 'Plan Rows': z.number() }) })]))]);

/** As the planner expects it, who looks at how large the table is now; it also knows views and partitions. */
export async function estimateRows(
  connection: SqlConnection,
  relation: RelationRef,
  options: QueryOptions,
): Promise<number> {
  const text = `EXPLAIN (FORMAT JSON) SELECT FROM ${quoteRelation(relation)}`;
  const result = await connection.query({ text, own: { reads: 'rows' } }, options);
  const [[{ Plan: plan }]] = parseOnlyRow(result, plannedRow);
  return plan['Plan Rows'];
}
