import { sqlLanguageOf } from '../../../../shared/engines/sqlLanguages.ts';
import type { DataSource } from '../../../../shared/model/dataSource.ts';
import type { SqlLanguage } from '../../../../shared/sql/SqlLanguage.ts';
import type { QueryState } from './createQueryStore.ts';

/** The language of a tab on a data source: as its session reads it, or as sessions usually do. */
export function tabLanguage(
  { id, engine }: Pick<DataSource, 'id' | 'engine'>,
  { reading }: Pick<QueryState, 'reading'>,
): SqlLanguage {
  const language = sqlLanguageOf(engine.kind);
  return reading?.sourceId === id ? language.inModes(reading.modes) : language;
}
