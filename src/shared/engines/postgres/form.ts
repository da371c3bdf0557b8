import { trimmedText } from '../../model/visibleText.ts';
import { type EngineForm, numberOf } from '../form.ts';
import { type NetworkKey, networkOf, networkSection, networkValues } from '../networkForm.ts';
import { tlsFields, tlsOf, tlsValues } from '../tlsForm.ts';
import type { PostgresConfig } from './config.ts';

export type PostgresFieldKey =
  | 'host'
  | 'port'
  | 'database'
  | 'user'
  | 'password'
  | 'tlsMode'
  | 'caPem'
  | NetworkKey;

const newValues = { host: 'localhost', port: '5432', database: '', user: '', tlsMode: 'disable', caPem: '' };

export const postgresForm: EngineForm<PostgresConfig, PostgresFieldKey> = {
  sections: [
    {
      key: 'address',
      fields: [
        { key: 'host', widget: { type: 'text' }, path: 'host', isRequired: true, columns: 6 },
        { key: 'port', widget: { type: 'number' }, path: 'port', isRequired: true, columns: 2 },
        { key: 'database', widget: { type: 'text' }, path: 'database', isRequired: true, columns: 4 },
      ],
    },
    {
      key: 'authentication',
      fields: [
        { key: 'user', widget: { type: 'text' }, path: 'user', isRequired: true },
        { key: 'password', widget: { type: 'secret' }, path: 'password' },
      ],
    },
    { key: 'encryption', fields: tlsFields<PostgresFieldKey>() },
    networkSection<PostgresFieldKey>(),
  ],
  valuesOf(config) {
    if (config === null) return { ...newValues, password: '', ...networkValues(undefined) };
    const { host, port, database, user, tls, network } = config;
    const own = { host, port: String(port), database, user, password: '' };
    return { ...own, ...tlsValues(tls), ...networkValues(network) };
  },
  configOf(values) {
    return {
      host: trimmedText(values.host),
      port: numberOf(values.port),
      database: trimmedText(values.database),
      user: trimmedText(values.user),
      tls: tlsOf(values),
      ...networkOf(values),
    };
  },
};
