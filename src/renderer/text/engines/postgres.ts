import type { PostgresNodeFactKey, PostgresServerFactKey } from '../../../shared/engines/postgres/facts.ts';
import type {
  ChannelBindingChoice,
  PostgresFieldKey,
  ServerNameChoice,
  TlsNegotiation,
} from '../../../shared/engines/postgres/form.ts';
import type { EngineText } from './EngineText.ts';
import { type NetworkOptions, networkText, reachStages } from './networkText.ts';
import { type TlsOptions, tlsText } from './tlsText.ts';

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
    channelBinding: {
      label: 'Channel binding',
      help: null,
      options: {
        prefer: { label: 'If offered', help: null },
        require: {
          label: 'Required',
          help: 'Nobody in between can pass the log-in on. Needs SCRAM-SHA-256.',
        },
        disable: { label: 'Off', help: 'For poolers and proxies that end the TLS connection.' },
      },
    },
    tlsNegotiation: {
      label: 'Negotiation',
      help: null,
      options: {
        request: { label: 'By request', help: null },
        direct: { label: 'Direct', help: 'TLS from the first byte. PostgreSQL 17 or later.' },
      },
    },
    sni: {
      label: 'Server name (SNI)',
      help: null,
      options: {
        sent: { label: 'Sent', help: null },
        none: { label: 'Not sent', help: 'Some hosts need the name to find the server.' },
      },
    },
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
} satisfies EngineText<
  PostgresFieldKey,
  TlsOptions & {
    channelBinding: ChannelBindingChoice;
    tlsNegotiation: TlsNegotiation;
    sni: ServerNameChoice;
  } & NetworkOptions,
  PostgresServerFactKey,
  PostgresNodeFactKey
>;
