import type { DataSourceFields } from '../../../shared/model/dataSource.ts';
import { importInvalid, importNotOpened } from '../transferErrors.ts';
import {
  type FoundConnection,
  noAuthority,
  noClientCertificate,
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
  listOf,
  textOf,
} from './foreignValues.ts';
import { isRncryptor, openRncryptor } from './rncryptor.ts';
import { readXml, type XmlElement } from './xmlElements.ts';

/**
 * An export of TablePlus (`.tableplusconnection`), encrypted with a password and with the passwords in it, or its own
 * Connections.plist, without.
 */
export const tableplus: Product = {
  label: 'TablePlus',
  async read({ bytes, text }) {
    if (isRncryptor(bytes)) return { type: 'sealed', open: (passphrase) => opened(bytes, passphrase) };
    if (text === null || !text.includes('<key>ConnectionName</key>')) return null;
    const connections = await connectionsIn(text);
    return connections === null ? null : readable(connections);
  },
};

async function opened(bytes: Buffer, passphrase: string): Promise<readonly FoundConnection[]> {
  const plaintext = await openRncryptor(bytes, passphrase);
  if (plaintext === null) throw importNotOpened();
  try {
    const connections = await connectionsIn(plaintext.toString('utf8'));
    if (connections === null) throw importInvalid('It does not hold the connections of TablePlus.');
    return connections;
  } finally {
    plaintext.fill(0);
  }
}

/** Null for something else. */
async function connectionsIn(text: string): Promise<readonly FoundConnection[] | null> {
  const content = text.trimStart().startsWith('<') ? await plistOf(text) : await jsonOf(text);
  const entries = Array.isArray(content) ? content : [content];
  const found = entries
    .map(fieldsOf)
    // An export of all of them has groups.
    .flatMap((entry) => (entry.has('connections') ? listOf(entry.get('connections')).map(fieldsOf) : [entry]))
    .filter((entry) => entry.has('Driver'));
  return found.length === 0 ? null : found.map(connectionOf);
}

async function plistOf(text: string): Promise<unknown> {
  const root = await readXml(text);
  return root === null ? undefined : plistValue(root.children[0]);
}

/** A value of Apple's property lists; data and dates as their text. */
function plistValue(element: XmlElement | undefined): unknown {
  if (element === undefined) return undefined;
  const { name, children, text } = element;
  if (name === 'array') return children.map(plistValue);
  if (name === 'true' || name === 'false') return name === 'true';
  if (name !== 'dict') return text;
  // A key, and behind it its value.
  const entries = children.flatMap((child, at) =>
    child.name === 'key' ? [[child.text, plistValue(children[at + 1])] as const] : [],
  );
  return Object.fromEntries(entries.filter(([key]) => key !== '__proto__'));
}

const engines: Readonly<Record<string, ForeignEngine>> = {
  PostgreSQL: 'postgres',
  MySQL: 'mysql',
  MariaDB: 'mysql',
};

/** `Enviroment` is how TablePlus spells it. */
const environments: Readonly<Record<string, DataSourceFields['environment']>> = {
  development: 'development',
  testing: 'test',
  staging: 'staging',
  production: 'production',
};

/** Its numbers for TLS: preferred, disabled, required, and with a check of the authority or of the name, too. */
const tlsModes: Readonly<Record<string, readonly [postgres: string, mysql: string]>> = {
  '0': ['prefer', 'PREFERRED'],
  '1': ['disable', 'DISABLED'],
  '2': ['require', 'REQUIRED'],
  '3': ['verify-ca', 'VERIFY_CA'],
  '4': ['verify-full', 'VERIFY_IDENTITY'],
};

function connectionOf(fields: Fields): FoundConnection {
  const name = textOf(fields, 'ConnectionName');
  const engine = engines[textOf(fields, 'Driver')];
  if (engine === undefined) return { name, problem: otherDatabase };
  const [postgresTls = '', mysqlTls = ''] = tlsModes[textOf(fields, 'tLSMode')] ?? [];
  const files = listOf(fields.get('TlsKeyPaths')).map((path) => typeof path === 'string' && path !== '');
  return {
    name,
    address: addressOf({
      engine,
      user: textOf(fields, 'DatabaseUser'),
      host: textOf(fields, 'DatabaseHost'),
      port: textOf(fields, 'DatabasePort'),
      database: textOf(fields, 'DatabaseName'),
      settings: engine === 'postgres' ? { sslmode: postgresTls } : { 'ssl-mode': mysqlTls },
    }),
    password: textOf(fields, 'DatabasePassword') || null,
    environment: environments[textOf(fields, 'Enviroment')] ?? 'none',
    lost: [
      ...(isOn(fields, 'isOverSSH') ? [noTunnel] : []),
      ...(files[0] === true || files[1] === true ? [noClientCertificate] : []),
      ...(files[2] === true ? [noAuthority] : []),
    ],
  };
}
