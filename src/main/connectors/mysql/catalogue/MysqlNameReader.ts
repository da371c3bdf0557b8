import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import type { CatalogueNode, NodeKind, SchemaName } from '../../../../shared/model/schemaTree.ts';
import { maxNamesPerBatch } from '../../../../shared/model/schemaTree.ts';
import type { NameReader } from '../../Catalogue.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import type { Row } from '../../RowStream.ts';
import { textCell, unlessRefused } from '../../sql/askCatalogue.ts';
import { buildNamed } from '../family/builds.ts';
import { readAccounts } from './accounts.ts';
import { askRows, filledCell, flagCell, readList, unknownDictionary } from './catalogueRows.ts';
import { perProduct, quoteName, quoteRelation, systemSchemaList } from './catalogueSql.ts';
import { partitionNodeName } from './partitions.ts';
import { type FiguresByTable, readTableFigures } from './tableFigures.ts';

/** The product goes with it, in each row. */
const schemasQuery = `
SELECT SCHEMA_NAME,
       SCHEMA_NAME IN (${systemSchemaList}),
       ${perProduct({ mysql: 'NULL', mariadb: 'SCHEMA_COMMENT' })},
       ${perProduct({ mysql: '1', mariadb: '0' })}
  FROM information_schema.SCHEMATA
 ORDER BY 2, 1`;

const schemaRow = z.tuple([textCell, flagCell, filledCell, flagCell]);

/**
 * Only what the servers know without opening a table. Those without a storage engine are views, and tables that cannot be
 * read: their comment is the dictionary's own words.
 */
const tablesQuery = `
SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE, IF(ENGINE IS NULL, NULL, TABLE_COMMENT)
  FROM information_schema.TABLES
 WHERE TABLE_TYPE NOT LIKE 'TEMPORARY%'`;

/** What has no rows. Each names its schema, itself, its kind and its comment; those of the system are manuals. */
const otherQueries = [
  `SELECT ROUTINE_SCHEMA, ROUTINE_NAME, ROUTINE_TYPE, IF(ROUTINE_SCHEMA IN (${systemSchemaList}), NULL, ROUTINE_COMMENT)
     FROM information_schema.ROUTINES WHERE ROUTINE_TYPE IN ('FUNCTION', 'PROCEDURE')`,
  `SELECT TRIGGER_SCHEMA, TRIGGER_NAME, 'TRIGGER', NULL FROM information_schema.TRIGGERS`,
  `SELECT EVENT_SCHEMA, EVENT_NAME, 'EVENT', EVENT_COMMENT FROM information_schema.EVENTS`,
];

const kindOf: Readonly<Record<string, NodeKind>> = {
  VIEW: 'view',
  'SYSTEM VIEW': 'view',
  SEQUENCE: 'sequence',
  FUNCTION: 'function',
  PROCEDURE: 'procedure',
  TRIGGER: 'trigger',
  EVENT: 'event',
};

/** The names of everything in a server: a statement for each list, however many schemas there are. */
export class MysqlNameReader implements NameReader {
  readonly schemas: readonly SchemaName[];
  readonly #connection: SqlConnection;
  readonly #isMysql: boolean;
  readonly #schemaNames: ReadonlySet<string>;
  #batches: AsyncGenerator<readonly CatalogueNode[]> | null = null;
  #isClosed = false;

  private constructor(connection: SqlConnection, rows: readonly z.output<typeof schemaRow>[]) {
    this.#connection = connection;
    this.#isMysql = rows.some(([, , , isMysql]) => isMysql);
    this.schemas = rows.map(([name, isSystem, comment]) => ({ name, comment, isSystem }));
    this.#schemaNames = new Set(rows.map(([name]) => name));
  }

  /** @throws what the server refuses to list its schemas with */
  static async open(connection: SqlConnection, options: QueryOptions): Promise<MysqlNameReader> {
    const rows = await askRows(connection, { text: schemasQuery }, schemaRow, options);
    return new MysqlNameReader(connection, rows);
  }

