import { type NetworkSecretField, networkSecretFields } from '../../model/sshHops.ts';
import { type TlsSecretField, tlsSecretFields } from '../../model/tlsModes.ts';
import type { Engine } from '../Engine.ts';
import { hostAndPort } from '../hostText.ts';
import { networkNames } from '../networkForm.ts';
import type { MysqlConfig } from './config.ts';
import { type MysqlFieldKey, mysqlForm } from './form.ts';
import { quoteValue } from './quoteValue.ts';

type MysqlSecretField = 'password' | TlsSecretField | NetworkSecretField;

export const mysqlEngine: Engine<MysqlConfig, MysqlSecretField, MysqlFieldKey> = {
  label: 'MySQL / MariaDB',
  capabilities: {
    sql: true,
    readOnly: true,
    pool: true,
    activity: true,
    databases: false,
    serverSettings: true,
    write: true,
    requests: false,
    regexSearch: true,
    diagrams: true,
  },
  secretFields: ['password', ...tlsSecretFields, ...networkSecretFields],
  endpoint: ({ host, port, socketPath, database, user, tls, network }) => ({
    place: socketPath === null ? { host, port } : { socketPath },
    names: [
      { label: 'Database', value: database ?? '' },
      { label: 'User', value: user },
      ...networkNames(network),
    ],
    tls: socketPath === null ? tls : null,
  }),
  addressText({ host, port, socketPath, database }) {
    const place = socketPath ?? hostAndPort(host, port);
    return database === null ? place : `${place}/${database}`;
  },
  user: ({ user }) => user,
  defaultSchema: ({ database }) => database,
  inDatabase: null,
  // As the server itself writes every name, whether or not it has to be quoted.
  quote: (name) => `\`${name.replaceAll('`', '``')}\``,
  quoteValue,
  form: mysqlForm,
  resources: null,
};
