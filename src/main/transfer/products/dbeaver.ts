import { createDecipheriv } from 'node:crypto';
import type { DataSourceFields } from '../../../shared/model/dataSource.ts';
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
  engineNames,
  type Fields,
  fieldsOf,
  isOn,
  jsonOf,
  partOf,
  textOf,
  tlsSetting,
} from './foreignValues.ts';

/**
 * The key of DBeaver's LocalSecretEncryptor, the same in every copy of the program: AES-128-CBC, with the initialisation
 * vector in front. It hides passwords from a glance, and from nobody who looks.
 */
const publicKey = Buffer.from('babb4a9f774ab853c96c2d653dfe544a', 'hex');
const vectorBytes = 16;
const credentialsFile = 'credentials-config.json';

/** data-sources.json of DBeaver, in `General/.dbeaver` of its workspace, with the credentials that it keeps beside it. */
export const dbeaver: Product = {
  label: 'DBeaver',
  async read({ text, beside }) {
    if (text === null || !text.includes('"connections"')) return null;
    const connections = partOf(fieldsOf(await jsonOf(text)), 'connections');
    const found = [...connections].map(([id, value]) => ({ id, fields: fieldsOf(value) }));
    if (!found.some(({ fields }) => fields.has('provider') && fields.has('configuration'))) return null;
    const credentials = await credentialsOf(await beside(credentialsFile));
    return readable(found.map(({ id, fields }) => connectionOf(fields, partOf(credentials, id))));
  },
};

async function credentialsOf(bytes: Buffer | null): Promise<Fields> {
  if (bytes === null || bytes.length <= vectorBytes) return new Map();
  const plaintext = decrypted(bytes);
  if (plaintext === null) return new Map();
  try {
    return fieldsOf(await jsonOf(plaintext.toString('utf8')));
  } finally {
    plaintext.fill(0);
  }
}

/** Null for a file with a master password, or one that is damaged. */
function decrypted(bytes: Buffer): Buffer | null {
  const decipher = createDecipheriv('aes-128-cbc', publicKey, bytes.subarray(0, vectorBytes));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(vectorBytes)), decipher.final()]);
  } catch {
    return null;
  }
}

const environments: Readonly<Record<string, DataSourceFields['environment']>> = {
  dev: 'development',
  test: 'test',
  prod: 'production',
};

function connectionOf(fields: Fields, credentials: Fields): FoundConnection {
  const name = textOf(fields, 'name');
  const engine = engineNames[textOf(fields, 'provider')];
  if (engine === undefined) return { name, problem: otherDatabase };
  const configuration = partOf(fields, 'configuration');
  const handlers = partOf(configuration, 'handlers');
  const login = partOf(credentials, '#connection');
  const url = textOf(configuration, 'url');
  const host = textOf(configuration, 'host');
  const user = textOf(login, 'user') || textOf(configuration, 'user');
  return {
    name,
    address:
      host === '' && url !== ''
        ? url
        : addressOf({
            ...{ engine, user, host },
            port: textOf(configuration, 'port'),
            database: textOf(configuration, 'database'),
            settings: engine === 'postgres' ? postgresTls(handlers) : mysqlTls(handlers),
          }),
    user,
    password: textOf(login, 'password') || textOf(configuration, 'password') || null,
    isReadOnly: isOn(fields, 'read-only'),
    environment: environments[textOf(configuration, 'type')] ?? 'none',
    lost: lostOf(configuration, handlers),
  };
}

const enabled = (handlers: Fields, id: string): Fields | null => {
  const handler = partOf(handlers, id);
  return isOn(handler, 'enabled') ? partOf(handler, 'properties') : null;
};

function postgresTls(handlers: Fields): Record<string, string> {
  const properties = enabled(handlers, 'postgre_ssl');
  return properties === null ? {} : { sslmode: textOf(properties, 'sslMode') || 'require' };
}

function mysqlTls(handlers: Fields): Readonly<Record<string, string>> {
  const properties = enabled(handlers, 'mysql_ssl');
  if (properties === null) return {};
  return tlsSetting('mysql', isOn(properties, 'ssl.verify.server'));
}

function lostOf(configuration: Fields, handlers: Fields): string[] {
  const tls = enabled(handlers, 'postgre_ssl') ?? enabled(handlers, 'mysql_ssl') ?? new Map();
  const model = textOf(configuration, 'auth-model');
  const properties = partOf(configuration, 'properties');
  return [
    ...(enabled(handlers, 'ssh_tunnel') === null ? [] : [noTunnel]),
    ...(enabled(handlers, 'socks_proxy') === null ? [] : ['Its proxy was not taken over.']),
    ...(textOf(tls, 'ssl.client.cert') === '' ? [] : [noClientCertificate]),
    ...(textOf(tls, 'ssl.ca.cert') === '' ? [] : [noAuthority]),
    ...(model === '' || model === 'native' || model.endsWith('_native')
      ? []
      : ['Its way to log in was not taken over.']),
    ...(properties.size === 0 ? [] : ['Its driver properties were not taken over.']),
  ];
}
