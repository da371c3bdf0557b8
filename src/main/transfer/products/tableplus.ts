import type { DataSourceFields } from '../../../shared/model/dataSource.ts';
import { importInvalid, importNotOpened } from '../transferErrors.ts';
import { type FoundConnection, noSocket, otherDatabase, type Product, readable } from './ForeignFile.ts';
import { colorOf } from './foreignColor.ts';
import type { ForeignRoute } from './foreignRoute.ts';
import {
  addressOf,
  type Fields,
  type ForeignEngine,
  fieldsOf,
  isOn,
  jsonOf,
  listOf,
  socketSetting,
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
  async read({ bytes, text, beside }) {
    if (isRncryptor(bytes)) return { type: 'sealed', open: (passphrase) => opened(bytes, passphrase) };
    if (text === null || !text.includes('<key>ConnectionName</key>')) return null;
    const connections = await connectionsIn(text, await groupsIn(await beside(groupsFile)));
    return connections === null ? null : readable(connections);
  },
};

/** The names of groups by their ids, beside Connections.plist; an export has its connections within the groups. */
const groupsFile = 'ConnectionGroups.plist';
type Groups = ReadonlyMap<string, string>;

async function groupsIn(bytes: Buffer | null): Promise<Groups> {
  const content = bytes === null ? null : await plistOf(bytes.toString('utf8'));
  const groups = listOf(content).map(fieldsOf);
  return new Map(groups.map((group) => [textOf(group, 'ID'), textOf(group, 'Name')]));
}

async function opened(bytes: Buffer, passphrase: string): Promise<readonly FoundConnection[]> {
  const plaintext = await openRncryptor(bytes, passphrase);
  if (plaintext === null) throw importNotOpened();
  try {
    const connections = await connectionsIn(plaintext.toString('utf8'), new Map());
    if (connections === null) throw importInvalid('It does not hold the connections of TablePlus.');
    return connections;
  } finally {
    plaintext.fill(0);
  }
}

/** Null for something else. */
async function connectionsIn(text: string, groups: Groups): Promise<readonly FoundConnection[] | null> {
  const content = text.trimStart().startsWith('<') ? await plistOf(text) : await jsonOf(text);
  const entries = (Array.isArray(content) ? content : [content]).map(fieldsOf);
  const found = entries
    .flatMap((entry) => membersOf(entry, [], 0))
    .filter(({ fields }) => fields.has('Driver'));
  const named = (fields: Fields, folders: readonly string[]): readonly string[] =>
    folders.length > 0 ? folders : [groups.get(textOf(fields, 'GroupID')) ?? ''];
  return found.length === 0
    ? null
    : found.map(({ fields, folders }) => connectionOf(fields, named(fields, folders)));
}

interface Member {
  readonly fields: Fields;
  readonly folders: readonly string[];
}

const maxGroupDepth = 8;

/** A group has its connections, and may have groups, within it; both are spelled in more than one way. */
function membersOf(entry: Fields, folders: readonly string[], depth: number): readonly Member[] {
  const isGroup = entry.has('connections') || entry.has('Connections');
  if (!isGroup) return [{ fields: entry, folders }];
  if (depth >= maxGroupDepth) return [];
  const within = [...folders, textOf(entry, 'Name')];
  return ['connections', 'Connections', 'groups', 'Groups'].flatMap((key) =>
    listOf(entry.get(key))
      .map(fieldsOf)
      .flatMap((one) => membersOf(one, within, depth + 1)),
  );
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

/** Its numbers for TLS are the places in a menu, which each kind of database has of its own; empty: its own default. */
const tlsModes: Readonly<Record<string, readonly string[]>> = {
  PostgreSQL: ['', 'disable', 'require', '', 'verify-ca', 'verify-full'],
  MySQL: ['', 'DISABLED', 'REQUIRED', 'VERIFY_CA', 'VERIFY_IDENTITY'],
  MariaDB: ['', 'REQUIRED', 'VERIFY_IDENTITY'],
};

function connectionOf(fields: Fields, folders: readonly string[]): FoundConnection {
  const name = textOf(fields, 'ConnectionName');
  const engine = engines[textOf(fields, 'Driver')];
  if (engine === undefined) return { name, problem: otherDatabase };
  const [key = '', certificate = '', authority = ''] = listOf(fields.get('TlsKeyPaths')).map((path) =>
    typeof path === 'string' ? path : '',
  );
  return {
    name,
    address: addressIn(fields, engine),
    password: asksForPassword(fields) ? null : textOf(fields, 'DatabasePassword') || null,
    environment: environments[textOf(fields, 'Enviroment')] ?? 'none',
    color: colorOf(textOf(fields, 'statusColor')),
    folders,
    route: isOn(fields, 'isOverSSH') ? routeOf(fields) : undefined,
    tlsFiles: { authority, certificate, key },
    lost: lostOf(fields, engine),
  };
}

function addressIn(fields: Fields, engine: ForeignEngine): string {
  const tls = tlsModes[textOf(fields, 'Driver')]?.[Number(textOf(fields, 'tLSMode'))] ?? '';
  const isSocket = isOn(fields, 'isUseSocket');
  return addressOf({
    engine,
    user: textOf(fields, 'DatabaseUser'),
    host: textOf(fields, 'DatabaseHost') || (isSocket ? 'localhost' : ''),
    port: textOf(fields, 'DatabasePort'),
    database: textOf(fields, 'DatabaseName'),
    settings: {
      [engine === 'postgres' ? 'sslmode' : 'ssl-mode']: tls,
      ...(isSocket && socketSetting(engine, textOf(fields, 'DatabaseSocket'))),
    },
  });
}

function lostOf(fields: Fields, engine: ForeignEngine): string[] {
  const isCommand = textOf(fields, 'DatabasePasswordMode') === '3';
  return [
    ...(isOn(fields, 'isUseSocket') && engine !== 'mysql' ? [noSocket] : []),
    ...(textOf(fields, 'StartupCommands') === '' ? [] : ['Its start-up commands were not taken over.']),
    ...(isCommand ? ['Its command that gives the password was not taken over.'] : []),
  ];
}

/** `DatabasePasswordMode`: 0 in the keychain, 1 asked for each time, 2 none, 3 a command, which stands there instead. */
const asksForPassword = (fields: Fields): boolean =>
  !['', '0'].includes(textOf(fields, 'DatabasePasswordMode'));

/** A key may be named without its folder, which is `~/.ssh` then. */
function routeOf(fields: Fields): ForeignRoute {
  const isKey = isOn(fields, 'isUsePrivateKey');
  const keyName = textOf(fields, 'ServerPrivateKeyName').trim();
  const isBareName = /^[\w.-]+$/.test(keyName);
  return {
    type: 'ssh',
    hops: [
      {
        host: textOf(fields, 'ServerAddress'),
        port: textOf(fields, 'ServerPort'),
        user: textOf(fields, 'ServerUser'),
        auth: isKey ? 'key' : 'password',
        keyPath: isBareName ? `~/.ssh/${keyName}` : keyName,
        secret: textOf(fields, 'ServerPassword') || null,
      },
    ],
  };
}
