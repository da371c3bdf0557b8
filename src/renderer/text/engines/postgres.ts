import type { PostgresNodeFactKey, PostgresServerFactKey } from '../../../shared/engines/postgres/facts.ts';
import type { PostgresLimitKey } from '../../../shared/engines/postgres/families.ts';
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
  nodeFacts: {
    owner: 'Owner',
    extension: 'Extension',
    schema: 'Schema',
    version: 'Version',
    availableVersion: 'Available version',
    table: 'Table',
    runs: 'Runs',
    function: 'Function',
    status: 'Status',
    policy: 'Policy',
    roles: 'Roles',
    using: 'Using',
    check: 'With check',
    language: 'Language',
    returns: 'Returns',
    volatility: 'Volatility',
    parallel: 'Parallel',
    security: 'Security',
    baseType: 'Type',
    default: 'Default',
    sequence: 'Values',
    lastValue: 'Last value',
    ownedBy: 'Owned by',
    partitionKey: 'Partitioned by',
    partitionOf: 'Partition of',
    inherits: 'Inherits',
    server: 'Server',
    wrapper: 'Foreign data wrapper',
    persistence: 'Persistence',
    rowSecurity: 'Row security',
    operations: 'Publishes',
    tablespace: 'Tablespace',
    options: 'Options',
    size: 'Total size',
    tableSize: 'Table',
    indexSize: 'Indexes',
    toastSize: 'TOAST',
    liveRows: 'Live rows',
    deadRows: 'Dead rows',
    lastVacuum: 'Last vacuum',
    lastAutovacuum: 'Last autovacuum',
    lastAnalyse: 'Last analyse',
    lastAutoanalyse: 'Last autoanalyse',
  },
  serverLimits: {
    sessionState:
      'The pooler lends a session for one transaction: temporary tables, SET, LISTEN, prepared statements and locks do not last.',
    perhapsSessionState:
      'A pooler is in between. Whether temporary tables and other session state last could not be found out.',
    timeLimits: 'The pooler or server does not take time limits: Mooring cancels what takes too long.',
    catalogue:
      'Tables and views are listed with columns and primary keys, and nothing else of the catalogue.',
    definitions: 'No definitions as SQL and no dependencies.',
    activity: 'No sessions and locks of the server.',
    estimates: 'No estimated numbers of rows.',
    writing: 'Pipelines can read from this server, but not write to it.',
  },
} satisfies EngineText<
  PostgresFieldKey,
  { tlsMode: TlsMode } & NetworkOptions,
  PostgresServerFactKey,
  PostgresNodeFactKey,
  PostgresLimitKey
>;
