import type { SettingsSpelling } from '../../../connectionText/ConnectionTextCodec.ts';
import { dotnetSpellingOf, hostIn } from '../../../connectionText/spellings/dotnet.ts';
import { environmentSpellingOf } from '../../../connectionText/spellings/environment.ts';
import { pdoSpellingOf, settingsOfJdbc, urlSpellingOf } from '../../../connectionText/spellings/urls.ts';
import { severalHosts } from '../../../connectionText/splitting/splitUrl.ts';
import { gather } from '../../../connectionText/vocabulary.ts';
import { psqlSpellingOf } from './psqlSpelling.ts';
import { usualPort } from './readPlaces.ts';
import { splitKeywords } from './splitKeywords.ts';
import {
  dotnetVocabulary,
  environmentVocabulary,
  jdbcVocabulary,
  keywordVocabulary,
  type PostgresParameter,
  urlVocabulary,
} from './vocabularies.ts';

/** Schemes of libpq, and of frameworks: Django, GeoDjango, Ecto, Rails; SQLAlchemy adds the name of a driver. */
const urlScheme =
  /^(?:postgres(?:ql)?|postgis|pgsql|pg|psql|ecto|timescale(?:gis)?)(?:\+(?:psycopg(?:2|2cffi|3|_async)?|asyncpg|pg8000|pygresql|aiopg))?:\/\//i;

const urlSpelling = urlSpellingOf(urlScheme, urlVocabulary, 'several');

const jdbcScheme = /^jdbc:(?:postgresql|pgsql):/i;

/** `jdbc:postgresql://host:port/database?user=…`, or `jdbc:postgresql:database` for this computer, as pgjdbc reads it. */
const jdbcSpelling: SettingsSpelling<PostgresParameter> = {
  label: 'a JDBC URL',
  fit: (text) => (jdbcScheme.test(text) ? 'certain' : 'no'),
  read(text) {
    const rest = text.replace(jdbcScheme, '');
    const server = rest.startsWith('//') ? rest : `//localhost/${rest.replace(/^\//, '')}`;
    const names = { host: 'PGHOST', port: 'PGPORT', database: 'PGDBNAME' };
    return gather(settingsOfJdbc(server, names, 'several'), jdbcVocabulary);
  },
};

const pdoSpelling = pdoSpellingOf(/^pgsql:(?=\s*\w+=)/i, keywordVocabulary);

/**
 * Keywords and .NET's lists begin alike, and a password may hold the separator of the other one. A list is of the
 * spelling in which its host is one word; where neither helps, semicolons make it .NET's.
 */
const dotnetSpelling = oneHostIn(
  dotnetSpellingOf<PostgresParameter>({
    vocabulary: dotnetVocabulary,
    own: /^(?:db|psw|rootcertificate|searchpath|channelbinding|includeerrordetails?|gssencryptionmode|passfile|maxautoprepare|trustservercertificate)=|^sslmode=(?:disable|allow|prefer|require)$|^database=postgres$|^driver=\{?(?:postgres|psqlodbc)/,
    preferred: /^username=/,
    usualPort,
    mayBe: (text) => hostIn(() => splitKeywords(text), keywordVocabulary) === null,
  }),
);

/** `host=db.example.com port=5432 dbname=shop user=ann password='two words'` */
const keywordSpelling: SettingsSpelling<PostgresParameter> = {
  label: 'a list of libpq keywords',
  fit: (text) => (/^\s*[\w ]+=/.test(text) && dotnetSpelling.fit(text) === 'no' ? 'possible' : 'no'),
  read: (text) => gather(splitKeywords(text), keywordVocabulary),
};

const environmentSpelling = oneHostIn(
  environmentSpellingOf({
    vocabulary: environmentVocabulary,
    prefixes: 'PG|POSTGRES_',
    spellingsOfValues: [urlSpelling, jdbcSpelling, pdoSpelling, dotnetSpelling, keywordSpelling],
    isOtherName: (name) =>
      [keywordVocabulary, dotnetVocabulary].some(({ rows, normalName }) => rows.has(normalName(name))),
    product: /postgres|pgsql|^pg$/i,
    usualPort,
  }),
  /PGHOST|POSTGRES|postgis/i,
);

/**
 * Lists of names and values that servers of other engines have as well: several hosts in one of them do not say that it is
 * for PostgreSQL.
 * @param ours what in a text says so
 */
function oneHostIn(
  spelling: SettingsSpelling<PostgresParameter>,
  ours?: RegExp,
): SettingsSpelling<PostgresParameter> {
  return {
    ...spelling,
    read(text) {
      const gathered = spelling.read(text);
      const isList = gathered.parameters.get('host')?.value.includes(',') === true;
      if (isList && ours?.test(text) !== true) throw severalHosts();
      return gathered;
    },
  };
}

/** Every spelling of a PostgreSQL connection, in the order in which a text is compared with them. */
export const spellings: readonly SettingsSpelling<PostgresParameter>[] = [
  urlSpelling,
  jdbcSpelling,
  pdoSpelling,
  psqlSpellingOf(urlSpelling),
  environmentSpelling,
  dotnetSpelling,
  keywordSpelling,
];
