import { type FoundConnection, lockedPassword, noSocket, otherDatabase } from './ForeignFile.ts';
import { colorOf } from './foreignColor.ts';
import type { ForeignHop, ForeignRoute } from './foreignRoute.ts';
import {
  addressOf,
  engineNames,
  type Fields,
  type FolderTree,
  type ForeignEngine,
  folderPath,
  isOn,
  socketSetting,
  textOf,
  tlsSetting,
} from './foreignValues.ts';
import type { OpenPassword } from './simpleEncryptor.ts';

/** What it calls others that are spoken to in the same way as one of ours. */
const alsoKnown: ReadonlyMap<string, ForeignEngine> = new Map([
  ['cockroachdb', 'postgres'],
  ['redshift', 'postgres'],
  ['greengage', 'postgres'],
  ['tidb', 'mysql'],
]);

/** A row of `saved_connection`. Columns that an old version does not have are empty. */
export async function beekeeperConnection(
  row: Fields,
  folders: FolderTree,
  open: OpenPassword,
): Promise<FoundConnection> {
  const name = textOf(row, 'name');
  const type = textOf(row, 'connectionType');
  const engine = engineNames.get(type) ?? alsoKnown.get(type);
  if (engine === undefined) return { name, problem: otherDatabase };
  const secrets = await secretsOf(row, open);
  const socket = isOn(row, 'socketPathEnabled') ? textOf(row, 'socketPath') : null;
  return {
    name,
    address: addressOf({
      engine,
      user: textOf(row, 'username'),
      host: socket === null ? textOf(row, 'host') : 'localhost',
      port: textOf(row, 'port'),
      database: textOf(row, 'defaultDatabase'),
      settings: {
        ...(isOn(row, 'ssl') && tlsSetting(engine, isOn(row, 'sslRejectUnauthorized'))),
        ...(socket !== null && socketSetting(engine, socket)),
      },
    }),
    password: secrets.values.get('password') ?? null,
    isReadOnly: isOn(row, 'readOnlyMode'),
    color: colorOf(textOf(row, 'labelColor')),
    folders: folderPath(textOf(row, 'connectionFolderId'), folders),
    route: isOn(row, 'sshEnabled') ? routeOf(row, secrets.values) : undefined,
    tlsFiles: {
      authority: textOf(row, 'sslCaFile'),
      certificate: textOf(row, 'sslCertFile'),
      key: textOf(row, 'sslKeyFile'),
    },
    lost: [
      ...(secrets.isLocked ? [lockedPassword] : []),
      ...(socket !== null && engine !== 'mysql' ? [noSocket] : []),
    ],
  };
}

const secretColumns = [
  ...['password', 'sshPassword', 'sshKeyfilePassword'],
  ...['sshBastionPassword', 'sshBastionKeyfilePassword'],
];

interface Secrets {
  readonly values: ReadonlyMap<string, string>;
  /** Whether one of them could not be opened. */
  readonly isLocked: boolean;
}

async function secretsOf(row: Fields, open: OpenPassword): Promise<Secrets> {
  const values = new Map<string, string>();
  let isLocked = false;
  for (const column of secretColumns) {
    const text = textOf(row, column);
    const value = text === '' ? null : await open(text);
    if (value !== null) values.set(column, value);
    isLocked ||= text !== '' && value === null;
  }
  return { values, isLocked };
}

/** Its “agent” is what `ssh` does by itself: the configuration, the agent, the usual keys. */
const modes: Readonly<Record<string, ForeignHop['auth']>> = {
  userpass: 'password',
  keyfile: 'key',
  agent: 'config',
};

function routeOf(row: Fields, secrets: ReadonlyMap<string, string>): ForeignRoute {
  const target = hopOf(row, 'ssh', secrets);
  if (textOf(row, 'sshBastionHost') === '') return { type: 'ssh', hops: [target] };
  // Before it had a log-in of its own, the server in front was logged in to like the other.
  const bastion = row.has('sshBastionMode')
    ? hopOf(row, 'sshBastion', secrets)
    : { ...target, host: textOf(row, 'sshBastionHost') };
  return { type: 'ssh', hops: [bastion, target] };
}

function hopOf(row: Fields, prefix: 'ssh' | 'sshBastion', secrets: ReadonlyMap<string, string>): ForeignHop {
  const auth = modes[textOf(row, `${prefix}Mode`)] ?? 'config';
  const secret = secrets.get(auth === 'password' ? `${prefix}Password` : `${prefix}KeyfilePassword`);
  return {
    host: textOf(row, `${prefix}Host`),
    port: textOf(row, prefix === 'ssh' ? 'sshPort' : 'sshBastionHostPort'),
    user: textOf(row, `${prefix}Username`),
    auth,
    keyPath: textOf(row, `${prefix}Keyfile`),
    secret: secret ?? null,
  };
}
