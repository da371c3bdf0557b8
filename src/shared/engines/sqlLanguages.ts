import type { SqlLanguage } from '../sql/SqlLanguage.ts';
import { mysqlSql } from './mysql/sql/mysqlSql.ts';
import { postgresSql } from './postgres/sql/postgresSql.ts';
import type { EngineKind } from './settings.ts';

/** The registry of the languages. A new engine has its line here. The first screen does not load it. */
const languages: { readonly [Kind in EngineKind]: SqlLanguage } = {
  postgres: postgresSql,
  mysql: mysqlSql,
  // Speaks none; what is written about it reads as the nearest to the standard.
  rest: postgresSql,
};

export const sqlLanguageOf = (kind: EngineKind): SqlLanguage => languages[kind];
