import {
  type FoundConnection,
  lockedPassword,
  noTunnel,
  otherDatabase,
  type Product,
  readable,
} from './ForeignFile.ts';
import {
  addressOf,
  type Fields,
  type ForeignEngine,
  fieldsOf,
  isOn,
  jsonOf,
  textOf,
  tlsSetting,
} from './foreignValues.ts';

/** connections.jsonl of DbGate, in its data folder: one object in JSON a line. */
export const dbgate: Product = {
  label: 'DbGate',
  async read({ text }) {
    if (text === null || !text.includes('@dbgate-plugin-')) return null;
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    const found: Fields[] = [];
    for (const line of lines) found.push(fieldsOf(await jsonOf(line)));
    const connections = found.filter((fields) => fields.has('engine'));
    return connections.length === 0 ? null : readable(connections.map(connectionOf));
  },
};

const engines: Readonly<Record<string, ForeignEngine>> = {
  'postgres@dbgate-plugin-postgres': 'postgres',
  'mysql@dbgate-plugin-mysql': 'mysql',
  'mariadb@dbgate-plugin-mysql': 'mysql',
};

/** In front of a password that is encrypted with a key of the other installation. */
const lockedMark = 'crypt:';

function connectionOf(fields: Fields): FoundConnection {
  const name = textOf(fields, 'displayName') || textOf(fields, 'server');
  const engine = engines[textOf(fields, 'engine')];
  if (engine === undefined) return { name, problem: otherDatabase };
  const password = textOf(fields, 'password');
  const isLocked = password.startsWith(lockedMark);
  return {
    name,
    address: isOn(fields, 'useDatabaseUrl')
      ? textOf(fields, 'databaseUrl')
      : addressOf({
          engine,
          user: textOf(fields, 'user'),
          host: textOf(fields, 'server'),
          port: textOf(fields, 'port'),
          database: textOf(fields, 'defaultDatabase') || textOf(fields, 'database'),
          settings: isOn(fields, 'useSsl') ? tlsSetting(engine, isOn(fields, 'sslRejectUnauthorized')) : {},
        }),
    password: isLocked || password === '' ? null : password,
    isReadOnly: isOn(fields, 'isReadOnly'),
    lost: [...(isLocked ? [lockedPassword] : []), ...(isOn(fields, 'useSshTunnel') ? [noTunnel] : [])],
  };
}
