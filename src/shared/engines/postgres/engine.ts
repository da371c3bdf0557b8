import { type NetworkSecretField, networkSecretFields } from '../../model/sshHops.ts';
import { type TlsSecretField, tlsSecretFields } from '../../model/tlsModes.ts';
import type { Engine } from '../Engine.ts';
import { hostAndPort } from '../hostText.ts';
import { networkNames } from '../networkForm.ts';
import type { PostgresConfig } from './config.ts';
import { type PostgresFieldKey, postgresForm } from './form.ts';
import { quote } from './quote.ts';

type PostgresSecretField = 'password' | TlsSecretField | NetworkSecretField;

export const postgresEngine: Engine<PostgresConfig, PostgresSecretField, PostgresFieldKey> = {
  label: 'PostgreSQL',
  capabilities: { sql: true, readOnly: true, pool: true, activity: true, write: true, requests: false },
  secretFields: ['password', ...tlsSecretFields, ...networkSecretFields],
  endpoint: ({ host, port, database, user, tls, network, channelBinding }) => ({
    place: { host, port },
    names: [
      { label: 'Database', value: database },
      { label: 'User', value: user },
      ...networkNames(network),
      // Without it, somebody in between could pass the log-in on.
      ...(channelBinding === undefined ? [] : [{ label: 'Channel binding', value: channelBinding }]),
    ],
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
