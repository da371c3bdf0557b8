import type { Spelling } from '../../../connectionText/spelling.ts';
import { type SplitUrl, splitUrl } from '../../../connectionText/splitUrl.ts';
import { gather, type WrittenSetting } from '../../../connectionText/vocabulary.ts';
import { type PostgresParameter, urlVocabulary } from './vocabularies.ts';

/** Schemes of libpq, and of frameworks: Django, GeoDjango, Ecto, Rails; SQLAlchemy adds the name of a driver. */
const scheme =
  /^(?:postgres(?:ql)?|postgis|pgsql|pg|psql|ecto|timescale(?:gis)?)(?:\+(?:psycopg(?:2|2cffi|3|_async)?|asyncpg|pg8000|pygresql|aiopg))?:\/\//i;

/** `postgresql://user:password@host:port/database?sslmode=…` */
export const urlSpelling: Spelling<PostgresParameter> = {
  label: 'a connection URL',
  recognises: (text) => scheme.test(text),
  read: (text) => gather(settingsOfUrl(splitUrl(text.replace(scheme, ''))), urlVocabulary),
};

/** The parts of a URL by the names that its vocabulary has for them. */
function settingsOfUrl({ user, password, host, port, path, pairs }: SplitUrl): WrittenSetting[] {
  const parts = { user, password, host, port, dbname: path };
  return [...Object.entries(parts).map(([name, value]) => ({ name, value })), ...pairs];
}
