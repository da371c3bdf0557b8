import type { PostgresNodeFactKey, PostgresServerFactKey } from '../../../shared/engines/postgres/facts.ts';
import type { PostgresFieldKey } from '../../../shared/engines/postgres/form.ts';
import type { TlsMode } from '../../../shared/model/tls.ts';
import type { EngineText } from './EngineText.ts';
import { type NetworkOptions, networkText, reachStages } from './networkText.ts';
import { tlsText } from './tlsText.ts';

export const postgresText = {
  card: {
    name: 'PostgreSQL',
    message: 'Your own server, version 12 or later, local or remote.',
  },
  suggestedName: ({ database, host }) => (database === '' ? host : `${database} on ${host}`),
  connectionText: {
    placeholder: 'postgresql://user:password@host:5432/database',
    hint: 'A URL, a JDBC or .NET string, a psql command or a line from an .env file. The field is cleared once it has been read.',
  },
  fields: {
    host: { label: 'Host', help: null },
    port: { label: 'Port', help: null },
    database: { label: 'Database', help: null },
    user: { label: 'User', help: null },
    password: { label: 'Password', help: null },
    ...tlsText,
    ...networkText,
  },
  unused: {},
  stages: (values) => ({
    ...reachStages(values, { dns: 'Look up the host', tcp: 'Reach the port' }),
    tls: 'Encrypt the connection',
    auth: 'Log in',
    database: 'Open the database',
    schema: 'Read the schema',
  }),
  serverFacts: {
    version: 'Version',
    database: 'Database',
    user: 'User',
    timeZone: 'Time zone',
    serverEncoding: 'Encoding',
    clientEncoding: 'Client encoding',
  },
  nodeFacts: { partitionKey: 'Partitioned by' },
} satisfies EngineText<
  PostgresFieldKey,
  { tlsMode: TlsMode } & NetworkOptions,
  PostgresServerFactKey,
  PostgresNodeFactKey
>;
