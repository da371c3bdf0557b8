import { maxDatabaseNames } from '../../../shared/model/databaseNames.ts';
import { cleanText } from '../../base/cleanText.ts';
import type { QueryOptions, SqlConnection } from '../Connection.ts';
import { runCatalogueStatement } from './askCatalogue.ts';

/** The first column of a statement about the catalogue, as names. A name that cannot be shown as it is cannot be chosen. */
export async function listNames(
  connection: SqlConnection,
  text: string,
  options: QueryOptions,
): Promise<readonly string[]> {
  const { rows } = await runCatalogueStatement(
    connection,
    { text: `${text} LIMIT ${maxDatabaseNames}` },
    options,
  );
  return rows.flatMap(([name]) =>
    typeof name === 'string' && name !== '' && cleanText(name, 128) === name ? [name] : [],
  );
}
