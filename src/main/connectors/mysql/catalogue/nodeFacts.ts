import { z } from 'zod';
import { type MysqlNodeFactKey, mysqlNodeFactKeys } from '../../../../shared/engines/mysql/facts.ts';
import type { Fact } from '../../../../shared/model/fact.ts';
import type { NodeKind, RelationRef } from '../../../../shared/model/schemaTree.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import { numberCell, textCell } from '../../sql/askCatalogue.ts';
import { askRows, filledCell } from './catalogueRows.ts';
import { exactValues, isExactly, quoteName } from './catalogueSql.ts';
import type { Partition } from './partitions.ts';

/** Facts of one node; what is null is not worth a line. */
export type NodeFacts = readonly (Fact & { readonly key: MysqlNodeFactKey })[];

/** From several answers, in the order in which they are shown. */
export function inOrder(facts: NodeFacts): Fact[] {
  return mysqlNodeFactKeys.flatMap((key) => facts.filter((fact) => fact.key === key));
}

const textFact = (key: MysqlNodeFactKey, text: string | null): NodeFacts =>
  text === null ? [] : [{ key, value: { type: 'text', text } }];

const bytesFact = (key: MysqlNodeFactKey, count: number | null): NodeFacts =>
  count === null ? [] : [{ key, value: { type: 'bytes', count } }];

const createdFact = (seconds: number | null): NodeFacts =>
  seconds === null ? [] : [{ key: 'createdAt', value: { type: 'moment', at: Math.round(seconds * 1000) } }];

const momentOf = (column: string): string => `UNIX_TIMESTAMP(${column})`;

const tableQuery = `
SELECT ENGINE, TABLE_COLLATION, ROW_FORMAT, DATA_LENGTH, INDEX_LENGTH, AUTO_INCREMENT, ${momentOf('CREATE_TIME')}
  FROM information_schema.TABLES
 WHERE ${isExactly('TABLE_SCHEMA')} AND ${isExactly('TABLE_NAME')}`;

const tableRow = z.tuple([
  textCell.nullable(),
  textCell.nullable(),
  textCell.nullable(),
  numberCell.nullable(),
  numberCell.nullable(),
  textCell.nullable(),
  numberCell.nullable(),
]);

/** What the dictionary says about a table, view or sequence; null when there is none of that name. */
export async function readTableFacts(
  connection: SqlConnection,
  relation: RelationRef,
  options: QueryOptions,
): Promise<NodeFacts | null> {
  const statement = { text: tableQuery, values: exactValues(relation) };
  const [row] = await askRows(connection, statement, tableRow, options);
  if (row === undefined) return null;
  const [engine, collation, rowFormat, dataSize, indexSize, autoIncrement, created] = row;
  return [
    ...textFact('storageEngine', engine),
    ...textFact('collation', collation),
    ...textFact('rowFormat', rowFormat),
    ...bytesFact('dataSize', dataSize),
    ...bytesFact('indexSize', indexSize),
    ...textFact('autoIncrement', autoIncrement),
    ...createdFact(created),
  ];
}

const partitionsQuery = `
SELECT PARTITION_METHOD, PARTITION_EXPRESSION, COUNT(DISTINCT PARTITION_NAME), MAX(SUBPARTITION_METHOD),
       MAX(SUBPARTITION_EXPRESSION)
  FROM information_schema.PARTITIONS
 WHERE ${isExactly('TABLE_SCHEMA')} AND ${isExactly('TABLE_NAME')} AND PARTITION_NAME IS NOT NULL
 GROUP BY PARTITION_METHOD, PARTITION_EXPRESSION`;

const partitionsRow = z.tuple([textCell, filledCell, numberCell, filledCell, filledCell]);

/** How a table is partitioned; nothing when it is not. */
export async function readPartitionFacts(
  connection: SqlConnection,
  relation: RelationRef,
  options: QueryOptions,
): Promise<NodeFacts> {
  const statement = { text: partitionsQuery, values: exactValues(relation) };
  const [row] = await askRows(connection, statement, partitionsRow, options);
  if (row === undefined) return [];
  const [method, expression, count, subMethod, subExpression] = row;
  const parts = [
    `${method} (${expression ?? ''})`,
    ...(subMethod === null ? [] : [`${subMethod} (${subExpression ?? ''})`]),
    count === 1 ? '1 partition' : `${count} partitions`,
  ];
  return textFact('partitioning', parts.join(', '));
}

