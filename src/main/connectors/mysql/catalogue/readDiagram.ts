import { z } from 'zod';
import type { Diagram, DiagramScope } from '../../../../shared/model/diagrams.ts';
import type { RelationRef } from '../../../../shared/model/schemaTree.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import { textCell } from '../../sql/askCatalogue.ts';
import { buildDiagram, type TableShape } from '../../sql/diagrams/buildDiagram.ts';
import { chooseTables, type ForeignKeyPair, tableKey } from '../../sql/diagrams/chooseTables.ts';
import { askRows, flagCell } from './catalogueRows.ts';
import { systemSchemaList } from './catalogueSql.ts';

/** Names are compared without regard to case and accents; what was not meant is left out of the answer. */
const tablesQuery = `
SELECT TABLE_SCHEMA, TABLE_NAME
  FROM information_schema.TABLES
 WHERE TABLE_SCHEMA = ? AND TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED')`;

/** A row for each pair of columns. */
const keysQuery = (condition: string): string => `
SELECT CONSTRAINT_NAME, TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME,
       REFERENCED_TABLE_SCHEMA, REFERENCED_TABLE_NAME, REFERENCED_COLUMN_NAME
  FROM information_schema.KEY_COLUMN_USAGE
 WHERE REFERENCED_TABLE_NAME IS NOT NULL AND ${condition}
 ORDER BY TABLE_SCHEMA, TABLE_NAME, CONSTRAINT_NAME, ORDINAL_POSITION`;

const schemaKeys = keysQuery('TABLE_SCHEMA = ?');
/** What a table of one schema has to do with those of others is not looked up by any name. */
const allKeys = keysQuery(`TABLE_SCHEMA NOT IN (${systemSchemaList})`);

const keyRow = z.tuple([textCell, textCell, textCell, textCell, textCell, textCell, textCell]);

/** A list of so many parameters. Servers open the tables of these names only. */
const listOf = (count: number): string => Array.from({ length: count }, () => '?').join(', ');

const columnsQuery = (count: number): string => `
SELECT TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE
  FROM information_schema.COLUMNS
 WHERE TABLE_SCHEMA = ? AND TABLE_NAME IN (${listOf(count)})
 ORDER BY TABLE_NAME, ORDINAL_POSITION`;

const columnRow = z.tuple([textCell, textCell, textCell, flagCell]);

/** A part of a key that is an expression has no column. */
const indexesQuery = (count: number): string => `
SELECT TABLE_NAME, INDEX_NAME, COLUMN_NAME
  FROM information_schema.STATISTICS
 WHERE TABLE_SCHEMA = ? AND TABLE_NAME IN (${listOf(count)}) AND NON_UNIQUE = 0
 ORDER BY TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX`;

const indexRow = z.tuple([textCell, textCell, textCell.nullable()]);

async function readTables(
  connection: SqlConnection,
  schema: string,
  options: QueryOptions,
): Promise<RelationRef[]> {
  const statement = { text: tablesQuery, values: [schema] };
  const rows = await askRows(connection, statement, z.tuple([textCell, textCell]), options);
  return rows.flatMap((row) => (row[0] === schema ? [{ schema, name: row[1] }] : []));
}

async function readKeys(
  connection: SqlConnection,
  { schema, table }: DiagramScope,
  options: QueryOptions,
): Promise<ForeignKeyPair[]> {
  const statement = table === null ? { text: schemaKeys, values: [schema] } : { text: allKeys };
  const rows = await askRows(connection, statement, keyRow, options);
  const found = new Map<string, ForeignKeyPair & { columns: string[]; targetColumns: string[] }>();
  for (const [name, fromSchema, from, column, toSchema, to, target] of rows) {
    if (table === null && fromSchema !== schema) continue;
    const referring = { schema: fromSchema, name: from };
    const key = `${tableKey(referring)}\0${name}`;
    const known = found.get(key) ?? {
      name,
      from: referring,
      to: { schema: toSchema, name: to },
      columns: [],
      targetColumns: [],
    };
    found.set(key, known);
    known.columns.push(column);
    known.targetColumns.push(target);
  }
  return [...found.values()];
}

interface FoundShape extends TableShape {
  readonly columns: { name: string; type: string; nullable: boolean }[];
  readonly indexes: Map<string, (string | null)[]>;
}

/** Columns and keys of tables of one schema. */
async function readShapes(
  connection: SqlConnection,
  schema: string,
  tables: readonly RelationRef[],
  options: QueryOptions,
): Promise<TableShape[]> {
  const values = [schema, ...tables.map(({ name }) => name)];
  const shapes = new Map(
    tables.map((table): [string, FoundShape] => [
      table.name,
      { table, columns: [], primaryKey: [], uniqueKeys: [], indexes: new Map() },
    ]),
  );
  const columns = { text: columnsQuery(tables.length), values };
  for (const [table, name, type, nullable] of await askRows(connection, columns, columnRow, options)) {
    shapes.get(table)?.columns.push({ name, type, nullable });
  }
  const indexes = { text: indexesQuery(tables.length), values };
  for (const [table, name, column] of await askRows(connection, indexes, indexRow, options)) {
    const known = shapes.get(table)?.indexes;
    known?.set(name, [...(known.get(name) ?? []), column]);
  }
  return [...shapes.values()].flatMap(({ indexes: found, ...shape }) => {
    if (shape.columns.length === 0) return [];
    const uniqueKeys = [...found].flatMap(([name, parts]) => {
      const names = parts.flatMap((part) => part ?? []);
      return names.length === parts.length ? [{ name, names }] : [];
    });
    return {
      ...shape,
      primaryKey: uniqueKeys.find(({ name }) => name === 'PRIMARY')?.names ?? [],
      uniqueKeys: uniqueKeys.map(({ names }) => names),
    };
  });
}

/** Tables of a schema, or near a table, with their foreign keys: a few statements, and two more for each schema. */
export async function readDiagram(
  connection: SqlConnection,
  scope: DiagramScope,
  options: QueryOptions,
): Promise<Diagram> {
  const keys = await readKeys(connection, scope, options);
  const chosen = chooseTables(scope, await readTables(connection, scope.schema, options), keys);
  const shapes: TableShape[] = [];
  for (const schema of new Set(chosen.tables.map((table) => table.schema))) {
    const tables = chosen.tables.filter((table) => table.schema === schema);
    shapes.push(...(await readShapes(connection, schema, tables, options)));
  }
  return buildDiagram(chosen, keys, shapes);
}
