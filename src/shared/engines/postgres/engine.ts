import { type NetworkSecretField, networkSecretFields } from '../../model/sshHops.ts';
import type { Engine } from '../Engine.ts';
import { hostAndPort } from '../hostText.ts';
import { networkNames } from '../networkForm.ts';
import type { PostgresConfig } from './config.ts';
import { type PostgresFieldKey, postgresForm } from './form.ts';
import { quote } from './quote.ts';

export const postgresEngine: Engine<PostgresConfig, 'password' | NetworkSecretField, PostgresFieldKey> = {
  label: 'PostgreSQL',
  capabilities: {
    sql: true,
    readOnly: true,
    pool: true,
    activity: true,
    write: true,
    requests: false,
    diagrams: true,
  },
  secretFields: ['password', ...networkSecretFields],
  endpoint: ({ host, port, database, user, tls, network }) => ({
    place: { host, port },
    names: [{ label: 'Database', value: database }, { label: 'User', value: user }, ...networkNames(network)],
    tls,
  }),
  addressText: ({ host, port, database }) => `${hostAndPort(host, port)}/${database}`,
  user: ({ user }) => user,
  defaultSchema: () => 'public',
  quote,
  quoteValue: (text) => `'${text.replaceAll("'", "''")}'`,
  form: postgresForm,
  resources: null,
};
