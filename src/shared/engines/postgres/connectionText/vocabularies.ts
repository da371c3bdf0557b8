import type { VocabularyRow } from '../../../connectionText/vocabulary.ts';
import { vocabularyOf } from '../../../connectionText/vocabulary.ts';
import {
  addressRows,
  applicationRows,
  type CommonParameter,
  checkedWhenFalse,
  is,
  milliseconds,
  modeDecides,
  noFiles,
  notSupported,
  ownPool,
  seconds,
  setByMooring,
  tlsSwitch,
  variableName,
  without,
} from '../../../connectionText/vocabularyRows.ts';

/** What a connection text can say about a PostgreSQL connection, whatever its spelling calls it. */
export type PostgresParameter =
  | CommonParameter
  | 'hostAddress'
  | 'targetSession'
  | 'balanceHosts'
  /** Of `pg_service.conf`. */
  | 'service'
  | 'channelBinding'
  | 'tlsNegotiation'
  /** `0`: the name of the host is not sent in the TLS handshake. */
  | 'sni'
  | 'gssEncryption';

type Row = VocabularyRow<PostgresParameter>;

const lowerCase = (name: string) => name.toLowerCase();

/** pgjdbc asks whether a server is a standby, by whatever name. */
const jdbcServerType = {
  parameter: 'targetSession',
  words: {
    master: 'primary',
    slave: 'standby',
    secondary: 'standby',
    preferslave: 'prefer-standby',
    prefersecondary: 'prefer-standby',
  },
} as const;

const balanceWords = { parameter: 'balanceHosts', words: { true: 'random', false: 'disable' } } as const;

const requireSsl = { parameter: 'tlsMode', words: { 1: 'require', 0: 'prefer' } } as const;

/** What libpq takes, and so psql and everything built on it. Source: PostgreSQL 18, "Parameter Key Words". */
const libpqRows: readonly Row[] = [
  ...addressRows,
  ['hostaddr', is('hostAddress')],
  ['sslmode', is('tlsMode')],
  ['requiressl', requireSsl],
  ['sslrootcert', is('authority')],
  ['target_session_attrs', is('targetSession')],
  ['load_balance_hosts', is('balanceHosts')],
  ['service', is('service')],
  ['channel_binding', is('channelBinding')],
  ['gssencmode', is('gssEncryption')],
  ['connect_timeout', seconds('connectMs')],
  ['sslcert', is('clientCertificate')],
  ['sslkey', is('clientKey')],
  ['sslpassword', is('clientKeyPassword')],
  ['ssl_min_protocol_version', is('tlsVersions')],
  ['sslnegotiation', is('tlsNegotiation')],
  ['sslsni', is('sni')],
  ...without(noFiles, 'passfile, servicefile, sslcrl, sslcrldir, sslkeylogfile'),
  ...without(setByMooring, 'application_name, fallback_application_name, client_encoding, replication'),
  ...without(notSupported, 'options, sslcompression'),
  ...without(notSupported, 'sslcertmode, ssl_max_protocol_version, require_auth'),
  ...without(notSupported, 'min_protocol_version, max_protocol_version, requirepeer, krbsrvname, gsslib'),
  ...without(
    notSupported,
    'gssdelegation, scram_client_key, scram_server_key, oauth_issuer, oauth_client_id',
  ),
  ...without(notSupported, 'oauth_client_secret, oauth_scope, keepalives, keepalives_idle'),
  ...without(notSupported, 'keepalives_interval, keepalives_count, tcp_user_timeout'),
];

const keywordRows: readonly Row[] = [
  ...libpqRows,
  // psycopg and node-postgres take these as well.
  ['database', is('database')],
  ['username', is('user')],
];

export const keywordVocabulary = vocabularyOf<PostgresParameter>(lowerCase, keywordRows);

/** URLs of libpq, with what Prisma, Rails, Ecto, SQLAlchemy, asyncpg and node-postgres add. */
export const urlVocabulary = vocabularyOf<PostgresParameter>(lowerCase, [
  ...keywordRows,
  ['ssl', tlsSwitch],
  ['sslaccept', { parameter: 'certificateCheck', words: { strict: 'yes', accept_invalid_certs: 'no' } }],
  ['statement_timeout', milliseconds('queryMs')],
  ['command_timeout', seconds('queryMs')],
  ['idle_in_transaction_session_timeout', milliseconds('idleInTransactionMs')],
  ['connectTimeout', seconds('connectMs')],
  ['pool', is('poolMax')],
  ['pool_size', is('poolMax')],
  ['connection_limit', is('poolMax')],
  ['pool_timeout', seconds('acquireMs')],
  ['checkout_timeout', seconds('acquireMs')],
  ['sslidentity', is('clientIdentity')],
  ...without(setByMooring, 'ApplicationName, encoding'),
  ...without(ownPool, 'pgbouncer, max_overflow, pool_recycle, pool_pre_ping, idle_timeout'),
  ...without(ownPool, 'statement_cache_size, prepared_statement_cache_size, prepared_statements'),
  ...without(notSupported, 'schema, search_path, schema_search_path, currentSchema, socket_timeout'),
  ...without(notSupported, 'query_timeout, lock_timeout, uselibpqcompat, binary, timezone, server_settings'),
]);

