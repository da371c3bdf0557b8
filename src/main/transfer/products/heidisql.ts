import {
  type FoundConnection,
  noAuthority,
  noTunnel,
  otherDatabase,
  type Product,
  readable,
} from './ForeignFile.ts';
import { addressOf, type Fields, type ForeignEngine, isOn, textOf, tlsSetting } from './foreignValues.ts';

const separator = '<|||>';
const root = 'Servers\\';

/**
 * A settings file of HeidiSQL (File, Export settings file; or portable_settings.txt): `path<|||>type<|||>value` a line,
 * with sessions below `Servers`, in folders or not.
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

/** TNetType in HeidiSQL's dbconnection.pas, as far as Mooring knows the server. */
const netTypes: Readonly<Record<string, { engine: ForeignEngine; isTunnelled?: boolean }>> = {
  '': { engine: 'mysql' },
  '0': { engine: 'mysql' },
  '2': { engine: 'mysql', isTunnelled: true },
  '8': { engine: 'postgres' },
  '9': { engine: 'postgres', isTunnelled: true },
  '16': { engine: 'mysql' },
};

function connectionOf([path, fields]: readonly [string, Fields]): FoundConnection {
  const name = path.slice(path.lastIndexOf('\\') + 1);
  const net = netTypes[textOf(fields, 'NetType')];
  if (net === undefined) return { name, problem: otherDatabase };
  const { engine, isTunnelled = false } = net;
  const databases = textOf(fields, 'Databases').split(';');
  const isEncrypted = isOn(fields, 'WantSSL');
  const password = passwordOf(textOf(fields, 'Password'));
  return {
    name,
    address: addressOf({
      engine,
      user: textOf(fields, 'User'),
      host: textOf(fields, 'Host'),
      port: textOf(fields, 'Port'),
      database: databases.length === 1 ? (databases[0] ?? '') : '',
      settings: isEncrypted ? tlsSetting(engine, false) : {},
    }),
    password,
    lost: [
      ...(isTunnelled ? [noTunnel] : []),
      ...(textOf(fields, 'SSL_CA') === '' ? [] : [noAuthority]),
      ...(databases.length > 1 ? ['Of its databases none was taken over.'] : []),
      ...(password === null && textOf(fields, 'Password').length > 1
        ? ['Its password was not taken over: it has characters that HeidiSQL writes in more than one way.']
        : []),
    ],
  };
}

/**
 * HeidiSQL's `encrypt`: each character as two hexadecimal digits, shifted by the last digit of the text. It hides
 * passwords from a glance only.
 */
function passwordOf(text: string): string | null {
  if (!/^(?:[0-9A-Fa-f]{2})+\d$/.test(text)) return null;
  const shift = Number(text.at(-1));
  const codes = [...Buffer.from(text.slice(0, -1), 'hex')].map((byte) => byte - shift);
  const isPlain = codes.every((code) => code >= 0x20 && code <= 0x7e);
  return isPlain ? String.fromCharCode(...codes) : null;
}
