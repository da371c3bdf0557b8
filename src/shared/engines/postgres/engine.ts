import { type NetworkSecretField, networkSecretFields } from '../../model/sshHops.ts';
import { type TlsSecretField, tlsSecretFields } from '../../model/tlsModes.ts';
import type { Engine } from '../Engine.ts';
import { networkNames } from '../networkForm.ts';
import { otherHostNames } from '../severalHosts.ts';
import type { PostgresConfig } from './config.ts';
import { type PostgresFieldKey, postgresForm } from './form.ts';
import { hostsOf, placeOf, placesText } from './hosts.ts';
import { quote } from './quote.ts';

type PostgresSecretField = 'password' | TlsSecretField | NetworkSecretField;

export const postgresEngine: Engine<PostgresConfig, PostgresSecretField, PostgresFieldKey> = {
  label: 'PostgreSQL',
  capabilities: {
    sql: true,
    readOnly: true,
    pool: true,
    activity: true,
    databases: true,
    serverSettings: true,
    write: true,
    requests: false,
    regexSearch: true,
    diagrams: true,
  },
  secretFields: ['password', ...tlsSecretFields, ...networkSecretFields],
  endpoint: (config) => ({
    place: placeOf(config),
    otherPlaces: hostsOf(config).slice(1),
    names: [
      { label: 'Database', value: config.database },
      { label: 'User', value: config.user },
      ...networkNames(config.network),
      // Without it, somebody in between could pass the log-in on.
      ...(config.channelBinding === undefined
        ? []
        : [{ label: 'Channel binding', value: config.channelBinding }]),
      ...otherHostNames(hostsOf(config).slice(1)),
    ],
    tls: config.socketFolder === undefined ? config.tls : null,
  }),
  addressText: (config) => `${placesText(config)}/${config.database}`,
  user: ({ user }) => user,
  defaultSchema: () => 'public',
  inDatabase: (config, database) => ({ ...config, database }),
  quote,
  quoteValue: (text) => `'${text.replaceAll("'", "''")}'`,
  form: postgresForm,
  resources: null,
};
