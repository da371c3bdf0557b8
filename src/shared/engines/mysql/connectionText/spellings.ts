import type { SettingsSpelling } from '../../../connectionText/ConnectionTextCodec.ts';
import { ConnectionTextRefused } from '../../../connectionText/ConnectionTextRefused.ts';
import { dotnetSpellingOf } from '../../../connectionText/spellings/dotnet.ts';
import { environmentSpellingOf } from '../../../connectionText/spellings/environment.ts';
import { pdoSpellingOf, settingsOfJdbc, urlSpellingOf } from '../../../connectionText/spellings/urls.ts';
import { severalHosts } from '../../../connectionText/splitting/splitUrl.ts';
import { gather } from '../../../connectionText/vocabulary.ts';
import { commandSpellingOf } from './commandSpelling.ts';
import { goSpelling } from './goSpelling.ts';
import { dotnetVocabulary, jdbcVocabulary } from './libraryVocabularies.ts';
import { usualPort } from './readPlace.ts';
import { environmentVocabulary, type MysqlParameter, pdoVocabulary, urlVocabulary } from './vocabularies.ts';

/** Schemes of MySQL Shell and of frameworks: Rails, Django, Prisma, R2DBC; SQLAlchemy adds the name of a driver. */
const urlScheme =
  /^(?:r2dbc:(?:pool:)?)?(?:mysql[2i]?|mariadb|mysqlgis|mysql-connector)(?:\+(?:pymysql|mysqldb|mysqlconnector|mariadbconnector|aiomysql|asyncmy|cymysql|oursql|pyodbc))?:\/\//i;
const plainUrlSpelling = urlSpellingOf(urlScheme, urlVocabulary);

const otherProtocol = /^mysqlx(?:\+srv)?:\/\//i;
/** `localhost:/run/mysqld/mysqld.sock/shop`: where the path ends cannot be known. */
const pathAsPort = /^[^/?#]*:\/[^/?#]+\//;

const urlSpelling: SettingsSpelling<MysqlParameter> = {
  ...plainUrlSpelling,
  fit: (text) => (otherProtocol.test(text) ? 'certain' : plainUrlSpelling.fit(text)),
  read(text) {
    if (otherProtocol.test(text)) throw xProtocol();
    if (pathAsPort.test(text.replace(urlScheme, ''))) throw socketInPath();
    return plainUrlSpelling.read(text);
  },
};

const xProtocol = () =>
  new ConnectionTextRefused(
    'The text is for the X Protocol',
    `Mooring speaks the classic protocol: write mysql:// and its port, usually ${usualPort}.`,
  );

const socketInPath = () =>
  new ConnectionTextRefused(
    'The text refers to a local socket, but where its path ends is unclear',
    'Write the path after the question mark: ?socket=/run/mysqld/mysqld.sock.',
  );

const jdbcScheme = /^jdbc:(?:aws-wrapper:)?(?:mysql|mariadb)(?=:|\+srv:)/i;

/** As Connector/J and MariaDB's connector read it. */
const jdbcSpelling: SettingsSpelling<MysqlParameter> = {
  label: 'a JDBC URL',
  fit: (text) => (jdbcScheme.test(text) ? 'certain' : 'no'),
  read(text) {
    const [scheme = ''] = jdbcScheme.exec(text) ?? [];
    const rest = text.slice(scheme.length + 1);
    if (/aws-wrapper/i.test(scheme) || !rest.startsWith('//')) throw clusterOfJdbc();
    // `(host=…,port=…)` and `address=(host=…)(port=…)` describe one host or several.
    if (/^\/\/[^/?]*\(/.test(rest)) throw severalHosts();
    return gather(settingsOfJdbc(rest, { host: 'host', port: 'port', database: 'dbname' }), jdbcVocabulary);
  },
};

const clusterOfJdbc = () =>
  new ConnectionTextRefused(
    'The text asks the driver for load balancing, replication or failover',
    'Create one data source for each host, and write jdbc:mysql://host:port/database.',
  );

const pdoSpelling = pdoSpellingOf(/^mysql:(?=\s*\w+=)/i, pdoVocabulary);

/** Of MySqlConnector and MySql.Data; ODBC writes its lists in the same way. */
const dotnetSpelling = dotnetSpellingOf<MysqlParameter>({
  vocabulary: dotnetVocabulary,
  own: /^(?:sslca|cacertificatefile|allowpublickeyretrieval|allowuservariables|allowzerodatetime|convertzerodatetime|characterset|charset|treattinyasboolean|guidformat|oldguids|usecompression|connectionprotocol|tlsversion|defaultcommandtimeout|useaffectedrows|datetimekind|interactivesession)=|^sslmode=(?:mysqlsslmode\..*|none|disabled|preferred|required)$|^driver=\{?(?:mysql|mariadb)/,
  preferred: /^(?:uid|pwd)=/,
  usualPort,
});

const environmentSpelling = environmentSpellingOf({
  vocabulary: environmentVocabulary,
  prefixes: 'MYSQL_?|MARIADB_',
  spellingsOfValues: [pdoSpelling, goSpelling, urlSpelling, jdbcSpelling, dotnetSpelling],
  isOtherName: (name) => dotnetVocabulary.rows.has(dotnetVocabulary.normalName(name)),
  product: /mysql|mariadb/i,
  usualPort,
});

/** Every spelling of a connection to MySQL or MariaDB, in the order in which a text is compared with them. */
export const spellings: readonly SettingsSpelling<MysqlParameter>[] = [
  pdoSpelling,
  goSpelling,
  urlSpelling,
  jdbcSpelling,
  commandSpellingOf(urlSpelling),
  environmentSpelling,
  dotnetSpelling,
];
