import { vocabularyOf } from '../../../connectionText/vocabulary.ts';
import {
  addressRows,
  checkedWhenFalse,
  checkedWhenTrue,
  is,
  milliseconds,
  modeDecides,
  noFiles,
  noKeyStores,
  notSupported,
  ownPool,
  seconds,
  setByMooring,
  tlsSwitch,
  without,
} from '../../../connectionText/vocabularyRows.ts';
import { asSent, driverRows, type MysqlParameter, notFromText, switchedOff } from './vocabularies.ts';

/** What the libraries of Java and .NET take. */

/** Properties of Connector/J and of MariaDB's connector. Source: Connector/J 9, "Configuration Properties"; MariaDB 3.5. */
export const jdbcVocabulary = vocabularyOf<MysqlParameter>(
  (name) => name.toLowerCase(),
  [
    ...addressRows,
    ['sslMode', is('tlsMode')],
    ['useSSL', tlsSwitch],
    ['requireSSL', is('tlsRequired')],
    ['verifyServerCertificate', checkedWhenTrue],
    ['trustServerCertificate', checkedWhenFalse],
    ['serverSslCert', is('authority')],
    ['trustCertificateKeyStoreUrl', is('authorityStore')],
    ['trustStore', is('authorityStore')],
    ['enabledTLSProtocols', is('tlsVersions')],
    ['tlsVersions', is('tlsVersions')],
    ['enabledSslProtocolSuites', is('tlsVersions')],
    ['localSocket', is('socket')],
    ['junixsocket.file', is('socket')],
    ['connectTimeout', milliseconds('connectMs')],
    ['minPoolSize', is('poolMin')],
    ['maxPoolSize', is('poolMax')],
    ['maxIdleTime', seconds('idleMs')],
    ['useCompression', is('compression')],
    ...driverRows,
    ...without(modeDecides, 'disableSslHostnameVerification, fallbackToSystemTrustStore'),
    ...without(modeDecides, 'trustCertificateKeyStoreType, trustStoreType'),
    ...without(noFiles, 'trustCertificateKeyStorePassword, trustStorePassword, serverRSAPublicKeyFile'),
    ...without(noFiles, 'serverRsaPublicKeyFile, serverConfigCacheFactory, propertiesTransform'),
    ...without(noKeyStores, 'clientCertificateKeyStoreUrl, clientCertificateKeyStorePassword, keyStore'),
    ...without(noKeyStores, 'clientCertificateKeyStoreType, keyStorePassword, keyStoreType'),
    ...without(notSupported, 'password1, password2, password3, tlsCiphersuites'),
    ...without(notSupported, 'enabledSslCipherSuites, defaultAuthenticationPlugin'),
    ...without(
      notSupported,
      'authenticationPlugins, socketFactory, pipe, useFractionalSeconds, maxReconnects',
    ),
    ...without(notSupported, 'initialTimeout, failOverReadOnly, secondsBeforeRetrySource, queryTimeout'),
    ...without(
      asSent,
      'transformedBitIsBoolean, treatUtilDateAsTimestamp, noDatetimeStringSync, useSSLForBit',
    ),
    ...without(asSent, 'noAccessToProcedureBodies, nullCatalogMeansCurrent, nullDatabaseMeansCurrent'),
    ...without(
      setByMooring,
      'useInformationSchema, databaseTerm, connectionAttributes, createDatabaseIfNotExist',
    ),
    ...without(
      setByMooring,
      'useLegacyDatetimeCode, jdbcCompliantTruncation, useLocalSessionState, useOldAliasMetadataBehavior',
    ),
    ...without(
      ownPool,
      'rewriteBatchedStatements, defaultFetchSize, useCursorFetch, cacheServerConfiguration',
    ),
    ...without(ownPool, 'cacheResultSetMetadata, elideSetAutoCommits, maintainTimeStats, pool, poolName'),
  ],
);

/** Without blanks, dashes and underscores. */
const squeezed = (name: string) => name.toLowerCase().replaceAll(/[\s_-]/g, '');

