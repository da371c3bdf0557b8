import type { Spelling } from '../../../connectionText/spelling.ts';
import { environmentSpelling } from './environmentSpelling.ts';
import { jdbcSpelling } from './jdbcSpelling.ts';
import { dotnetSpelling, keywordSpelling } from './listSpellings.ts';
import { psqlSpelling } from './psqlSpelling.ts';
import { urlSpelling } from './urlSpelling.ts';
import type { PostgresParameter } from './vocabularies.ts';

/** Every spelling of a PostgreSQL connection, in the order in which a text is compared with them. */
export const postgresSpellings: readonly Spelling<PostgresParameter>[] = [
  urlSpelling,
  jdbcSpelling,
  psqlSpelling,
  environmentSpelling,
  dotnetSpelling,
  keywordSpelling,
];
