import {
  type FoundConnection,
  lockedPassword,
  noSocket,
  otherDatabase,
  type Product,
  readable,
} from './ForeignFile.ts';
import { colorOf } from './foreignColor.ts';
import type { ForeignHop, ForeignRoute } from './foreignRoute.ts';
import {
  addressOf,
  type Fields,
  type ForeignEngine,
  fieldsOf,
  isOn,
  jsonOf,
  socketSetting,
  textOf,
  tlsSetting,
} from './foreignValues.ts';
import { type OpenPassword, passwordOpener } from './simpleEncryptor.ts';

/** From packages/api/src/utility/crypting.js of DbGate: what the key in `.key` is encrypted with. */
const publicKey = 'mQAUaXhavRGJDxDTXSCg7Ej0xMmGCrx6OKA07DIMBiDcYYkvkaXjTAzPUEHEHEf9';

/** connections.jsonl of DbGate, in its data folder: one object in JSON a line. */
export const dbgate: Product = {
  label: 'DbGate',
  async read({ text, beside }) {
    if (text === null || !text.includes('@dbgate-plugin-')) return null;
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    const found: Fields[] = [];
    for (const line of lines) found.push(fieldsOf(await jsonOf(line)));
    const connections = found.filter((fields) => fields.has('engine'));
    if (connections.length === 0) return null;
    const open = await passwordOpener(await beside('.key'), publicKey);
    return readable(await Promise.all(connections.map((fields) => connectionOf(fields, open))));
  },
};

interface KnownEngine {
  readonly engine: ForeignEngine;
  /** Where it is not the usual one of the engine. */
  readonly port?: string;
}

/** CockroachDB is spoken to in the same way as PostgreSQL, on a port of its own. */
const engines: Readonly<Record<string, KnownEngine>> = {
  'postgres@dbgate-plugin-postgres': { engine: 'postgres' },
  'cockroach@dbgate-plugin-postgres': { engine: 'postgres', port: '26257' },
  'redshift@dbgate-plugin-postgres': { engine: 'postgres', port: '5439' },
  'mysql@dbgate-plugin-mysql': { engine: 'mysql' },
  'mariadb@dbgate-plugin-mysql': { engine: 'mysql' },
};

/** In front of what is encrypted. */
const lockedMark = 'crypt:';

async function connectionOf(fields: Fields, open: OpenPassword): Promise<FoundConnection> {
  const name = textOf(fields, 'displayName') || textOf(fields, 'server');
  const known = engines[textOf(fields, 'engine')];
  if (known === undefined) return { name, problem: otherDatabase };
  const secrets = await secretsOf(fields, open);
  const hasLostSocket = textOf(fields, 'authType') === 'socket' && known.engine !== 'mysql';
  return {
    name,
    address: isOn(fields, 'useDatabaseUrl') ? textOf(fields, 'databaseUrl') : addressIn(fields, known),
    password: secrets.password,
    isReadOnly: isOn(fields, 'isReadOnly'),
    color: colorOf(textOf(fields, 'connectionColor')),
    folders: textOf(fields, 'parent').split('/'),
    route: isOn(fields, 'useSshTunnel') ? routeOf(fields, secrets) : undefined,
    tlsFiles: {
      authority: textOf(fields, 'sslCaFile'),
      certificate: textOf(fields, 'sslCertFile'),
      key: textOf(fields, 'sslKeyFile'),
    },
    lost: [...(secrets.isLocked ? [lockedPassword] : []), ...(hasLostSocket ? [noSocket] : [])],
  };
}

function addressIn(fields: Fields, { engine, port = '' }: KnownEngine): string {
  const isSocket = textOf(fields, 'authType') === 'socket';
  return addressOf({
    engine,
    user: textOf(fields, 'user'),
    host: isSocket ? 'localhost' : textOf(fields, 'server'),
    port: textOf(fields, 'port') || port,
    database: textOf(fields, 'defaultDatabase') || textOf(fields, 'database'),
    settings: {
      ...(isOn(fields, 'useSsl') && tlsSetting(engine, isOn(fields, 'sslRejectUnauthorized'))),
      ...(isSocket && socketSetting(engine, textOf(fields, 'socketPath'))),
    },
  });
}

interface Secrets {
  readonly password: string | null;
  readonly sshPassword: string | null;
  readonly sshKeyfilePassword: string | null;
  /** Whether one of them could not be opened. */
  readonly isLocked: boolean;
}

async function secretsOf(fields: Fields, open: OpenPassword): Promise<Secrets> {
  const openField = async (key: string): Promise<string | null> => {
    const text = textOf(fields, key);
    return text.startsWith(lockedMark) ? open(text.slice(lockedMark.length)) : text || null;
  };
  const keys = ['password', 'sshPassword', 'sshKeyfilePassword'] as const;
  const [password, sshPassword, sshKeyfilePassword] = await Promise.all([
    openField(keys[0]),
    openField(keys[1]),
    openField(keys[2]),
  ]);
  const opened = { password, sshPassword, sshKeyfilePassword };
  return { ...opened, isLocked: keys.some((key) => textOf(fields, key) !== '' && opened[key] === null) };
}

const modes: Readonly<Record<string, ForeignHop['auth']>> = { agent: 'agent', keyFile: 'key' };

/** DbGate logs in to the server in front of it with the same user, on the same port and in the same way. */
function routeOf(fields: Fields, { sshPassword, sshKeyfilePassword }: Secrets): ForeignRoute {
  const auth = modes[textOf(fields, 'sshMode')] ?? 'password';
  const target = {
    ...{ host: textOf(fields, 'sshHost'), port: textOf(fields, 'sshPort'), user: textOf(fields, 'sshLogin') },
    ...{ auth, keyPath: textOf(fields, 'sshKeyfile') },
    secret: auth === 'password' ? sshPassword : sshKeyfilePassword,
  };
  const bastion = textOf(fields, 'sshBastionHost');
  return { type: 'ssh', hops: bastion === '' ? [target] : [{ ...target, host: bastion }, target] };
}
