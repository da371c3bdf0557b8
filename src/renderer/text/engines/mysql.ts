import type { MysqlNodeFactKey, MysqlServerFactKey } from '../../../shared/engines/mysql/facts.ts';
import type { MysqlLimitKey } from '../../../shared/engines/mysql/families.ts';
import type { MysqlFieldKey, MysqlTransport } from '../../../shared/engines/mysql/form.ts';
import type { TargetSession } from '../../../shared/engines/mysql/hosts.ts';
import type { EngineText } from './EngineText.ts';
import { hostStages, hostsText } from './hostsText.ts';
import { type NetworkOptions, networkText, reachStages } from './networkText.ts';
import { type PasswordOptions, passwordText } from './passwordText.ts';
import { type TlsOptions, tlsText } from './tlsText.ts';

/** By the server's `lower_case_table_names`. */
const tableNames = new Map([
  ['0', 'Case-sensitive'],
  ['1', 'Not case-sensitive, stored in lower case'],
  ['2', 'Not case-sensitive, stored as written'],
]);

export const mysqlText = {
  card: {
    name: 'MySQL / MariaDB',
    message: 'Your own server: MySQL 8.0 or later, or MariaDB 10.6 or later.',
  },
  suggestedName({ database, transport, host }) {
    const server = transport === 'socket' ? 'this computer' : host;
    return database === '' ? server : `${database} on ${server}`;
  },
  connectionText: {
    placeholder: 'mysql://user:password@host:3306/database',
    hint: 'A URL, a JDBC or .NET string, a mysql command or a line from an .env file. The field is cleared once it has been read.',
  },
  fields: {
    transport: {
      label: 'Connect over',
      help: null,
      options: {
        tcp: { label: 'TCP/IP', help: null },
        socket: { label: 'Local socket', help: String.raw`On Windows a named pipe, such as \\.\pipe\MySQL.` },
      },
    },
    host: { label: 'Host', help: null },
    port: { label: 'Port', help: null },
    socketPath: { label: 'Socket', help: null, whenEmpty: '/run/mysqld/mysqld.sock' },
    database: { label: 'Database', help: null, whenEmpty: 'None' },
    ...hostsText,
    targetSession: {
      label: 'Kind of server',
      help: null,
      options: {
        any: { label: 'Any', help: 'The first host that lets you in.' },
        'read-write': { label: 'Read and write', help: 'Not a replica that is read-only.' },
        'read-only': { label: 'Read only', help: 'A server that takes no writes, such as a replica.' },
      },
    },
    user: { label: 'User', help: null },
    ...passwordText({
      label: 'Option file',
      help: 'The option file or the login paths of mysql. Add #name for one group or login path.',
      whenEmpty: '~/.mylogin.cnf, then ~/.my.cnf',
    }),
    ...tlsText,
    ...networkText,
    timeZone: {
      label: 'Time zone',
      help: 'A name such as Europe/Berlin, or an offset such as +02:00.',
      whenEmpty: 'As the server has it',
    },
    compression: { label: 'Compress traffic', help: 'For slow networks. Costs time on fast ones.' },
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
    greeting: 'Receive the greeting',
    tls: 'Encrypt the connection',
    auth: 'Log in',
    session: 'Set up the session',
    schema: 'Read the schema',
  }),
  serverFacts: {
    version: 'Version',
    database: 'Database',
    user: 'User',
    timeZone: 'Time zone',
    characterSet: 'Character set',
    collation: 'Collation',
    // With blanks, so that lines break between the words.
    sqlMode: { label: 'SQL mode', show: (modes) => modes.replaceAll(',', ', ') },
    storageEngine: 'Storage engine',
    lowerCaseTableNames: { label: 'Table names', show: (code) => tableNames.get(code) ?? code },
    maxAllowedPacket: 'Largest packet',
  },
  nodeFacts: {
    storageEngine: 'Storage engine',
    collation: 'Collation',
    rowFormat: 'Row format',
    dataSize: 'Data',
    indexSize: 'Indexes',
    autoIncrement: 'Next value',
    partitioning: 'Partitioned by',
    definer: 'Definer',
    sqlSecurity: 'SQL security',
    runs: 'Runs',
    status: 'Status',
    createdAt: 'Created',
  },
  serverLimits: {
    routines: 'No procedures, functions, triggers and events.',
    readOnly:
      'The server cannot make a session read-only. A read-only data source lets only statements through that begin like one that reads.',
    activity: 'No sessions and locks of the server.',
    foreignKeys: 'Foreign keys do not hold between shards.',
  },
} satisfies EngineText<
  MysqlFieldKey,
  TlsOptions & { transport: MysqlTransport; targetSession: TargetSession } & PasswordOptions & NetworkOptions,
  MysqlServerFactKey,
  MysqlNodeFactKey,
  MysqlLimitKey
>;
