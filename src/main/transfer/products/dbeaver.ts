import { createDecipheriv } from 'node:crypto';
import type { DataSourceFields } from '../../../shared/model/dataSource.ts';
import { type Handler, handlersOf, remoteHostOf, routeOf, tlsFilesOf } from './dbeaverHandlers.ts';
import { type FoundConnection, otherDatabase, type Product, readable } from './ForeignFile.ts';
import { colorOf } from './foreignColor.ts';
import {
  addressOf,
  engineNames,
  type Fields,
  type ForeignEngine,
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
    const workspace = fieldsOf(await jsonOf(text));
    const found = [...partOf(workspace, 'connections')].map(([id, value]) => ({
      id,
      fields: fieldsOf(value),
    }));
    if (!found.some(({ fields }) => fields.has('provider') && fields.has('configuration'))) return null;
    const credentials = await credentialsOf(await beside(credentialsFile));
    return readable(found.map(({ id, fields }) => connectionOf(id, fields, { workspace, credentials })));
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

interface Surroundings {
  readonly workspace: Fields;
  readonly credentials: Fields;
}

function connectionOf(id: string, fields: Fields, { workspace, credentials }: Surroundings): FoundConnection {
  const name = textOf(fields, 'name');
  const engine = engineNames.get(textOf(fields, 'provider'));
  if (engine === undefined) return { name, problem: otherDatabase };
  const configuration = partOf(fields, 'configuration');
  const handlerOf = handlersOf(id, configuration, partOf(workspace, 'network-profiles'), credentials);
  const tls = handlerOf(engine === 'postgres' ? 'postgre_ssl' : 'mysql_ssl');
  // Where secrets are not in a file of their own, they stand beside the settings.
  const login = new Map([
    ...partOf(partOf(credentials, id), '#connection'),
    ...partOf(configuration, 'credentials'),
  ]);
  const host = remoteHostOf(handlerOf) || textOf(configuration, 'host');
  const [user, url] = [textOf(configuration, 'user') || textOf(login, 'user'), textOf(configuration, 'url')];
  return {
    name,
    address:
      host === '' && url !== ''
        ? url
        : addressOf({
            ...{ engine, user, host },
            port: textOf(configuration, 'port'),
            database: textOf(configuration, 'database'),
            settings: tls === null ? {} : tlsOf(engine, tls),
          }),
    user,
    ...(credentials.size === 0 && { usersFile: credentialsFile }),
    password: textOf(configuration, 'password') || textOf(login, 'password') || null,
    isReadOnly: isOn(fields, 'read-only'),
    environment: environmentOf(configuration, partOf(workspace, 'connection-types')),
    color: colorOf(textOf(configuration, 'color')),
    folders: textOf(fields, 'folder').split('/'),
    route: routeOf(handlerOf),
    tlsFiles: tlsFilesOf(tls),
    lost: lostOf(fields, configuration),
  };
}

/** By the types that DBeaver itself has. */
export const environmentOfType: ReadonlyMap<string, DataSourceFields['environment']> = new Map([
  ['dev', 'development'],
  ['test', 'test'],
  ['prod', 'production'],
]);

/** People name types of their own, such as “Staging (EU)”. */
function environmentOf(configuration: Fields, types: Fields): DataSourceFields['environment'] {
  const type = textOf(configuration, 'type');
  const known = environmentOfType.get(type);
  if (known !== undefined) return known;
  const name = textOf(partOf(types, type), 'name');
  if (/\bstag(?:e|ing)\b/i.test(name)) return 'staging';
  return /\bprod(?:uction)?\b/i.test(name) ? 'production' : 'none';
}

function tlsOf(engine: ForeignEngine, { properties }: Handler): Readonly<Record<string, string>> {
  if (engine === 'postgres') return { sslmode: textOf(properties, 'sslMode') || 'require' };
  return tlsSetting('mysql', isOn(properties, 'ssl.verify.server'));
}

function lostOf(fields: Fields, configuration: Fields): string[] {
  const model = textOf(configuration, 'auth-model');
  const isOwnLogin = model === '' || model === 'native' || model.endsWith('_native');
  const has = (key: string) => partOf(configuration, key).size > 0;
  return [
    ...(isOwnLogin ? [] : ['Its way to log in was not taken over.']),
    ...(has('properties') ? ['Its driver properties were not taken over.'] : []),
    ...(has('bootstrap') ? ['Its settings for new connections were not taken over.'] : []),
    ...(has('events') ? ['Its commands before and after connecting were not taken over.'] : []),
    ...(partOf(fields, 'security').size > 0 ? ['Its restrictions on editing were not taken over.'] : []),
  ];
}
