import { type FoundConnection, noAuthority, otherDatabase, type Product, readable } from './ForeignFile.ts';
import {
  addressOf,
  type Fields,
  type ForeignEngine,
  fieldsOf,
  jsonOf,
  listOf,
  partOf,
  textOf,
} from './foreignValues.ts';
import { withoutComments } from './withoutComments.ts';

const listKey = 'datasource.connections';

/** settings.json of Azure Data Studio. Its passwords are in the keychain of the other computer. */
export const azureDataStudio: Product = {
  label: 'Azure Data Studio',
  async read({ text }) {
    if (text === null || !text.includes(`"${listKey}"`)) return null;
    const connections = listOf(fieldsOf(await jsonOf(withoutComments(text))).get(listKey)).map(fieldsOf);
    return connections.length === 0 ? null : readable(connections.map(connectionOf));
  },
};

const engines: Readonly<Record<string, ForeignEngine>> = { PGSQL: 'postgres', MySQL: 'mysql' };

function connectionOf(connection: Fields): FoundConnection {
  const options = partOf(connection, 'options');
  const host = textOf(options, 'host') || textOf(options, 'server');
  const name = textOf(options, 'connectionName') || host;
  const engine = engines[textOf(connection, 'providerName')];
  if (engine === undefined) return { name, problem: otherDatabase };
  const tls = textOf(options, 'sslmode');
  return {
    name,
    address: addressOf({
      engine,
      user: textOf(options, 'user'),
      host,
      port: textOf(options, 'port'),
      database: textOf(options, 'dbname') || textOf(options, 'database'),
      settings: { [engine === 'postgres' ? 'sslmode' : 'ssl-mode']: tls },
    }),
    password: textOf(options, 'password') || null,
    lost: textOf(options, 'sslrootcert') === '' ? [] : [noAuthority],
  };
}
