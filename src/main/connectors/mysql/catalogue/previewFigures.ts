import { z } from 'zod';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import { numberCell, textCell } from '../../sql/askCatalogue.ts';
import { askRows } from './catalogueRows.ts';
import { isExactly, perProduct } from './catalogueSql.ts';
import { renewStatistics } from './tableFigures.ts';

/** What the dictionary says about one table or view. */
export interface PreviewFigures {
  readonly name: string;
  readonly isView: boolean;
  readonly columnCount: number;
  /** The storage engine's estimate; 0 where it has none. */
  readonly rows: number;
  /** Bytes. */
  readonly size: number;
}

/** A statement about some tables of a schema: what stands before their names, and after. */
interface Question {
  readonly before: string;
  readonly after: string;
}

const tablesQuestion: Question = {
  before: `
SELECT TABLE_NAME, TABLE_TYPE LIKE '%VIEW%', TABLE_ROWS, DATA_LENGTH
  FROM information_schema.TABLES
 WHERE ${isExactly('TABLE_SCHEMA')}`,
  after: '',
};

const tableRow = z.tuple([textCell, numberCell, numberCell.nullable(), numberCell.nullable()]);

/** By the bytes of the names: to MariaDB `orders` and `Orders` would be one group. */
const columnsQuestion: Question = {
  before: `
SELECT MIN(TABLE_NAME), COUNT(*)
  FROM information_schema.COLUMNS
 WHERE ${isExactly('TABLE_SCHEMA')}`,
  after: 'GROUP BY CAST(TABLE_NAME AS BINARY)',
};

const columnsRow = z.tuple([textCell, numberCell]);

/** The tables whose figures are wanted. */
export interface WantedFigures {
  readonly schema: string;
  readonly names: readonly string[];
  /** Looks each table up by itself, in one statement: what MariaDB needs to leave the others of the schema closed. */
  readonly isOneByOne: boolean;
}

/** The figures of these tables, in their order; without those that are gone meanwhile. */
export async function readPreviewFigures(
  connection: SqlConnection,
  wanted: WantedFigures,
  options: QueryOptions,
): Promise<PreviewFigures[]> {
  await renewStatistics(connection, options);
  const tables = await askRows(connection, asked(tablesQuestion, wanted), tableRow, options);
  const columns = await askRows(connection, asked(columnsQuestion, wanted), columnsRow, options);
  const tableOf = new Map(tables.map((row) => [row[0], row]));
  const columnCountOf = new Map(columns);
  return wanted.names.flatMap((name) => {
    const table = tableOf.get(name);
    if (table === undefined) return [];
    const [, isView, rows, size] = table;
    const columnCount = columnCountOf.get(name) ?? 0;
    return [{ name, isView: isView === 1, columnCount, rows: rows ?? 0, size: size ?? 0 }];
  });
}

/** MariaDB takes names in a list for the same that differ in case only, and then looks up one of them. */
const nameInList = perProduct({ mysql: 'TABLE_NAME', mariadb: 'CAST(TABLE_NAME AS BINARY)' });

function asked({ before, after }: Question, { schema, names, isOneByOne }: WantedFigures) {
  if (!isOneByOne) {
    const text = `${before} AND ${nameInList} IN (${names.map(() => '?').join(', ')}) ${after}`;
    return { text, values: [schema, schema, ...names] };
  }
  return {
    text: names.map(() => `${before} AND ${isExactly('TABLE_NAME')} ${after}`).join('\n UNION ALL'),
    values: names.flatMap((name) => [schema, schema, name, name]),
  };
}