/** pgjdbc's properties. Source: pgjdbc 42.7, `PGProperty`. */
export const jdbcVocabulary = vocabularyOf<PostgresParameter>(lowerCase, [
  ['PGHOST', is('host')],
  ['PGPORT', is('port')],
  ['PGDBNAME', is('database')],
  ['user', is('user')],
  ['password', is('password')],
  ['ssl', tlsSwitch],
  ['sslmode', is('tlsMode')],
  ['sslrootcert', is('authority')],
  ['sslcert', is('clientCertificate')],
  ['sslkey', is('clientKey')],
  ['sslpassword', is('clientKeyPassword')],
  ['channelBinding', is('channelBinding')],
  ['sslNegotiation', is('tlsNegotiation')],
  ['targetServerType', jdbcServerType],
  ['loadBalanceHosts', balanceWords],
  ['gssEncMode', is('gssEncryption')],
  ['readOnly', is('readOnly')],
  ['connectTimeout', seconds('connectMs')],
  ['loginTimeout', seconds('loginMs')],
  ...without(modeDecides, 'sslpasswordcallback, pemKeyAlgorithm'),
  ...without(modeDecides, 'sslfactory, sslfactoryarg, sslhostnameverifier'),
  ...without(noFiles, 'service, loggerFile'),
  ...without(setByMooring, 'ApplicationName, assumeMinServerVersion, replication, stringtype, autosave'),
  ...without(ownPool, 'prepareThreshold, preparedStatementCacheQueries, preparedStatementCacheSizeMiB'),
  ...without(ownPool, 'defaultRowFetchSize, adaptiveFetch, adaptiveFetchMinimum, adaptiveFetchMaximum'),
  ...without(ownPool, 'binaryTransfer, binaryTransferEnable, binaryTransferDisable, maxResultBuffer'),
  ...without(ownPool, 'reWriteBatchedInserts, databaseMetadataCacheFields, databaseMetadataCacheFieldsMiB'),
  ...without(notSupported, 'socketTimeout, cancelSignalTimeout, sslResponseTimeout, gssResponseTimeout'),
  ...without(
    notSupported,
    'queryTimeout, tcpKeepAlive, tcpNoDelay, sendBufferSize, receiveBufferSize, options',
  ),
  ...without(notSupported, 'hostRecheckSeconds, currentSchema'),
  ...without(notSupported, 'socketFactory, socketFactoryArg, localSocketAddress, requireAuth'),
  ...without(notSupported, 'kerberosServerName, jaasApplicationName, jaasLogin, gsslib, sspiServiceClass'),
  ...without(notSupported, 'useSpnego, authenticationPluginClassName, preferQueryMode, protocolVersion'),
  ...without(notSupported, 'readOnlyMode, cleanupSavepoints, allowEncodingChanges, disableColumnSanitiser'),
  ...without(notSupported, 'escapeSyntaxCallMode, groupStartupParameters, hideUnprivilegedObjects'),
  ...without(notSupported, 'loggerLevel, logServerErrorDetail, logUnclosedConnections, unknownLength'),
  ...without(notSupported, 'quoteReturningIdentifiers, xmlFactoryFactory, maxSendBufferSize'),
]);

