import { z } from 'zod';
import {
  type DatabaseSizes,
  maxDatabases,
  otherDatabaseSchema,
  type ServerDatabase,
} from '../../../../shared/model/databases.ts';
import { cleanText } from '../../../base/cleanText.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import { numberCell, runCatalogueStatement, textCell } from '../../sql/askCatalogue.ts';
import { refusalOfDatabase } from '../catalogue/databaseList.ts';
import { parseRows } from '../catalogue/resultRows.ts';

/** Without templates, which nobody works in. */
const databasesQuery = `
SELECT d.datname, pg_catalog.pg_get_userbyid(d.datdba), pg_catalog.pg_encoding_to_char(d.encoding),
       pg_catalog.shobj_description(d.oid, 'pg_database'), ${refusalOfDatabase}
  FROM pg_catalog.pg_database d
 WHERE NOT d.datistemplate AND d.datname <> pg_catalog.current_database()
 ORDER BY d.datname
 LIMIT ${maxDatabases}`;

const databaseRow = z.tuple([
  ...([textCell, textCell.nullable(), textCell.nullable(), textCell.nullable()] as const),
  otherDatabaseSchema.shape.refusal,
]);

const isListed = (name: string): boolean => name !== '' && name.length <= 256;

const cleaned = (text: string | null, maxLength: number): string | null =>
  text === null ? null : cleanText(text, maxLength);

/** The other databases, and why the role may not connect to some; `pg_hba.conf` may refuse it others. */
export async function readDatabases(
  connection: SqlConnection,
  options: QueryOptions,
): Promise<readonly ServerDatabase[]> {
  const result = await runCatalogueStatement(connection, { text: databasesQuery }, options);
  return parseRows(result, databaseRow)
    .filter(([name]) => isListed(name))
    .map(([name, owner, encoding, comment, refusal]) => ({
      name,
      owner: cleaned(owner, 256),
      encoding: cleaned(encoding, 100),
      comment: cleaned(comment, 1_000),
      refusal,
    }));
}

/** Other roles than those that may connect, and monitors, are refused the size of a database. */
const sizesQuery = `
SELECT d.datname, pg_catalog.pg_database_size(d.oid)
  FROM pg_catalog.pg_database d
 WHERE NOT d.datistemplate AND d.datname <> pg_catalog.current_database() AND ${refusalOfDatabase} IS NULL
 ORDER BY d.datname
 LIMIT ${maxDatabases}`;

const sizeRow = z.tuple([textCell, numberCell]);

/** The size of each of the other databases that the role may connect to; the server looks at all of their files. */
export async function readDatabaseSizes(
  connection: SqlConnection,
  options: QueryOptions,
): Promise<DatabaseSizes['sizes']> {
  const result = await runCatalogueStatement(connection, { text: sizesQuery }, options);
  return parseRows(result, sizeRow)
    .filter(([name]) => isListed(name))
    .map(([name, bytes]) => ({ name, bytes }));
}
