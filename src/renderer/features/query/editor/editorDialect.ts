import * as dialects from '@codemirror/lang-sql';
import type { Extension } from '@codemirror/state';
import type { EngineKind } from '../../../../shared/engines/settings.ts';
import { sqlLanguageOf } from '../../../../shared/engines/sqlLanguages.ts';
import { sqlWordsOf } from '../../../../shared/engines/sqlWords.ts';
import type { SqlLanguage } from '../../../../shared/sql/SqlLanguage.ts';

const byName: Readonly<Record<string, unknown>> = dialects;
const inModes = new WeakMap<SqlLanguage, dialects.SQLDialect>();

/** The highlighting of an engine's SQL; null is any. */
export function dialectOf(
  of: { readonly kind: EngineKind; readonly language: SqlLanguage } | null,
): Extension {
  if (of === null) return dialects.StandardSQL.extension;
  const named = byName[sqlWordsOf(of.kind).highlighting];
  const dialect = named instanceof dialects.SQLDialect ? named : dialects.StandardSQL;
  return of.language === sqlLanguageOf(of.kind) ? dialect.extension : dialectInModes(dialect, of.language);
}

/** The same for a session that reads quotes and backslashes in another way. */
function dialectInModes(dialect: dialects.SQLDialect, language: SqlLanguage): Extension {
  const known = inModes.get(language);
  if (known !== undefined) return known.extension;
  const { backslashEscapes, quotedNames } = language.modes;
  const { identifierQuotes = '"' } = dialect.spec;
  const defined = dialects.SQLDialect.define({
    ...dialect.spec,
    backslashEscapes,
    doubleQuotedStrings: !quotedNames,
    identifierQuotes:
      quotedNames && !identifierQuotes.includes('"') ? `${identifierQuotes}"` : identifierQuotes,
  });
  inModes.set(language, defined);
  return defined.extension;
}