/** Npgsql's keywords, which may stand without their blanks. Source: Npgsql 9, "Connection String Parameters". */
export const dotnetVocabulary = vocabularyOf<PostgresParameter>(
  (name) => name.replaceAll(' ', '').toLowerCase(),
  [
    ['Host', is('host')],
    ['Server', is('host')],
    ['Port', is('port')],
    ['Database', is('database')],
    ['DB', is('database')],
    ['Username', is('user')],
    ['User Id', is('user')],
    ['UID', is('user')],
    ['User', is('user')],
    ['Password', is('password')],
    ['PSW', is('password')],
    ['PWD', is('password')],
    ['SSL Mode', is('tlsMode')],
    ['SSL', tlsSwitch],
    ['Root Certificate', is('authority')],
    ['Trust Server Certificate', checkedWhenFalse],
    ['Target Session Attributes', is('targetSession')],
    ['Load Balance Hosts', balanceWords],
    ['Channel Binding', is('channelBinding')],
    ['GSS Encryption Mode', is('gssEncryption')],
    ['Timeout', seconds('connectMs')],
    ['Command Timeout', seconds('queryMs')],
    ['Minimum Pool Size', is('poolMin')],
    ['MinPoolSize', is('poolMin')],
    ['Maximum Pool Size', is('poolMax')],
    ['MaxPoolSize', is('poolMax')],
    ['Connection Idle Lifetime', seconds('idleMs')],
    ['SSL Certificate', is('clientCertificate')],
    ['SSL Key', is('clientKey')],
    ['SSL Password', is('clientKeyPassword')],
    ['SSL Negotiation', is('tlsNegotiation')],
    ...without('revocation lists are not read', 'Check Certificate Revocation'),
    ...without(noFiles, 'Passfile'),
    ...without(setByMooring, 'Application Name, Client Encoding, Encoding, Persist Security Info, Driver'),
    ...without(setByMooring, 'Replication Mode'),
    ...without(ownPool, 'Pooling, Connection Pruning Interval, Connection Lifetime, Load Balance Timeout'),
    ...without(ownPool, 'Max Auto Prepare, Auto Prepare Min Usages, No Reset On Close, Multiplexing, Enlist'),
    ...without(ownPool, 'Write Coalescing Buffer Threshold Bytes, Load Table Composites'),
    ...without(ownPool, 'Read Buffer Size, Write Buffer Size'),
    ...without(notSupported, 'Search Path, Timezone, Options, Require Auth'),
    ...without(notSupported, 'Internal Command Timeout, Cancellation Timeout'),
    ...without(notSupported, 'Host Recheck Seconds, Keepalive, Tcp Keepalive'),
    ...without(notSupported, 'Tcp Keepalive Time, Tcp Keepalive Interval, Socket Receive Buffer Size'),
    ...without(notSupported, 'Socket Send Buffer Size, Kerberos Service Name, Include Realm'),
    ...without(notSupported, 'Integrated Security, Include Error Detail, Include Error Details'),
    ...without(notSupported, 'Log Parameters, Include Failed Batched Command, Server Compatibility Mode'),
    ...without(notSupported, 'Array Nullability Mode, Convert Infinity DateTime, Use Perf Counters'),
    ...without(notSupported, 'EF Template Database, EF Admin Database'),
  ],
);

/**
 * libpq's environment variables, and those of the official container image. Source: PostgreSQL 18, "Environment
 * Variables".
 */
export const environmentVocabulary = vocabularyOf<PostgresParameter>(variableName, [
  ['PGHOST', is('host')],
  ['PGHOSTADDR', is('hostAddress')],
  ['PGPORT', is('port')],
  ['PGDATABASE', is('database')],
  ['PGUSER', is('user')],
  ['PGPASSWORD', is('password')],
  ['PGSSLMODE', is('tlsMode')],
  ['PGREQUIRESSL', requireSsl],
  ['PGSSLROOTCERT', is('authority')],
  ['PGTARGETSESSIONATTRS', is('targetSession')],
  ['PGLOADBALANCEHOSTS', is('balanceHosts')],
  ['PGSERVICE', is('service')],
  ['PGCHANNELBINDING', is('channelBinding')],
  ['PGGSSENCMODE', is('gssEncryption')],
  ['PGCONNECT_TIMEOUT', seconds('connectMs')],
  ['POSTGRES_HOST', is('host')],
  ['POSTGRES_PORT', is('port')],
  ['POSTGRES_DB', is('database')],
  ['POSTGRES_USER', is('user')],
  ['POSTGRES_PASSWORD', is('password')],
  ...applicationRows,
  ['PGSSLCERT', is('clientCertificate')],
  ['PGSSLKEY', is('clientKey')],
  ['PGSSLMINPROTOCOLVERSION', is('tlsVersions')],
  ['PGSSLNEGOTIATION', is('tlsNegotiation')],
  ['PGSSLSNI', is('sni')],
  ...without(noFiles, 'PGPASSFILE, PGSERVICEFILE, PGSSLCRL, PGSSLCRLDIR, PGSYSCONFDIR'),
  ...without(setByMooring, 'PGAPPNAME, PGCLIENTENCODING, PGDATESTYLE, PGTZ, PGGEQO'),
  ...without(notSupported, 'PGOPTIONS, PGSSLCERTMODE'),
  ...without(notSupported, 'PGSSLCOMPRESSION, PGSSLMAXPROTOCOLVERSION'),
  ...without(notSupported, 'PGREQUIREAUTH, PGREQUIREPEER, PGKRBSRVNAME, PGGSSLIB, PGGSSDELEGATION'),
  ...without(notSupported, 'PGMINPROTOCOLVERSION, PGMAXPROTOCOLVERSION'),
]);
