import type { PostgresNodeFactKey, PostgresServerFactKey } from '../../../shared/engines/postgres/facts.ts';
import type { PostgresLimitKey } from '../../../shared/engines/postgres/families.ts';
import type {
  ChannelBindingChoice,
  PostgresFieldKey,
  PostgresTransport,
  ServerNameChoice,
  TlsNegotiation,
} from '../../../shared/engines/postgres/form.ts';
import type { TargetSession } from '../../../shared/engines/postgres/hosts.ts';
import type { EngineText } from './EngineText.ts';
import { hostStages, hostsText } from './hostsText.ts';
import { type NetworkOptions, networkText, reachStages } from './networkText.ts';
import { type PasswordOptions, passwordText } from './passwordText.ts';
import { type TlsOptions, tlsText } from './tlsText.ts';

export const postgresText = {
  card: {
    name: 'PostgreSQL',
    message: 'Your own server, version 12 or later, local or remote.',
  },
  suggestedName({ database, transport, host }) {
    const server = transport === 'socket' ? 'this computer' : host;
    return database === '' ? server : `${database} on ${server}`;
  },
  connectionText: {
    placeholder: 'postgresql://user:password@host:5432/database',
    hint: 'A URL, a JDBC or .NET string, a psql command or a line from an .env file. The field is cleared once it has been read.',
  },
  fields: {
    transport: {
      label: 'Connect over',
      help: null,
      options: {
        tcp: { label: 'TCP/IP', help: null },
        socket: { label: 'Local socket', help: null },
      },
    },
    host: { label: 'Host', help: null },
    port: { label: 'Port', help: null },
    socketFolder: { label: 'Socket folder', help: null, whenEmpty: '/var/run/postgresql' },
    database: { label: 'Database', help: null },
    ...hostsText,
    targetSession: {
      label: 'Kind of server',
      help: null,
      options: {
        any: { label: 'Any', help: 'The first host that lets you in.' },
        'read-write': { label: 'Read and write', help: 'Not a standby, and not read-only by default.' },
        'read-only': { label: 'Read only', help: 'A standby, or a server that is read-only by default.' },
        primary: { label: 'Primary', help: null },
        standby: { label: 'Standby', help: null },
        'prefer-standby': { label: 'Standby if possible', help: 'Any other host if none is a standby.' },
      },
    },
    user: { label: 'User', help: null },
    ...passwordText({
      label: '.pgpass',
      help: 'The password file of psql. Only you may be able to read it.',
      whenEmpty: '~/.pgpass',
    }),
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
  unused: {
    encryption: 'A local socket does not leave this computer and needs no encryption.',
    network: 'A local socket is on this computer and is reached directly.',
  },
  stages: (values) => ({
    ...hostStages(values),
    ...(values.transport === 'socket'
      ? { socket: 'Open the socket' }
      : reachStages(values, { dns: 'Look up the host', tcp: 'Reach the port' })),
    tls: 'Encrypt the connection',
    auth: 'Log in',
    database: 'Open the database',
    schema: 'Read the schema',
  }),
  serverFacts: {
    version: 'Version',
    reached: 'Connected to',
    database: 'Database',
    user: 'User',
    timeZone: 'Time zone',
    serverEncoding: 'Encoding',
    clientEncoding: 'Client encoding',
  },
  nodeFacts: {
    attributes: 'Attributes',
    connectionLimit: 'Connection limit',
    validUntil: 'Password valid until',
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
    spreadReads:
      'Where Pgpool-II balances load, a standby may answer SELECT: what was written a moment ago may be missing, and sessions and locks are those of one server.',
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
  TlsOptions & {
    transport: PostgresTransport;
    targetSession: TargetSession;
    channelBinding: ChannelBindingChoice;
    tlsNegotiation: TlsNegotiation;
    sni: ServerNameChoice;
  } & PasswordOptions &
    NetworkOptions,
  PostgresServerFactKey,
  PostgresNodeFactKey,
  PostgresLimitKey
>;
