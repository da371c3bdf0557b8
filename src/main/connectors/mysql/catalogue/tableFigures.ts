import { z } from 'zod';
import type { RelationRef, RowCount } from '../../../../shared/model/schemaTree.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import type { Row } from '../../RowStream.ts';
import { numberCell, runCatalogueStatement, unlessRefused } from '../../sql/askCatalogue.ts';
import { askRows, readList, unknownDictionary } from './catalogueRows.ts';
import { exactValues, isExactly, perProduct, quoteRelation, systemSchemaList } from './catalogueSql.ts';

/**
 * Figures that the dictionary has to open a table for cost some tenths of a millisecond each. Above this many tables only
 * those are asked for that it keeps.
 */
const maxOpenedTables = 1_000;

/** Opens every table, and so knows how many rows the storage engine estimates now; one row without name for a whole table. */
const openedQuery = `
SELECT TABLE_SCHEMA, TABLE_NAME, PARTITION_NAME, TABLE_ROWS
  FROM information_schema.PARTITIONS
 WHERE TABLE_SCHEMA NOT IN (${systemSchemaList})`;

/** What MySQL knows without opening a table: the partitions, not their rows. */
const partitionsQuery = `
SELECT TABLE_SCHEMA, TABLE_NAME, PARTITION_NAME, NULL
  FROM information_schema.PARTITIONS
 WHERE TABLE_SCHEMA NOT IN (${systemSchemaList}) AND PARTITION_NAME IS NOT NULL`;

/** Estimates that InnoDB keeps and renews in the background; a row for each partition. Not every user may read it. */
const keptQuery = 'SELECT database_name, table_name, n_rows FROM mysql.innodb_table_stats';

/** How InnoDB names a partition: `orders#p#p2024`, `orders#P#p2024#SP#p2024sp0`, by product and file system. */
const partitionFile = /^(.+?)#p#(.+?)(?:#sp#.+)?$/is;

/** What is known of a table beside its name. */
export interface TableFigures {
  /** Null when nothing is known. */
  readonly rows: RowCount | null;
  /** In the server's order; empty for a table without. */
  readonly partitions: readonly { readonly name: string; readonly rows: RowCount | null }[];
}

const nothingKnown: TableFigures = { rows: null, partitions: [] };

interface Sums {
  rows: number;
  /** By name in lower case: InnoDB on MySQL writes it so. */
  readonly partitions: Map<string, { readonly name: string; rows: number }>;
}

/** The figures of all tables, collected before their names are read. */
export class FiguresByTable {
  readonly #sums = new Map<string, Sums>();

  of(schema: string, name: string): TableFigures {
    const sums = this.#sums.get(quoteRelation({ schema, name }));
    if (sums === undefined) return nothingKnown;
    const partitions = [...sums.partitions.values()];
    return {
      rows: estimateOf(sums.rows),
      partitions: partitions.map(({ name: partition, rows }) => ({
        name: partition,
        rows: estimateOf(rows),
      })),
    };
  }

  /** Subpartitions come one by one and count as their partition. */
  add(schema: string, name: string, partition: string | null, rows: number): void {
    const key = quoteRelation({ schema, name });
    const sums = this.#sums.get(key) ?? { rows: 0, partitions: new Map() };
    this.#sums.set(key, sums);
    sums.rows += rows;
    if (partition === null) return;
    const known = sums.partitions.get(partition.toLowerCase());
    if (known === undefined) sums.partitions.set(partition.toLowerCase(), { name: partition, rows });
    else known.rows += rows;
  }
}

/** Never 0: the servers say that of tables too which they have not looked at. */
function estimateOf(rows: number): RowCount | null {
  return rows > 0 ? { value: rows, accuracy: 'estimate' } : null;
}

/**
 * @param tableCount how many tables the user can see
 * @param isMysql in contrast to MariaDB
 */
export async function readTableFigures(
  connection: SqlConnection,
  { tableCount, isMysql }: { readonly tableCount: number; readonly isMysql: boolean },
  options: QueryOptions,
): Promise<FiguresByTable> {
  const figures = new FiguresByTable();
  if (tableCount <= maxOpenedTables) {
    await renewStatistics(connection, options);
    await addPartitions(connection, openedQuery, figures, options);
    return figures;
  }
  if (isMysql) {
    await addPartitions(connection, partitionsQuery, figures, options);
    await unlessRefused(connection, options, () => addKept(connection, figures, options));
    return figures;
  }
  const isKept = await unlessRefused(connection, options, () => addKept(connection, figures, options));
  // Slow, but MariaDB has no other way to say which tables are partitioned.
  if (isKept === null) await addPartitions(connection, openedQuery, figures, options);
  return figures;
}

/** MySQL keeps the figures of a table for a day, also those of one that was empty then. Holds for the session. */
export async function renewStatistics(connection: SqlConnection, options: QueryOptions): Promise<void> {
  const text = perProduct({ mysql: 'SET SESSION information_schema_stats_expiry = 0', mariadb: 'DO 0' });
  await unlessRefused(connection, options, () => runCatalogueStatement(connection, { text }, options));
}

const estimateQuery = `
SELECT TABLE_ROWS
  FROM information_schema.TABLES
 WHERE ${isExactly('TABLE_SCHEMA')} AND ${isExactly('TABLE_NAME')}`;

const estimateRow = z.tuple([numberCell.nullable()]);

/** The estimate for one relation; null for a view. */
export async function estimateRows(
  connection: SqlConnection,
  relation: RelationRef,
  options: QueryOptions,
): Promise<number | null> {
  await renewStatistics(connection, options);
  const statement = { text: estimateQuery, values: exactValues(relation) };
  const [row] = await askRows(connection, statement, estimateRow, options);
  return estimateOf(row?.[0] ?? 0)?.value ?? null;
}

async function addPartitions(
  connection: SqlConnection,
  query: string,
  figures: FiguresByTable,
  options: QueryOptions,
): Promise<void> {
  for await (const rows of readList(connection, query, options)) {
    for (const row of rows) {
      const { schema, name, figure } = figureOf(row);
      figures.add(schema, name, row[2] ?? null, figure);
    }
  }
}

async function addKept(
  connection: SqlConnection,
  figures: FiguresByTable,
  options: QueryOptions,
): Promise<void> {
  for await (const rows of readList(connection, keptQuery, options)) {
    for (const row of rows) addKeptRow(row, figures);
  }
}

function addKeptRow([schema, file, rows]: Row, figures: FiguresByTable): void {
  const { schema: database, name, figure } = figureOf([schema ?? null, file ?? null, null, rows ?? null]);
  const partition = partitionFile.exec(name);
  figures.add(database, partition?.[1] ?? name, partition?.[2] ?? null, figure);
}

/** By hand: checking each of ten thousand rows with a schema takes longer than reading them does. */
function figureOf([schema, name, , rows]: Row): { schema: string; name: string; figure: number } {
  const figure = Number(rows ?? 0);
  if (typeof schema !== 'string' || typeof name !== 'string' || !Number.isFinite(figure)) {
    throw unknownDictionary(null);
  }
  return { schema, name, figure };
}
