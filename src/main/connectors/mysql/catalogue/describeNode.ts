import { z } from 'zod';
import type {
  NodeDetail,
  NodeKind,
  NodeRef,
  RelationRef,
  RowCount,
} from '../../../../shared/model/schemaTree.ts';
import { AppError } from '../../../base/AppError.ts';
import { cleanText } from '../../../base/cleanText.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import { isRefusal, numberCell, runCatalogueStatement, unlessRefused } from '../../sql/askCatalogue.ts';
import { describeAccount } from './accounts.ts';
import { unknownDictionary } from './catalogueRows.ts';
import { quoteRelation } from './catalogueSql.ts';
import { columnsWithKeys, readColumns } from './describeColumns.ts';
import { keyConstraints, readChecks, readForeignKeys } from './describeConstraints.ts';
import { readIndexes, shownIndex } from './describeIndexes.ts';
import {
  inOrder,
  isRoutineKind,
  partitionFacts,
  type RoutineKind,
  readPartitionFacts,
  readRoutineFacts,
  readTableFacts,
  readViewFacts,
} from './nodeFacts.ts';
import { readPrivileges, readRoutinePrivileges, readTableLists } from './nodeLists.ts';
import { findPartition } from './partitions.ts';
import { renewStatistics } from './tableFigures.ts';

const maxProblemLength = 600;

/** @throws NOT_FOUND when there is no such node */
export function describeNode(
  connection: SqlConnection,
  node: NodeRef,
  options: QueryOptions,
): Promise<NodeDetail> {
  const { kind } = node;
  if (isRoutineKind(kind)) return describeRoutine(connection, kind, node, options);
  switch (kind) {
    case 'view':
      return describeView(connection, node, options);
    case 'role':
    case 'account':
      return describeAccount(connection, node, options);
    case 'partition':
      return describePartition(connection, node, options);
    default:
      return describeTable(connection, node, options);
  }
}

async function describeRoutine(
  connection: SqlConnection,
  kind: RoutineKind,
  node: NodeRef,
  options: QueryOptions,
): Promise<NodeDetail> {
  const facts = await readRoutineFacts(connection, kind, node, options);
  if (facts === null) throw notFoundError(node);
  const definition = await readDefinition(connection, node, options);
  return {
    columns: [],
    indexes: [],
    lists: await readRoutinePrivileges(connection, kind.toUpperCase(), node, options),
    constraints: [],
    facts: inOrder(facts),
    definition,
    problem: null,
  };
}

/** Without keys; and without columns when what it reads is gone. */
async function describeView(
  connection: SqlConnection,
  view: NodeRef,
  options: QueryOptions,
): Promise<NodeDetail> {
  const tableFacts = await readTableFacts(connection, view, options);
  if (tableFacts === null) throw notFoundError(view);
  const columns = await readColumns(connection, view, options);
  const viewFacts = await readViewFacts(connection, view, options);
  return {
    columns: columnsWithKeys(columns, [], []),
    indexes: [],
    lists: await readPrivileges(connection, view, options),
    constraints: [],
    facts: inOrder([...viewFacts, ...tableFacts]),
    definition: await readDefinition(connection, view, options),
    problem: columns.length > 0 ? null : await readProblem(connection, view, options),
  };
}

async function describeTable(
  connection: SqlConnection,
  table: NodeRef,
  options: QueryOptions,
): Promise<NodeDetail> {
  await renewStatistics(connection, options);
  const tableFacts = await readTableFacts(connection, table, options);
  if (tableFacts === null) throw notFoundError(table);
  const columns = await readColumns(connection, table, options);
  const indexes = await readIndexes(connection, table, options);
  const foreignKeys = await readForeignKeys(connection, table, options);
  // The first releases of MySQL 8.0 have no list of them.
  const checks = await unlessRefused(connection, options, () => readChecks(connection, table, options));
  const partitions = await readPartitionFacts(connection, table, options);
  return {
    columns: columnsWithKeys(columns, indexes, foreignKeys),
    indexes: indexes.map(shownIndex),
    lists: await readTableLists(connection, table, options),
    constraints: [...keyConstraints(table, indexes, foreignKeys), ...(checks ?? [])],
    definition: await readDefinition(connection, table, options),
    facts: inOrder([...tableFacts, ...partitions]),
    problem: columns.length > 0 ? null : await readProblem(connection, table, options),
  };
}

/** Has the columns of its table, whose keys and indexes are those of all partitions together. */
async function describePartition(
  connection: SqlConnection,
  node: NodeRef,
  options: QueryOptions,
): Promise<NodeDetail> {
  await renewStatistics(connection, options);
  const partition = await findPartition(connection, node, options);
  if (partition === null) throw notFoundError(node);
  const columns = await readColumns(connection, partition.table, options);
  return {
    columns: columnsWithKeys(columns, [], []),
    indexes: [],
    lists: [],
    constraints: [],
    definition: null,
    facts: inOrder(partitionFacts(partition)),
    problem: null,
  };
}

/** What `SHOW CREATE` calls a node, and where its answer has the definition. Of a view it answers the view's. */
const shown: Partial<Readonly<Record<NodeKind, { readonly word: string; readonly cell: number }>>> = {
  table: { word: 'TABLE', cell: 1 },
  'partitioned-table': { word: 'TABLE', cell: 1 },
  view: { word: 'TABLE', cell: 1 },
  sequence: { word: 'SEQUENCE', cell: 1 },
  function: { word: 'FUNCTION', cell: 2 },
  procedure: { word: 'PROCEDURE', cell: 2 },
  trigger: { word: 'TRIGGER', cell: 2 },
  event: { word: 'EVENT', cell: 3 },
};

/** In the server's own words; null when it does not show it to this user. */
function readDefinition(
  connection: SqlConnection,
  node: NodeRef,
  options: QueryOptions,
): Promise<string | null> {
  const show = shown[node.kind];
  if (show === undefined) return Promise.resolve(null);
  const text = `SHOW CREATE ${show.word} ${quoteRelation(node)}`;
  return unlessRefused(connection, options, async () => {
    const { rows } = await runCatalogueStatement(connection, { text }, options);
    return rows[0]?.[show.cell] ?? null;
  });
}

/** Asks in a way that the server answers with an error, where the dictionary just leaves the columns out. */
async function readProblem(
  connection: SqlConnection,
  relation: RelationRef,
  options: QueryOptions,
): Promise<string | null> {
  try {
    const text = `SHOW COLUMNS FROM ${quoteRelation(relation)}`;
    await runCatalogueStatement(connection, { text }, options);
    return null;
  } catch (error) {
    if (!isRefusal(error) || !connection.isUsable || options.signal.aborted) throw error;
    const words = error.detail === '' ? error.message : error.detail;
    return cleanText(words, maxProblemLength);
  }
}

/** Counts every row; the query time-out is the only limit. */
export async function countRows(
  connection: SqlConnection,
  relation: RelationRef,
  options: QueryOptions,
): Promise<RowCount> {
  const text = `SELECT COUNT(*) FROM ${quoteRelation(relation)}`;
  const { rows } = await connection.query({ text, own: { reads: 'rows' } }, options);
  const counted = z.tuple([z.tuple([numberCell])]).safeParse(rows);
  if (!counted.success) throw unknownDictionary(counted.error);
  return { value: counted.data[0][0], accuracy: 'exact' };
}

function notFoundError({ schema, name }: NodeRef): AppError {
  return new AppError('NOT_FOUND', {
    title: 'This no longer exists',
    detail: `${schema}.${name}`,
    causes: ['It was dropped or renamed after the list was loaded.'],
    fixes: ['Refresh the list.'],
  });
}
