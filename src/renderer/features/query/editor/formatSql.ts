import type { SqlLanguage as FormatterLanguage } from 'sql-formatter';
import type { EngineKind } from '../../../../shared/engines/settings.ts';
import { sqlWordsOf } from '../../../../shared/engines/sqlWords.ts';

/**
 * The text, laid out. Loads the formatter on first use.
 * @throws Error when the formatter cannot read it
 */
export async function formatSql(text: string, kind: EngineKind | null): Promise<string> {
  const { format, supportedDialects } = await import('sql-formatter');
  const wanted = kind === null ? 'sql' : sqlWordsOf(kind).formatting;
  const language = supportedDialects.find((dialect) => dialect === wanted) ?? 'sql';
  return format(text, {
    language: language as FormatterLanguage,
    tabWidth: 2,
    keywordCase: 'preserve',
    linesBetweenQueries: 1,
    paramTypes: { named: [':'], numbered: ['$'] },
  });
}