const dotnetTlsMode = {
  parameter: 'tlsMode',
  words: {
    'mysqlsslmode.none': 'none',
    'mysqlsslmode.disabled': 'disabled',
    'mysqlsslmode.preferred': 'preferred',
    'mysqlsslmode.required': 'required',
    'mysqlsslmode.verifyca': 'verify-ca',
    'mysqlsslmode.verifyfull': 'verify-full',
  },
} as const;

/** There `Socket` means TCP. */
const dotnetProtocol = {
  parameter: 'protocol',
  words: {
    ...{ socket: 'tcp', sockets: 'tcp', tcpip: 'tcp', 'tcp/ip': 'tcp' },
    ...{ unix: 'socket', unixsocket: 'socket', unixdomainsocket: 'socket' },
  },
} as const;

/** Source: MySqlConnector 2.4, "Connection String Options"; MySql.Data and ODBC add a few. */
export const dotnetVocabulary = vocabularyOf<MysqlParameter>(squeezed, [
  ['Server', is('host')],
  ['Host', is('host')],
  ['Data Source', is('host')],
  ['Address', is('host')],
  ['Addr', is('host')],
  ['Network Address', is('host')],
  ['Port', is('port')],
  ['User Id', is('user')],
  ['Username', is('user')],
  ['Uid', is('user')],
  ['User', is('user')],
  ['Password', is('password')],
  ['Pwd', is('password')],
  ['Database', is('database')],
  ['Initial Catalog', is('database')],
  ['Connection Protocol', dotnetProtocol],
  ['Protocol', dotnetProtocol],
  ['Socket', is('socket')],
  ['SSL Mode', dotnetTlsMode],
  ['Use SSL', tlsSwitch],
  ['Encrypt', tlsSwitch],
  ['SSL CA', is('authority')],
  ['CA Certificate File', is('authority')],
  ['SSL Verify', checkedWhenTrue],
  ['Connection Timeout', seconds('connectMs')],
  ['Connect Timeout', seconds('connectMs')],
  ['Default Command Timeout', seconds('queryMs')],
  ['Command Timeout', seconds('queryMs')],
  ['Minimum Pool Size', is('poolMin')],
  ['Min Pool Size', is('poolMin')],
  ['Maximum Pool Size', is('poolMax')],
  ['Max Pool Size', is('poolMax')],
  ['Connection Idle Timeout', seconds('idleMs')],
  ['Use Compression', is('compression')],
  ['Compress', is('compression')],
  ['Allow Public Key Retrieval', { leftOut: notFromText }],
  ['SSL Cert', is('clientCertificate')],
  ['SSL Key', is('clientKey')],
  ['Certificate File', is('clientIdentity')],
  ['Certificate Password', is('clientKeyPassword')],
  ['TLS Version', is('tlsVersions')],
  ...without(noKeyStores, 'Certificate Store Location, Certificate Thumbprint'),
  ...without(noFiles, 'Server RSA Public Key File'),
  ...without(setByMooring, 'Character Set, CharSet, Application Name, Program Name, Driver, Option'),
  ...without(setByMooring, 'Persist Security Info, Integrated Security'),
  ...without(switchedOff, 'Allow Load Local Infile, Allow User Variables, Allow Batch'),
  ...without(
    asSent,
    'Allow Zero DateTime, Convert Zero DateTime, Treat Tiny As Boolean, Guid Format, Old Guids',
  ),
  ...without(asSent, 'DateTime Kind, Respect Binary Flags, Treat Blobs As UTF8, Use Affected Rows'),
  ...without(ownPool, 'Pooling, Connection Reset, Connection Life Time, Connection Lifetime, Auto Enlist'),
  ...without(ownPool, 'DNS Check Interval, Load Balance, Ignore Prepare, Cache Server Properties'),
  ...without(notSupported, 'Pipe, Pipe Name, Keepalive, Cancellation Timeout, TLS Cipher Suites'),
  ...without(notSupported, 'Interactive Session, Use XA Transactions, No Backslash Escapes, Pipelining'),
  ...without(notSupported, 'Server Redirection Mode, Server SPN, Functions Return String'),
]);
