import type { SettingsSpelling } from '../../../connectionText/ConnectionTextCodec.ts';
import { ConnectionTextRefused } from '../../../connectionText/ConnectionTextRefused.ts';
import { dotnetSpellingOf } from '../../../connectionText/spellings/dotnet.ts';
import { environmentSpellingOf } from '../../../connectionText/spellings/environment.ts';
import { pdoSpellingOf, settingsOfJdbc, urlSpellingOf } from '../../../connectionText/spellings/urls.ts';
import { severalHosts } from '../../../connectionText/splitting/splitUrl.ts';
import { type Gathered, gather } from '../../../connectionText/vocabulary.ts';
import { commandSpellingOf } from './commandSpelling.ts';
import { goSpelling } from './goSpelling.ts';
import { dotnetVocabulary, jdbcVocabulary } from './libraryVocabularies.ts';
import { usualPort } from './readPlace.ts';
import { environmentVocabulary, type MysqlParameter, pdoVocabulary, urlVocabulary } from './vocabularies.ts';

/** Schemes of MySQL Shell and of frameworks: Rails, Django, Prisma, R2DBC; SQLAlchemy adds the name of a driver. */
const urlScheme =
  /^(?:r2dbc:(?:pool:)?)?(?:mysql[2i]?|mariadb|mysqlgis|mysql-connector)(?:\+(?:pymysql|mysqldb|mysqlconnector|mariadbconnector|aiomysql|asyncmy|cymysql|oursql|pyodbc))?:\/\//i;
const plainUrlSpelling = urlSpellingOf(urlScheme, urlVocabulary, 'several');

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
    const whole = text.slice(scheme.length + 1);
    const [, way = ''] = /^(sequential|load-?balance):(?=\/\/)/i.exec(whole) ?? [];
    const rest = way === '' ? whole : whole.slice(way.length + 1);
    if (/aws-wrapper/i.test(scheme) || !rest.startsWith('//')) throw clusterOfJdbc();
    // `(host=…,port=…)` and `address=(host=…)(port=…)` describe one host or several.
    if (/^\/\/[^/?]*\(/.test(rest)) throw severalHosts();
    const names = { host: 'host', port: 'port', database: 'dbname' };
    const gathered = gather(settingsOfJdbc(rest, names, 'several'), jdbcVocabulary);
    return /^load/i.test(way) ? balanced(gathered) : gathered;
  },
};

/** The scheme says it, not a setting. */
const balanced = (gathered: Gathered<MysqlParameter>): Gathered<MysqlParameter> => ({
  ...gathered,
  parameters: new Map([
    ...gathered.parameters,
    ['balanceHosts', { name: 'loadbalance', value: 'random', unitMs: 1 }],
  ]),
});

const clusterOfJdbc = () =>
  new ConnectionTextRefused(
    'The text asks the driver for replication, load balancing or failover of its own',
    'Write jdbc:mysql://host:port,host:port/database, or create one data source for each host.',
  );

const pdoSpelling = pdoSpellingOf(/^mysql:(?=\s*\w+=)/i, pdoVocabulary);

/** Of MySqlConnector and MySql.Data; ODBC writes its lists in the same way. */
const dotnetSpelling = oneHostIn(
  dotnetSpellingOf<MysqlParameter>({
    vocabulary: dotnetVocabulary,
    own: /^(?:sslca|cacertificatefile|allowpublickeyretrieval|allowuservariables|allowzerodatetime|convertzerodatetime|characterset|charset|treattinyasboolean|guidformat|oldguids|usecompression|connectionprotocol|tlsversion|defaultcommandtimeout|useaffectedrows|datetimekind|interactivesession)=|^sslmode=(?:mysqlsslmode\..*|none|disabled|preferred|required)$|^driver=\{?(?:mysql|mariadb)/,
    preferred: /^(?:uid|pwd)=/,
    usualPort,
  }),
);

const environmentSpelling = environmentSpellingOf({
  vocabulary: environmentVocabulary,
  prefixes: 'MYSQL_?|MARIADB_',
  spellingsOfValues: [pdoSpelling, goSpelling, urlSpelling, jdbcSpelling, dotnetSpelling],
  isOtherName: (name) => dotnetVocabulary.rows.has(dotnetVocabulary.normalName(name)),
  product: /mysql|mariadb/i,
  usualPort,
});

/** Lists of names and values in which servers of other engines are written alike. */
function oneHostIn(spelling: SettingsSpelling<MysqlParameter>): SettingsSpelling<MysqlParameter> {
  return {
    ...spelling,
    read(text) {
      const gathered = spelling.read(text);
      if (gathered.parameters.get('host')?.value.includes(',') === true) throw severalHosts();
      return gathered;
    },
  };
}

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
