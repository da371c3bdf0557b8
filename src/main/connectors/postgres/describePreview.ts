import { z } from 'zod';
import type { RelationSummary } from '../../../shared/model/schemaTree.ts';
import type { SchemaPreview } from '../../../shared/model/testReport.ts';
import { isAppError } from '../../base/AppError.ts';
import type { Clock } from '../../base/Clock.ts';
import type { Connection, QueryOptions } from '../Connector.ts';
import { type ListedRelation, queryRelations } from './describeSchemas.ts';
import { quoteRelation } from './quoteRelation.ts';
import { numberCell, parseOnlyRow, parseRows, textCell } from './resultRows.ts';
import { currentSchema } from './statementFrame.ts';

const maxRelationCount = 100;
/** Counting may take this long in all; what is not counted by then keeps the estimate. */
const countBudgetMs = 1_500;
/** Few enough that one slow table does not keep many others from being counted. */
const relationsPerCount = 20;
/** Above these a table is not small: its estimate says enough. */
const maxCountedRows = 10_000;
const maxCountedPages = 2_000;

const currentSchemaRow = z.tuple([textCell.nullable()]);
const countRow = z.tuple([numberCell, numberCell]);

/** The first schema of the search path that exists, with its relations; small tables are counted, others estimated. */
export async function describePreview(
  connection: Connection,
  clock: Clock,
  options: QueryOptions,
): Promise<SchemaPreview> {
  const text = `SELECT ${currentSchema}`;
  const current = await connection.query({ text, own: { reads: 'catalogue' } }, options);
  const schema = parseOnlyRow(current, currentSchemaRow)[0];
  if (schema === null) return { schema, relations: [], relationCount: 0 };
  const filter = { withPartitions: false, limit: maxRelationCount };
  const { relations, totalCount } = await queryRelations(connection, schema, filter, options);
  const counted = await countSmall(connection, relations.filter(isSmall), clock, options);
  return {
    schema,
    relations: relations.map(({ summary }) => counted.get(summary.name) ?? summary),
    relationCount: totalCount,
  };
}

function isSmall({ summary, pageCount, isCountable }: ListedRelation): boolean {
  const isFewRows = summary.rows === null || summary.rows.value < maxCountedRows;
  return isCountable && isFewRows && pageCount < maxCountedPages;
}

/** Counts in batches until the budget is used up. A batch that fails keeps its estimates. */
async function countSmall(
  connection: Connection,
  relations: readonly ListedRelation[],
  clock: Clock,
  options: QueryOptions,
): Promise<Map<string, RelationSummary>> {
  const counted = new Map<string, RelationSummary>();
  const deadlineMs = clock.monotonicMs() + countBudgetMs;
  for (let start = 0; start < relations.length; start += relationsPerCount) {
    const timeoutMs = Math.ceil(deadlineMs - clock.monotonicMs());
    if (timeoutMs <= 0) break;
    const batch = relations.slice(start, start + relationsPerCount).map(({ summary }) => summary);
    for (const summary of await countBatch(connection, batch, { ...options, timeoutMs })) {
      counted.set(summary.name, summary);
    }
  }
  return counted;
}

async function countBatch(
  connection: Connection,
  batch: readonly RelationSummary[],
  options: QueryOptions,
): Promise<RelationSummary[]> {
  const counts = batch.map(
    (summary, index) => `SELECT ${index}, pg_catalog.count(*) FROM ${quoteRelation(summary)}`,
  );
  try {
    const result = await connection.query(
      { text: counts.join(' UNION ALL '), own: { reads: 'rows' } },
      options,
    );
    return parseRows(result, countRow).flatMap(([index, value]) => {
      const summary = batch[index];
      return summary === undefined ? [] : [{ ...summary, rows: { value, accuracy: 'exact' as const } }];
    });
  } catch (error) {
    if (isAppError(error) && connection.isUsable && !options.signal.aborted) return [];
    throw error;
  }
}
