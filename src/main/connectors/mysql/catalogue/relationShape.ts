import type { SortKey } from '../../../../shared/model/results.ts';
import type { RelationRef } from '../../../../shared/model/schemaTree.ts';
import type { TableLink } from '../../../../shared/model/tableRows.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import { orderOf, type PageWords, type RelationShape } from '../../sql/pageSql.ts';
import { quoteName } from './catalogueSql.ts';
import { type DictionaryColumn, readPositions } from './describeColumns.ts';
import { readForeignKeys } from './describeConstraints.ts';
import { type Index, keysOf, readIndexes } from './describeIndexes.ts';

const wholeNumbers: ReadonlySet<string> = new Set([
  ...['tinyint', 'smallint', 'mediumint', 'int', 'integer', 'bigint', 'year'],
  ...['decimal', 'numeric'],
]);
const bytes: ReadonlySet<string> = new Set([
  ...['binary', 'varbinary', 'tinyblob', 'blob', 'mediumblob', 'longblob'],
]);
const geometries: ReadonlySet<string> = new Set([
  ...['geometry', 'point', 'linestring', 'polygon'],
  ...['multipoint', 'multilinestring', 'multipolygon', 'geometrycollection', 'geomcollection'],
]);
/** Of other types the text is rounded (FLOAT), is not what they are ordered by (ENUM, JSON), or is not a value (BIT). */
const exactTexts: ReadonlySet<string> = new Set([
  ...wholeNumbers,
  ...bytes,
  ...['char', 'varchar', 'tinytext', 'text', 'mediumtext', 'longtext'],
  ...['date', 'datetime', 'timestamp', 'time', 'uuid', 'inet4', 'inet6'],
]);

/** The first word of a type: `int(5) unsigned` is an `int`. */
const typeWord = (type: string): string => /^\w+/.exec(type)?.[0].toLowerCase() ?? '';

export const isGeometry = (type: string): boolean => geometries.has(typeWord(type));

/** A geometry as the server writes it, with its reference system where it has one: `SRID=4326;POINT(52.5 13.4)`. */
export const geometryText = (column: string): string =>
  `CONCAT(IF(ST_SRID(${column}) = 0, '', CONCAT('SRID=', ST_SRID(${column}), ';')), ST_AsText(${column}))`;

/** @param table where its keys are looked up: for a partition, its table */
export async function readShape(
  connection: SqlConnection,
  table: RelationRef,
  columns: readonly DictionaryColumn[],
  options: QueryOptions,
): Promise<RelationShape> {
  const key = keyOf(await readIndexes(connection, table, options), columns);
  return {
    columns: columns.map(({ name, type, nullable }) => ({ name, type, isNullable: nullable })),
    key: key.map((name) => columns.findIndex((column) => column.name === name)),
  };
}

/** Where the foreign keys of a table lead, with one more statement for all of their tables. */
export async function readLinks(
  connection: SqlConnection,
  table: RelationRef,
  columns: readonly DictionaryColumn[],
  options: QueryOptions,
): Promise<TableLink[]> {
  const foreignKeys = await readForeignKeys(connection, table, options);
  const positions = await readPositions(
    connection,
    foreignKeys.map(({ to }) => to),
    options,
  );
  return foreignKeys.flatMap(({ columns: pairs, to }) => {
    const here = pairs.map((pair) => columns.findIndex(({ name }) => name === pair.here));
    const there = pairs.map((pair) => positions(to, pair.there));
    return [...here, ...there].includes(-1) ? [] : [{ columns: here, relation: to, targetColumns: there }];
  });
}

/** The primary key, or else the unique one with the fewest columns, of which none can be NULL. */
function keyOf(indexes: readonly Index[], columns: readonly DictionaryColumn[]): readonly string[] {
  const filled = new Set(columns.filter(({ nullable }) => !nullable).map(({ name }) => name));
  const keys = keysOf(indexes)
    .filter(({ isValid }) => isValid)
    .map(({ parts }) => parts.map(({ column }) => column ?? ''))
    .filter((names) => names.every((name) => filled.has(name)));
  // The primary one is the first; sorting keeps the order among equals, but it wins over shorter ones as well.
  const [primary] = indexes[0]?.name === 'PRIMARY' ? keys : [];
  return primary ?? keys.toSorted((left, right) => left.length - right.length)[0] ?? [];
}

/** The columns of an order, if what the server prints of each is the value that it orders and compares it by. */
export function pageKey(shape: RelationShape, sort: readonly SortKey[]): readonly number[] | null {
  const order = orderOf(shape, sort).map(({ column }) => column);
  const isExact = order.every((column) => exactTexts.has(typeWord(shape.columns[column]?.type ?? '')));
  return shape.key.length > 0 && isExact ? order : null;
}

export const pageWords = ({ columns }: RelationShape): PageWords => ({
  column(index) {
    const { name, word } = namedType(columns[index]);
    // Compared as they are, they would differ from every text.
    if (geometries.has(word)) return geometryText(name);
    return word === 'json' ? `CAST(${name} AS CHAR)` : name;
  },
  value(index, text, bind) {
    const { word } = namedType(columns[index]);
    // A text would be compared as a floating-point number.
    if (wholeNumbers.has(word) && /^-?\d{1,65}(?:\.\d{1,40})?$/.test(text)) return text;
    const [, digits] = /^0x((?:[0-9a-f]{2})*)$/i.exec(text) ?? [];
    if (bytes.has(word) && digits !== undefined) return `UNHEX(${bind(digits)})`;
    // 0.1 is another number with the digits of a DOUBLE.
    return word === 'float' ? `CAST(${bind(text)} AS FLOAT)` : bind(text);
  },
  orderedBy: (column, isDescending, isNullable) =>
    `${isNullable ? `${column} IS NULL, ` : ''}${column}${isDescending ? ' DESC' : ''}`,
  isLike: (index, pattern) =>
    `CONVERT(${shownText(columns[index])} USING utf8mb4) LIKE ${pattern} ESCAPE '!'`,
});

/** A column as it is written in a statement, with the first word of its type. */
function namedType(column: RelationShape['columns'][number] | undefined) {
  return { name: quoteName(column?.name ?? ''), word: typeWord(column?.type ?? '') };
}

/** The text of a column as the window shows it. */
function shownText(column: RelationShape['columns'][number] | undefined): string {
  const { name, word } = namedType(column);
  if (bytes.has(word)) return `CONCAT('0x', HEX(${name}))`;
  if (geometries.has(word)) return geometryText(name);
  return word === 'bit' ? `${name} + 0` : name;
}
