import { type FoundConnection, otherDatabase, type Product, readable } from './ForeignFile.ts';
import { colorOf } from './foreignColor.ts';
import type { ForeignRoute } from './foreignRoute.ts';
import { addressOf, type Fields, type ForeignEngine, isOn, textOf } from './foreignValues.ts';
import { heidisqlPassword } from './heidisqlPassword.ts';

const separator = '<|||>';
const root = 'Servers\\';

/**
 * A settings file of HeidiSQL (File, Export settings file; or portable_settings.txt): `path<|||>type<|||>value` a line,
 * with sessions below `Servers`, in folders or not. The names are those of apphelpers.pas.
 */
export const heidisql: Product = {
  label: 'HeidiSQL',
  async read({ text }) {
    if (text === null || !text.includes(separator)) return null;
    const sessions = [...sessionsIn(text)].filter(([, fields]) => fields.has('Host'));
    return sessions.length === 0 ? null : readable(sessions.map(connectionOf));
  },
};

/** The settings of each session by its path. */
function sessionsIn(text: string): ReadonlyMap<string, Fields> {
  const sessions = new Map<string, Map<string, string>>();
  for (const line of text.split(/\r?\n/)) {
    const [path = '', , value] = line.split(separator);
    const at = path.lastIndexOf('\\');
    if (!path.startsWith(root) || at < root.length || value === undefined) continue;
    const session = path.slice(root.length, at);
    const fields = sessions.get(session) ?? new Map<string, string>();
    fields.set(path.slice(at + 1), value);
    sessions.set(session, fields);
  }
  return sessions;
}

interface NetType {
  readonly engine: ForeignEngine;
  /** Whether it may go through an SSH server. Old versions had no switch beside this. */
  readonly isTunnel?: true;
  readonly isPipe?: true;
}

/** TNetType of dbstructures.pas, as far as Mooring knows the server. */
const netTypes: Readonly<Record<string, NetType>> = {
  '': { engine: 'mysql' },
  '0': { engine: 'mysql' },
  '1': { engine: 'mysql', isPipe: true },
  '2': { engine: 'mysql', isTunnel: true },
  '8': { engine: 'postgres' },
  '9': { engine: 'postgres', isTunnel: true },
  '16': { engine: 'mysql', isTunnel: true },
};

/** SSL_Verification: not at all, the authority, or the name of the host, too. */
const tlsModes: Readonly<Record<string, Readonly<Record<ForeignEngine, string>>>> = {
  '0': { postgres: 'require', mysql: 'REQUIRED' },
  '1': { postgres: 'verify-ca', mysql: 'VERIFY_CA' },
};
const strictest = { postgres: 'verify-full', mysql: 'VERIFY_IDENTITY' } as const;

function connectionOf([path, fields]: readonly [string, Fields]): FoundConnection {
  const names = path.split('\\');
  const name = names.pop() ?? '';
  const net = netTypes[textOf(fields, 'NetType')];
  if (net === undefined) return { name, problem: otherDatabase };
  if (net.isPipe) return { name, problem: 'It uses a named pipe of Windows: enter the server by hand' };
  const { engine } = net;
  const databases = textOf(fields, 'Databases').split(';');
  const tls = tlsModes[textOf(fields, 'SSL_Verification')]?.[engine] ?? strictest[engine];
  const password = heidisqlPassword(textOf(fields, 'Password'));
  const hasTunnel = fields.has('SSHtunnelActive') ? isOn(fields, 'SSHtunnelActive') : true;
  return {
    name,
    address: addressOf({
      engine,
      user: textOf(fields, 'User'),
      host: textOf(fields, 'Host'),
      port: textOf(fields, 'Port'),
      database: databases.length === 1 ? (databases[0] ?? '') : '',
      settings: isEncrypted(fields) ? { [engine === 'postgres' ? 'sslmode' : 'ssl-mode']: tls } : {},
    }),
    password,
    color: colorOf(hexColorOf(textOf(fields, 'TreeBackground'))),
    folders: names,
    route: net.isTunnel && hasTunnel ? routeOf(fields) : undefined,
    tlsFiles: {
      authority: textOf(fields, 'SSL_CA'),
      certificate: textOf(fields, 'SSL_Cert'),
      key: textOf(fields, 'SSL_Key'),
    },
    lost: lostOf(fields, databases.length, password),
  };
}

/** Old versions had no switch: a key was enough. */
const isEncrypted = (fields: Fields): boolean =>
  fields.has('SSL_Active') ? isOn(fields, 'SSL_Active') : textOf(fields, 'SSL_Key') !== '';

/** Its program for SSH is called with a password, a key, or with both of them: the password is the key's passphrase then. */
function routeOf(fields: Fields): ForeignRoute {
  const keyPath = textOf(fields, 'SSHtunnelPrivateKey');
  const password = heidisqlPassword(textOf(fields, 'SSHtunnelPassword'));
  return {
    type: 'ssh',
    hops: [
      {
        host: textOf(fields, 'SSHtunnelHost') || textOf(fields, 'Host'),
        port: textOf(fields, 'SSHtunnelHostPort'),
        user: textOf(fields, 'SSHtunnelUser'),
        auth: keyPath === '' ? 'password' : 'key',
        ...{ keyPath, secret: password },
      },
    ],
  };
}

/** A TColor of Windows, `BBGGRR` as a number; those above are none, or one of the system. */
function hexColorOf(text: string): string {
  const value = Number(text || -1);
  if (!Number.isInteger(value) || value < 0 || value > 0xff_ff_ff) return '';
  return `#${Buffer.from([value & 255, (value >> 8) & 255, value >> 16]).toString('hex')}`;
}

function lostOf(fields: Fields, databaseCount: number, password: string | null): string[] {
  return [
    ...(databaseCount > 1 ? ['Of its databases none was taken over.'] : []),
    ...(password === null && textOf(fields, 'Password').length > 1
      ? ['Its password could not be read and was not taken over.']
      : []),
    ...(isOn(fields, 'WindowsAuth') ? ['Its log-in with the account of Windows was not taken over.'] : []),
    ...(textOf(fields, 'StartupScriptFilename') === '' ? [] : ['Its start-up script was not taken over.']),
  ];
}
