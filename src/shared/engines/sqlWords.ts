import type { SqlWords } from '../sql/SqlWords.ts';
import { mysqlWords } from './mysql/sql/words.ts';
import { postgresWords } from './postgres/sql/words.ts';
import type { EngineKind } from './settings.ts';

/** The registry of the words that an editor knows. A new engine has its line here. Loaded with the first editor. */
const words: Readonly<Record<EngineKind, SqlWords>> = {
  postgres: postgresWords,
  mysql: mysqlWords,
  rest: postgresWords,
};

export const sqlWordsOf = (kind: EngineKind): SqlWords => words[kind];
