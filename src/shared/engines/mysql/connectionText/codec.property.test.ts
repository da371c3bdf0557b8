import {
  describeSpellings,
  doubleQuoted,
  quoted,
  shellQuoted,
  type Writer,
  type WrittenConnection,
} from '../../../../../tests/support/connectionTextProperties.ts';

const encoded = encodeURIComponent;

/** libpq's words in those of MySQL. */
const sslModes: Readonly<Record<string, string>> = {
  disable: 'DISABLED',
  allow: 'PREFERRED',
  prefer: 'PREFERRED',
  require: 'REQUIRED',
  'verify-ca': 'VERIFY_CA',
  'verify-full': 'VERIFY_IDENTITY',
};
const sslMode = ({ sslmode }: WrittenConnection) => sslModes[sslmode] ?? '';

function url(scheme: string, c: WrittenConnection) {
  const query = `ssl-mode=${sslMode(c)}&connect_timeout=${c.connectSeconds}`;
  return `${scheme}://${encoded(c.user)}:${encoded(c.password)}@${c.host}:${c.port}/${encoded(c.database)}?${query}`;
}

const jdbc = (product: string) => (c: WrittenConnection) =>
  `jdbc:${product}://${c.host}:${c.port}/${encoded(c.database)}?user=${encoded(c.user)}&password=${encoded(c.password)}&sslMode=${sslMode(c)}&connectTimeout=${c.connectSeconds * 1_000}`;

const dotnetModes: Readonly<Record<string, string>> = {
  VERIFY_CA: 'VerifyCA',
  VERIFY_IDENTITY: 'VerifyFull',
  REQUIRED: 'Required',
  PREFERRED: 'Preferred',
  DISABLED: 'None',
};

const dotnet = (quote: string) => (c: WrittenConnection) =>
  [
    ...[`Server=${c.host}`, `Port=${c.port}`, `Uid=${quoted(quote, c.user)}`],
    ...[`Pwd=${quoted(quote, c.password)}`, `Database=${quoted(quote, c.database)}`],
    ...[
      `SslMode=${dotnetModes[sslMode(c)] ?? ''}`,
      `ConnectionTimeout=${c.connectSeconds}`,
      'CharSet=utf8mb4',
    ],
  ].join(';');

const goModes: Readonly<Record<string, string>> = {
  disable: 'false',
  allow: 'preferred',
  prefer: 'preferred',
  require: 'skip-verify',
  'verify-ca': 'true',
  'verify-full': 'true',
};

/** Nothing is escaped in the user of a data source name, so some cannot be written. */
const go: Writer = (c) =>
  /[\s:="']/.test(c.user)
    ? null
    : `${c.user}:${c.password}@tcp(${c.host}:${c.port})/${encoded(c.database)}?parseTime=true&tls=${goModes[c.sslmode]}&timeout=${c.connectSeconds}s`;

/** Nothing is quoted there: no value has the separator in it. */
const pdo: Writer = (c) =>
  [c.user, c.password, c.database].some((value) => value.includes(';')) || c.sslmode !== 'disable'
    ? null
    : `mysql:host=${c.host};port=${c.port};dbname=${c.database};user=${c.user};password=${c.password}`;

const variables = (product: string, c: WrittenConnection, quote: (text: string) => string) => [
  ...[`${product}_HOST=${c.host}`, `${product}_PORT=${c.port}`, `${product}_USER=${quote(c.user)}`],
  ...[`${product}_PASSWORD=${quote(c.password)}`, `${product}_DATABASE=${quote(c.database)}`],
  `${product}_SSL_MODE=${sslMode(c)}`,
];

const applicationVariables = (c: WrittenConnection) => [
  ...[
    'DB_CONNECTION=mysql',
    `DB_HOST=${c.host}`,
    `DB_PORT=${c.port}`,
    `DB_DATABASE=${doubleQuoted(c.database)}`,
  ],
  ...[
    `DB_USERNAME=${doubleQuoted(c.user)}`,
    `DB_PASSWORD=${doubleQuoted(c.password)}`,
    `DB_SSLMODE=${c.sslmode}`,
  ],
];

const options = (c: WrittenConnection) =>
  `-h ${c.host} -P${c.port} --user=${shellQuoted(c.user)} -D ${shellQuoted(c.database)} --ssl-mode=${sslMode(c)} --connect-timeout ${c.connectSeconds}`;

const writers: Readonly<Record<string, Writer>> = {
  url: (c) => url('mysql', c),
  mariadbUrl: (c) => url('mariadb', c),
  sqlalchemy: (c) => url('mysql+pymysql', c),
  jdbc: jdbc('mysql'),
  jdbcOfMariadb: jdbc('mariadb'),
  dotnetDouble: dotnet('"'),
  dotnetSingle: dotnet("'"),
  go,
  goWithScheme: (c) => {
    const text = go(c);
    return text === null ? null : `mysql://${text}`;
  },
  pdo,
  envLine: (c) => `export DATABASE_URL=${doubleQuoted(url('mysql', c))}`,
  envLineOfDotnet: (c) => `APP_DATABASE=${doubleQuoted(dotnet("'")(c))}`,
  variables: (c) => variables('MYSQL', c, doubleQuoted).join('\n'),
  variablesInOneLine: (c) => `export ${variables('MARIADB', c, shellQuoted).join(' ')}`,
  applicationVariables: (c) => applicationVariables(c).join('\n'),
  command: (c) => `mysql ${options(c)} -p${shellQuoted(c.password)}`,
  commandWithVariable: (c) => `MYSQL_PWD=${shellQuoted(c.password)} mariadb ${options(c)}`,
};

describeSpellings('mysql', writers, ['pdo', 'variables', 'variablesInOneLine', 'applicationVariables']);
