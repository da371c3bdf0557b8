import { type NetworkSecretField, networkSecretFields } from '../../model/sshHops.ts';
import { type TlsSecretField, tlsSecretFields } from '../../model/tlsModes.ts';
import type { Engine } from '../Engine.ts';
import { networkNames } from '../networkForm.ts';
import { allHosts, hostListText, otherHostNames } from '../severalHosts.ts';
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
  endpoint: ({ host, port, socketPath, otherHosts = [], database, user, tls, network }) => ({
    place: socketPath === null ? { host, port } : { socketPath },
    otherPlaces: otherHosts,
    names: [
      { label: 'Database', value: database ?? '' },
      { label: 'User', value: user },
      ...networkNames(network),
      ...otherHostNames(otherHosts),
    ],
    tls: socketPath === null ? tls : null,
  }),
  addressText({ socketPath, database, ...hosts }) {
    const place = socketPath ?? hostListText(allHosts(hosts));
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