/** What there is to say about one partition. */
export const partitionFacts = ({ rule, dataSize, indexSize, created }: Partition): NodeFacts => [
  ...textFact('partitioning', rule),
  ...bytesFact('dataSize', dataSize),
  ...bytesFact('indexSize', indexSize),
  ...createdFact(created),
];

const viewQuery = `
SELECT DEFINER, SECURITY_TYPE
  FROM information_schema.VIEWS
 WHERE ${isExactly('TABLE_SCHEMA')} AND ${isExactly('TABLE_NAME')}`;

const viewRow = z.tuple([filledCell, filledCell]);

/** Whose rights a view has; nothing where the server does not say. */
export async function readViewFacts(
  connection: SqlConnection,
  relation: RelationRef,
  options: QueryOptions,
): Promise<NodeFacts> {
  const [row] = await askRows(
    connection,
    { text: viewQuery, values: exactValues(relation) },
    viewRow,
    options,
  );
  return row === undefined ? [] : [...textFact('definer', row[0]), ...textFact('sqlSecurity', row[1])];
}

/** Definer, rights, when it runs and on which table, status, when it was created; the names are compared behind it. */
const routineQueries = {
  function: routineQuery('FUNCTION'),
  procedure: routineQuery('PROCEDURE'),
  trigger: {
    text: `
SELECT DEFINER, NULL, CONCAT(ACTION_TIMING, ' ', EVENT_MANIPULATION, ' ON '), EVENT_OBJECT_TABLE, NULL, ${momentOf('CREATED')}
  FROM information_schema.TRIGGERS
 WHERE`,
    schema: 'TRIGGER_SCHEMA',
    name: 'TRIGGER_NAME',
  },
  event: {
    text: `
SELECT DEFINER, NULL,
       COALESCE(CONCAT('EVERY ', INTERVAL_VALUE, ' ', INTERVAL_FIELD), CONCAT('AT ', EXECUTE_AT)), NULL, STATUS,
       ${momentOf('CREATED')}
  FROM information_schema.EVENTS
 WHERE`,
    schema: 'EVENT_SCHEMA',
    name: 'EVENT_NAME',
  },
} as const;

function routineQuery(type: 'FUNCTION' | 'PROCEDURE') {
  const text = `
SELECT DEFINER, SECURITY_TYPE, NULL, NULL, NULL, ${momentOf('CREATED')}
  FROM information_schema.ROUTINES
 WHERE ROUTINE_TYPE = '${type}' AND`;
  return { text, schema: 'ROUTINE_SCHEMA', name: 'ROUTINE_NAME' };
}

const routineRow = z.tuple([
  filledCell,
  filledCell,
  filledCell,
  textCell.nullable(),
  filledCell,
  numberCell.nullable(),
]);

/** What has a body and no rows. */
export type RoutineKind = keyof typeof routineQueries;

export const isRoutineKind = (kind: NodeKind): kind is RoutineKind => Object.hasOwn(routineQueries, kind);

/** What the dictionary says about a routine, trigger or event; null when there is none of that name. */
export async function readRoutineFacts(
  connection: SqlConnection,
  kind: RoutineKind,
  name: RelationRef,
  options: QueryOptions,
): Promise<NodeFacts | null> {
  const query = routineQueries[kind];
  const text = `${query.text} ${isExactly(query.schema)} AND ${isExactly(query.name)}`;
  const [row] = await askRows(connection, { text, values: exactValues(name) }, routineRow, options);
  if (row === undefined) return null;
  const [definer, sqlSecurity, runs, table, status, created] = row;
  return [
    ...textFact('definer', definer),
    ...textFact('sqlSecurity', sqlSecurity),
    ...textFact('runs', runs === null || table === null ? runs : `${runs}${quoteName(table)}`),
    ...textFact('status', status),
    ...createdFact(created),
  ];
}
