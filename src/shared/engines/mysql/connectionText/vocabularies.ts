import { type VocabularyRow, vocabularyOf } from '../../../connectionText/vocabulary.ts';
import {
  addressRows,
  applicationRows,
  type CommonParameter,
  checkedWhenFalse,
  checkedWhenTrue,
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

/** What a connection text can say about a connection to MySQL or MariaDB, whatever its spelling calls it. */
export type MysqlParameter =
  | CommonParameter
  /** The path of a local socket. */
  | 'socket'
  /** `tcp`, `socket`, `pipe` or `memory`. */
  | 'protocol'
  /** Whether the connection must be encrypted, apart from the switch. */
  | 'tlsRequired'
  /** The password of `root` in a container's settings. */
  | 'rootPassword'
  | 'compression'
  /** `random`: any of several hosts. */
  | 'balanceHosts';

type Row = VocabularyRow<MysqlParameter>;

export const asSent = 'values are shown as the server sends them';
export const switchedOff = 'switched off for safety';
export const notFromText = 'not taken from pasted text';
const ownTimeZone = 'the time zone has a field of its own';

const lowerCase = (name: string) => name.toLowerCase();
const withUnderscores = (name: string) => name.toLowerCase().replaceAll('-', '_');

const disabledWhenTrue = {
  parameter: 'tlsSwitch',
  words: { true: 'false', 1: 'false', false: '', 0: '' },
} as const;
/** Says nothing when it is false: the certificate may be checked all the same, without the host name. */
const checkedHostName = {
  parameter: 'certificateCheck',
  words: { true: 'yes', 1: 'yes', false: '', 0: '' },
} as const;

/** Settings that the drivers of several languages spell alike. */
export const driverRows: readonly Row[] = [
  ['allowPublicKeyRetrieval', { leftOut: notFromText }],
  ...without(asSent, 'zeroDateTimeBehavior, tinyInt1isBit, dateStrings, yearIsDateType'),
  ...without(switchedOff, 'allowMultiQueries, allowLoadLocalInfile, allowUrlInLocalInfile, autoReconnect'),
  ...without(ownTimeZone, 'serverTimezone, connectionTimeZone, forceConnectionTimeZoneToSession, timezone'),
  ...without(setByMooring, 'characterEncoding, useUnicode, charset, collation, connectionCollation'),
  ...without(ownPool, 'cachePrepStmts, useServerPrepStmts, prepStmtCacheSize, prepStmtCacheSqlLimit'),
  ...without(notSupported, 'socketTimeout, tcpKeepAlive, sessionVariables'),
];

/**
 * What MySQL Shell takes in a URL, with what Prisma, Rails, SQLAlchemy and the drivers for Node.js and Python add.
 * Settings are compared with dashes as underscores.
 */
export const urlVocabulary = vocabularyOf<MysqlParameter>(withUnderscores, [
  ...addressRows,
  ['username', is('user')],
  ['database', is('database')],
  ['socket', is('socket')],
  ['socketPath', is('socket')],
  ['unix_socket', is('socket')],
  ['unixSocket', is('socket')],
  ['localSocket', is('socket')],
  ['protocol', is('protocol')],
  ['ssl-mode', is('tlsMode')],
  ['sslmode', is('tlsMode')],
  [
    'ssl',
    {
      parameter: 'tlsSwitch',
      // mysql2 takes an object, or the name of a list of authorities.
      words: {
        '': 'true',
        '{}': 'true',
        'amazon rds': 'true',
        '{"rejectunauthorized":true}': 'true',
        '{"rejectunauthorized": true}': 'true',
        '{"rejectunauthorized":false}': 'no-verify',
        '{"rejectunauthorized": false}': 'no-verify',
      },
    },
  ],
  ['tls', tlsSwitch],
  ['useSSL', tlsSwitch],
  ['use_ssl', tlsSwitch],
  ['requireSSL', is('tlsRequired')],
  ['ssl_disabled', disabledWhenTrue],
  ['sslaccept', { parameter: 'certificateCheck', words: { strict: 'yes', accept_invalid_certs: 'no' } }],
  ['verifyServerCertificate', checkedWhenTrue],
  ['trustServerCertificate', checkedWhenFalse],
  ['ssl_verify_cert', checkedWhenTrue],
  ['ssl_verify_identity', checkedHostName],
  ['ssl_check_hostname', checkedHostName],
  ['rejectUnauthorized', checkedWhenTrue],
  ['ssl_ca', is('authority')],
  ['sslca', is('authority')],
  ['ssl_capath', is('authorityStore')],
  ['sslrootcert', is('authority')],
  // In Prisma's URLs this is the authority, and the client's certificate is `sslidentity`.
  ['sslcert', is('authority')],
  ['serverSslCert', is('authority')],
  ['ssl_cert', is('clientCertificate')],
  ['ssl_key', is('clientKey')],
  ['sslkey', is('clientKey')],
  ['sslidentity', is('clientIdentity')],
  ['sslpassword', is('clientKeyPassword')],
  ['tls-version', is('tlsVersions')],
  ['tls-versions', is('tlsVersions')],
  ['connect-timeout', seconds('connectMs')],
  ['connectTimeout', milliseconds('connectMs')],
  ['acquireTimeout', milliseconds('acquireMs')],
  ['pool_timeout', seconds('acquireMs')],
  ['pool', is('poolMax')],
  ['pool_size', is('poolMax')],
  ['connectionLimit', is('poolMax')],
  ['connection_limit', is('poolMax')],
  ['compress', is('compression')],
  ['compression', is('compression')],
  ['useCompression', is('compression')],
  ...driverRows,
  ...without(modeDecides, 'disableSslHostnameVerification'),
  ...without(noFiles, 'read_default_file, option_files, server_public_key_path, ssl_crl, ssl_crlpath'),
  ...without(notFromText, 'get-server-public-key'),
  ...without(setByMooring, 'encoding, use_unicode, auth_plugin, auth_method, sql_mode, program_name'),
  ...without(switchedOff, 'multipleStatements, local_infile, flags, insecureAuth, reconnect'),
  ...without(asSent, 'supportBigNumbers, bigNumberStrings, decimalNumbers, jsonStrings, typeCast'),
  ...without(ownTimeZone, 'time_zone'),
  ...without(ownPool, 'max_overflow, pool_recycle, pool_pre_ping, pgbouncer, statement_cache_size'),
  ...without(ownPool, 'waitForConnections, queueLimit, maxIdle, idleTimeout, max_idle_connection_lifetime'),
  ...without(notSupported, 'socket_timeout, read_timeout, write_timeout, init_command, autocommit, schema'),
  ...without(notSupported, 'tls-ciphersuites, ssl_cipher, compression-algorithms'),
  ...without(notSupported, 'compression-level, connection-attributes, debug, trace'),
]);

/** Parameters of Go's driver. Source: go-sql-driver 1.9. */
export const goVocabulary = vocabularyOf<MysqlParameter>(lowerCase, [
  ...addressRows,
  ['socket', is('socket')],
  ['protocol', is('protocol')],
  [
    'tls',
    {
      parameter: 'tlsMode',
      words: { true: 'verify-full', 1: 'verify-full', false: 'disable', 0: 'disable' },
    },
  ],
  ['timeout', milliseconds('connectMs')],
  ['compress', is('compression')],
  ...without(asSent, 'parseTime, clientFoundRows, columnsWithAlias'),
  ...without(ownTimeZone, 'loc, time_zone, timeTruncate'),
  ...without(setByMooring, 'charset, collation, sql_mode, connectionAttributes'),
  ...without(switchedOff, 'multiStatements, allowAllFiles, allowCleartextPasswords, allowOldPasswords'),
  ...without(switchedOff, 'allowFallbackToPlaintext, allowNativePasswords'),
  ...without(noFiles, 'serverPubKey'),
  ...without(ownPool, 'interpolateParams, checkConnLiveness, maxAllowedPacket, rejectReadOnly'),
  ...without(notSupported, 'readTimeout, writeTimeout'),
]);

/** What PHP takes in a data source name. Source: PHP 8, "PDO_MYSQL DSN". */
export const pdoVocabulary = vocabularyOf<MysqlParameter>(lowerCase, [
  ...addressRows,
  ['unix_socket', is('socket')],
  ...without(setByMooring, 'charset'),
]);

/** Long options of the client, without their dashes. */
export const commandVocabulary = vocabularyOf<MysqlParameter>(lowerCase, [
  ['host', is('host')],
  ['port', is('port')],
  ['user', is('user')],
  ['password', is('password')],
  ['database', is('database')],
  ['socket', is('socket')],
  ['protocol', is('protocol')],
  ['ssl-mode', is('tlsMode')],
  ['ssl', tlsSwitch],
  ['ssl-verify-server-cert', checkedWhenTrue],
  ['ssl-ca', is('authority')],
  ['ssl-capath', is('authorityStore')],
  ['ssl-cert', is('clientCertificate')],
  ['ssl-key', is('clientKey')],
  ['tls-version', is('tlsVersions')],
  ['connect-timeout', seconds('connectMs')],
  ['compress', is('compression')],
  ...without(noFiles, 'defaults-file, defaults-extra-file, defaults-group-suffix, login-path'),
  ...without(noFiles, 'ssl-crl, ssl-crlpath, server-public-key-path, ssl-fp, ssl-fplist'),
  ...without(setByMooring, 'default-character-set, default-auth, plugin-dir'),
  ...without(notSupported, 'tls-ciphersuites, ssl-cipher, bind-address, max-allowed-packet'),
]);

/** Variables of the client, of the container images, and those that hosting companies set. */
export const environmentVocabulary = vocabularyOf<MysqlParameter>(variableName, [
  ...['MYSQL', 'MARIADB'].flatMap(variablesOf),
  ['MYSQLHOST', is('host')],
  ['MYSQLPORT', is('port')],
  ['MYSQLUSER', is('user')],
  ['MYSQLPASSWORD', is('password')],
  ['MYSQLDATABASE', is('database')],
  ['MYSQL_TCP_PORT', is('port')],
  ['MYSQL_UNIX_PORT', is('socket')],
  ['MYSQL_PWD', is('password')],
  ['MYSQL_ATTR_SSL_CA', is('authority')],
  ['MYSQL_ATTR_SSL_CERT', is('clientCertificate')],
  ['MYSQL_ATTR_SSL_KEY', is('clientKey')],
  ['DB_SOCKET', is('socket')],
  ...applicationRows,
]);

function variablesOf(product: string): Row[] {
  return [
    [`${product}_HOST`, is('host')],
    [`${product}_PORT`, is('port')],
    [`${product}_DATABASE`, is('database')],
    [`${product}_DB`, is('database')],
    [`${product}_USER`, is('user')],
    [`${product}_USERNAME`, is('user')],
    [`${product}_PASSWORD`, is('password')],
    [`${product}_ROOT_PASSWORD`, is('rootPassword')],
    [`${product}_SOCKET`, is('socket')],
    [`${product}_SSL_MODE`, is('tlsMode')],
    [`${product}_SSL_CA`, is('authority')],
    [`${product}_SSL_CERT`, is('clientCertificate')],
    [`${product}_SSL_KEY`, is('clientKey')],
    ...without(setByMooring, `${product}_CHARSET, ${product}_COLLATION`),
    ...without('only for setting up a server', `${product}_ROOT_HOST, ${product}_ALLOW_EMPTY_PASSWORD`),
    ...without(
      'only for setting up a server',
      `${product}_RANDOM_ROOT_PASSWORD, ${product}_ALLOW_EMPTY_ROOT_PASSWORD`,
    ),
  ];
}
