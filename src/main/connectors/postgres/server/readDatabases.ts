import { z } from 'zod';
import { maxDatabases, type ServerDatabase } from '../../../../shared/model/databases.ts';
import { cleanText } from '../../../base/cleanText.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import { runCatalogueStatement, textCell } from '../../sql/askCatalogue.ts';
import { parseRows } from '../catalogue/resultRows.ts';

/** Without templates, which nobody works in, and without those whose removal was interrupted. */
const databasesQuery = `
SELECT d.datname, pg_catalog.pg_get_userbyid(d.datdba), pg_catalog.pg_encoding_to_char(d.encoding),
       pg_catalog.shobj_description(d.oid, 'pg_database')
  FROM pg_catalog.pg_database d
 WHERE d.datallowconn AND NOT d.datistemplate AND d.datconnlimit <> -2
   AND d.datname <> pg_catalog.current_database()
   AND pg_catalog.has_database_privilege(d.oid, 'CONNECT')
 ORDER BY d.datname
 LIMIT ${maxDatabases}`;

const databaseRow = z.tuple([textCell, textCell.nullable(), textCell.nullable(), textCell.nullable()]);

const cleaned = (text: string | null, maxLength: number): string | null =>
  text === null ? null : cleanText(text, maxLength);

/** The other databases that the role may connect to; `pg_hba.conf` may refuse it there all the same. */
export async function readDatabases(
  connection: SqlConnection,
  options: QueryOptions,
): Promise<readonly ServerDatabase[]> {
  const result = await runCatalogueStatement(connection, { text: databasesQuery }, options);
  return parseRows(result, databaseRow)
    .filter(([name]) => name !== '' && name.length <= 256)
    .map(([name, owner, encoding, comment]) => ({
      name,
      owner: cleaned(owner, 256),
      encoding: cleaned(encoding, 100),
      comment: cleaned(comment, 1_000),
    }));
}
