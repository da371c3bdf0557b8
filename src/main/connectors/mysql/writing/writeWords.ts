import type { RelationRef } from '../../../../shared/model/schemaTree.ts';
import type { NewColumn, TargetColumn, WriteWords } from '../../TableWriter.ts';
import { perProduct, quoteName, quoteRelation } from '../catalogue/catalogueSql.ts';

/** Numbers the rows of a temporary table as they are loaded. */
const numberColumn = '_mooring_row';
const lastColumn = '_mooring_last';

/** What MySQL and MariaDB say to write to their tables. */
export const mysqlWriteWords: WriteWords = {
  isDdlTransactional: false,
  placeholder: () => '?',
  table: quoteRelation,
  createTable(table, columns, key) {
    const parts = columns.map((column) => columnText(column, key.includes(column.name)));
    if (key.length > 0) parts.push(`PRIMARY KEY (${list(key)})`);
    return `CREATE TABLE ${quoteRelation(table)} (\n  ${parts.join(',\n  ')}\n) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4`;
  },
  addColumn: (table, column) => `ALTER TABLE ${quoteRelation(table)} ADD COLUMN ${columnText(column, false)}`,
  changeType: (table, column) =>
    `ALTER TABLE ${quoteRelation(table)} MODIFY COLUMN ${columnText(column, false)}`,
  dropTable: (table) => `DROP TABLE IF EXISTS ${quoteRelation(table)}`,
  createStaging: (table, like) => `CREATE TABLE ${quoteRelation(table)} LIKE ${quoteRelation(like)}`,
  createKeys(table, like, columns) {
    const names = columns.map(({ name }) => name);
    return `CREATE TABLE ${quoteRelation(table)} (KEY (${list(names)})) ENGINE=InnoDB AS ${noRows(like, columns)}`;
  },
  temporary: ({ schema }, name) => ({ schema, name }),
  createTemporary(table, like, columns) {
    const name = quoteRelation(table);
    const number = `${quoteName(numberColumn)} BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY`;
    return [
      `DROP TEMPORARY TABLE IF EXISTS ${name}`,
      `CREATE TEMPORARY TABLE ${name} (${number}) ENGINE=InnoDB AS ${noRows(like, columns)}`,
    ];
  },
  deleteAll: (table) => `DELETE FROM ${quoteRelation(table)}`,
  insertFrom({ relation, columns }, from) {
    const names = list(columns.map(({ name }) => name));
    return `INSERT INTO ${quoteRelation(relation)} (${names}) SELECT ${names} FROM ${quoteRelation(from)}`;
  },
  upsertFrom,
  markMissing(table, keys, key, column) {
    const [to, from] = [quoteRelation(table), quoteRelation(keys)];
    const pairs = key.map((name) => `${from}.${quoteName(name)} = ${to}.${quoteName(name)}`).join(' AND ');
    return (
      `UPDATE ${to} SET ${quoteName(column)} = CURRENT_TIMESTAMP(6) WHERE ${quoteName(column)} IS NULL ` +
      `AND NOT EXISTS (SELECT 1 FROM ${from} WHERE ${pairs})`
    );
  },
  momentType: 'datetime(6)',
  textType: 'longtext',
  keyTextType: 'varchar(64) CHARACTER SET ascii COLLATE ascii_bin',
};

const list = (names: readonly string[]): string => names.map(quoteName).join(', ');

/** Texts of a key are compared by all of their letters and spaces, as other engines compare them. */
const exactly = `CHARACTER SET utf8mb4 ${perProduct({ mysql: 'COLLATE utf8mb4_0900_bin', mariadb: 'COLLATE utf8mb4_nopad_bin' })}`;

/** A text without a character set of its own; its type may have a collation, which knows no spaces at the end. */
const keyText = /^((?:(?:var)?char|\w*text)\b(?:\(\d+\))?)(?: collate \w+)?$/i;

/** NULL is said, because a TIMESTAMP without it may be NOT NULL; and a default, because it may get a changing one. */
function columnText({ name, declared, isNullable }: NewColumn, isKey: boolean): string {
  const [timestamp, digits = ''] = /^timestamp\b(\(\d\))?/i.exec(declared) ?? [];
  const fixed = timestamp !== undefined && !isNullable ? ` DEFAULT CURRENT_TIMESTAMP${digits}` : '';
  const type = isKey ? declared.replace(keyText, `$1 ${exactly}`) : declared;
  return `${quoteName(name)} ${type} ${isNullable ? 'NULL' : 'NOT NULL'}${fixed}`;
}

/** A SELECT that gives the columns with their types, each nullable because it is on the far side of a LEFT JOIN. */
function noRows(like: RelationRef, columns: readonly TargetColumn[]): string {
  const names = columns.map(({ name }) => `l.${quoteName(name)}`).join(', ');
  return `SELECT ${names} FROM (SELECT 1 AS one) AS o LEFT JOIN ${quoteRelation(like)} AS l ON 1 = 0 LIMIT 0`;
}

/**
 * The servers take any unique key for "the row is there": one that is there by another key than ours must not become our
 * row. Then a division by zero fails the statement, as the sql_mode of `prepare` says.
 */
function upsertFrom(
  { relation, columns }: Parameters<WriteWords['upsertFrom']>[0],
  from: RelationRef,
  key: readonly string[],
  cleared: readonly string[],
): string {
  const to = quoteRelation(relation);
  const names = columns.map(({ name }) => name);
  const isSame = key.map((name) => `${to}.${quoteName(name)} <=> q.${quoteName(name)}`).join(' AND ');
  const [first = ''] = key;
  const guarded = `${to}.${quoteName(first)} = IF(${isSame}, ${to}.${quoteName(first)}, 1 DIV (${isSame}))`;
  const set = [
    guarded,
    ...names
      .filter((name) => !key.includes(name))
      .map((name) => `${to}.${quoteName(name)} = q.${quoteName(name)}`),
    ...cleared.map((name) => `${to}.${quoteName(name)} = NULL`),
  ];
  const order = `PARTITION BY ${list(key)} ORDER BY ${quoteName(numberColumn)} DESC`;
  return (
    `INSERT INTO ${to} (${list(names)}) SELECT ${names.map((name) => `q.${quoteName(name)}`).join(', ')} ` +
    `FROM (SELECT ${list(names)}, ROW_NUMBER() OVER (${order}) AS ${lastColumn} FROM ${quoteRelation(from)}) AS q ` +
    `WHERE q.${lastColumn} = 1 ON DUPLICATE KEY UPDATE ${set.join(', ')}`
  );
}
