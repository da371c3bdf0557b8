import * as dialects from '@codemirror/lang-sql';
import type { Extension } from '@codemirror/state';
import type { EngineKind } from '../../../../shared/engines/settings.ts';
import { sqlWordsOf } from '../../../../shared/engines/sqlWords.ts';

const byName: Readonly<Record<string, unknown>> = dialects;

/** The highlighting of an engine's SQL; null is any. */
export function dialectOf(kind: EngineKind | null): Extension {
  const named = kind === null ? undefined : byName[sqlWordsOf(kind).highlighting];
  const dialect = named instanceof dialects.SQLDialect ? named : dialects.StandardSQL;
  return dialect.extension;
}