  /** The options of the first call hold for all: its signal ends the reading. */
  async next(options: QueryOptions): Promise<readonly CatalogueNode[]> {
    if (this.#isClosed) return [];
    this.#batches ??= this.#read(options);
    const { done, value } = await this.#batches.next();
    return done === true ? [] : value;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    // Ends the list that is open, and with it what the server still has to send.
    await this.#batches?.return(undefined);
  }

  async *#read(options: QueryOptions): AsyncGenerator<readonly CatalogueNode[]> {
    const tables: Row[] = [];
    for await (const rows of this.#readRows(tablesQuery, options)) tables.push(...rows);
    const asked = { tableCount: tables.filter(isTable).length, isMysql: this.#isMysql };
    const figures = await readTableFigures(this.#connection, asked, options);
    yield* inBatches(tables, (row) => relationNodes(row, figures));
    const { hasRoutines } = buildNamed(this.#connection.server.build);
    for (const query of hasRoutines ? otherQueries : []) yield* this.#readOthers(query, options);
    const accounts = await readAccounts(this.#connection, options);
    for (let at = 0; at < accounts.length; at += maxNamesPerBatch) {
      yield accounts.slice(at, at + maxNamesPerBatch);
    }
  }

  /** A list that the server refuses is left out: the tables are worth more than nothing. */
  async *#readOthers(query: string, options: QueryOptions): AsyncGenerator<readonly CatalogueNode[]> {
    const nodes: Row[] = [];
    await unlessRefused(this.#connection, options, async () => {
      for await (const rows of this.#readRows(query, options)) nodes.push(...rows);
    });
    yield* inBatches(nodes, (row) => [namedNode(row)]);
  }

  /** Without the few that MariaDB lets everybody read in a schema that it does not list. */
  async *#readRows(query: string, options: QueryOptions): AsyncGenerator<readonly Row[]> {
    for await (const rows of readList(this.#connection, query, options)) {
      yield rows.filter(([schema]) => this.#schemaNames.has(schema ?? ''));
    }
  }
}

const isTable = ([, , type]: Row): boolean =>
  type !== null && type !== undefined && kindOf[type] === undefined;

/** Rows as nodes, of which some have children, at most so many at a time; other work has its turn in between. */
async function* inBatches(
  rows: readonly Row[],
  nodesOf: (row: Row) => readonly CatalogueNode[],
): AsyncGenerator<readonly CatalogueNode[]> {
  let batch: CatalogueNode[] = [];
  for (const row of rows) {
    for (const node of nodesOf(row)) {
      batch.push(node);
      if (batch.length < maxNamesPerBatch) continue;
      yield batch;
      await nextTurn();
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

function namedNode([schema, name, type, comment]: Row): CatalogueNode {
  if (typeof schema !== 'string' || typeof name !== 'string' || typeof type !== 'string') {
    throw unknownDictionary(null);
  }
  const kind = kindOf[type] ?? 'table';
  // Relations share their names; a function, a procedure and a trigger may have the same one.
  const id = `${kind === 'view' || kind === 'sequence' ? 'table' : kind} ${quoteRelation({ schema, name })}`;
  const text = comment === undefined || comment === '' ? null : comment;
  return { id, schema, name, kind, comment: text, rows: null, parentId: null };
}

/** A relation, and its partitions as its children. */
function relationNodes(row: Row, figures: FiguresByTable): readonly CatalogueNode[] {
  const node = namedNode(row);
  if (node.kind !== 'table') return [node];
  const { rows, partitions } = figures.of(node.schema, node.name);
  if (partitions.length === 0) return [{ ...node, rows }];
  const children = partitions.map(
    (partition): CatalogueNode => ({
      id: `partition ${quoteRelation(node)}.${quoteName(partition.name)}`,
      schema: node.schema,
      name: partitionNodeName(node.name, partition.name),
      kind: 'partition',
      comment: null,
      rows: partition.rows,
      parentId: node.id,
    }),
  );
  return [{ ...node, kind: 'partitioned-table', rows }, ...children];
}
