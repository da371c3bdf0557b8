import { type FoundConnection, otherDatabase, type Product, readable } from './ForeignFile.ts';
import { colorOf } from './foreignColor.ts';
import {
  addressOf,
  type Fields,
  type FolderTree,
  type ForeignEngine,
  fieldsOf,
  folderPath,
  folderTree,
  jsonOf,
  listOf,
  partOf,
  textOf,
} from './foreignValues.ts';
import { withoutComments } from './withoutComments.ts';

const listKey = 'datasource.connections';
const groupsKey = 'datasource.connectionGroups';
/** The name of the group that all others are in. */
const rootGroup = 'ROOT';
const groupKeys = { id: 'id', name: 'name', parent: 'parentId' };

/** settings.json of Azure Data Studio. Its passwords are in the keychain of the other computer. */
export const azureDataStudio: Product = {
  label: 'Azure Data Studio',
  async read({ text }) {
    if (text === null || !text.includes(`"${listKey}"`)) return null;
    const settings = fieldsOf(await jsonOf(withoutComments(text)));
    const connections = listOf(settings.get(listKey)).map(fieldsOf);
    const groups = folderTree(listOf(settings.get(groupsKey)).map(fieldsOf), groupKeys);
    return connections.length === 0 ? null : readable(connections.map((one) => connectionOf(one, groups)));
  },
};

const engines: Readonly<Record<string, ForeignEngine>> = { PGSQL: 'postgres', MySQL: 'mysql' };

function connectionOf(connection: Fields, groups: FolderTree): FoundConnection {
  const options = partOf(connection, 'options');
  const host = textOf(options, 'host') || textOf(options, 'server');
  const name = textOf(options, 'connectionName') || host;
  const engine = engines[textOf(connection, 'providerName')];
  if (engine === undefined) return { name, problem: otherDatabase };
  const tls = textOf(options, 'sslmode');
  const groupId = textOf(connection, 'groupId');
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
    color: colorOf(textOf(groups.byId.get(groupId) ?? new Map(), 'color')),
    folders: folderPath(groupId, groups).filter((group) => group !== rootGroup),
    tlsFiles: {
      authority: textOf(options, 'sslrootcert'),
      certificate: textOf(options, 'sslcert'),
      key: textOf(options, 'sslkey'),
    },
  };
}
