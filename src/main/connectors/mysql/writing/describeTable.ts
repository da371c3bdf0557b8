import { z } from 'zod';
import type { RelationRef } from '../../../../shared/model/schemaTree.ts';
import { AppError } from '../../../base/AppError.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import { textCell } from '../../sql/askCatalogue.ts';
import type { WritableColumn, WritableTable } from '../../TableWriter.ts';
import { askRows, flagCell } from '../catalogue/catalogueRows.ts';
import { exactValues, isExactly } from '../catalogue/catalogueSql.ts';
import { columnDefault } from '../catalogue/columnDefault.ts';
import { type DictionaryColumn, readColumns } from '../catalogue/describeColumns.ts';
import { keysOf, readIndexes } from '../catalogue/describeIndexes.ts';
import { mysqlTypes } from '../logicalTypes.ts';

const tableQuery = `
SELECT TABLE_TYPE, ENGINE,
       (SELECT TRANSACTIONS FROM information_schema.ENGINES AS e WHERE e.ENGINE = t.ENGINE)
  FROM information_schema.TABLES AS t
 WHERE ${isExactly('TABLE_SCHEMA')} AND ${isExactly('TABLE_NAME')}`;

const tableRow = z.tuple([textCell, textCell.nullable(), flagCell.nullable()]);

const tableTypes: ReadonlySet<string> = new Set(['BASE TABLE', 'SYSTEM VERSIONED']);

/** See `TableWriter.describe`. @throws UNSUPPORTED */
export async function describeTable(
  connection: SqlConnection,
  relation: RelationRef,
  options: QueryOptions,
): Promise<WritableTable | null> {
  const statement = { text: tableQuery, values: exactValues(relation) };
  const [table] = await askRows(connection, statement, tableRow, options);
  if (table === undefined) return null;
  const [type, engine, isTransactional] = table;
  if (!tableTypes.has(type)) throw notATable(relation);
  if (isTransactional !== true) throw withoutTransactions(relation, engine ?? 'none');
  const columns = await readColumns(connection, relation, options);
  const keys = keysOf(await readIndexes(connection, relation, options));
  return {
    relation,
    columns: columns.map(writableColumn),
    uniqueKeys: keys.map(({ parts }) => parts.flatMap(({ column }) => column ?? [])),
    isTemporary: false,
  };
}

function writableColumn(column: DictionaryColumn): WritableColumn {
  const { name, type, nullable, expression } = column;
  return {
    name,
    declared: type,
    type: mysqlTypes.logical(type),
    isNullable: nullable,
    hasDefault: columnDefault(column) !== null,
    isGenerated: expression !== null,
    isIdentityAlways: false,
  };
}

const notATable = ({ name }: RelationRef): AppError =>
  new AppError('UNSUPPORTED', {
    title: `Pipelines cannot write to “${name}”, which is not a table`,
    causes: ['It is a view or a sequence.'],
    fixes: ['Choose a table, or a name that is not taken.'],
  });

const withoutTransactions = ({ name }: RelationRef, engine: string): AppError =>
  new AppError('UNSUPPORTED', {
    title: `Pipelines cannot write to “${name}”, which has no transactions`,
    detail: `Its storage engine is ${engine}.`,
    causes: ['Rows that were written before a failure could not be taken back.'],
    fixes: ['Change the storage engine of the table (ALTER TABLE … ENGINE=InnoDB), or choose another table.'],
  });
