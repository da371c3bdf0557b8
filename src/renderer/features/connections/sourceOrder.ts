import { loginTextOf } from '../../../shared/engines/engines.ts';
import type { DamagedDataSource, DataSourceSummary } from '../../../shared/model/dataSource.ts';
import { compareNames } from '../../lib/compareNames.ts';
import { type FilterWords, filterWords, rankByWords, ranks } from '../../lib/textRank.ts';
import { vocabulary } from '../../text/vocabulary.ts';

/** By name; the older first where names are equal. */
export function compareSources(left: DataSourceSummary, right: DataSourceSummary): number {
  return (
    compareNames(left.dataSource.name, right.dataSource.name) ||
    left.dataSource.createdAt - right.dataSource.createdAt
  );
}

/** By name, those whose name cannot be read last. */
export function compareDamaged(left: DamagedDataSource, right: DamagedDataSource): number {
  if (left.name !== null && right.name !== null) return compareNames(left.name, right.name);
  return Number(left.name === null) - Number(right.name === null) || compareNames(left.id, right.id);
}

/** What is shown of a data source beside its name; “no environment” is not shown. */
function shownBeside({ dataSource }: DataSourceSummary): string {
  const { environment, engine } = dataSource;
  const label = environment === 'none' ? '' : vocabulary.environmentLabel[environment];
  return `${loginTextOf(engine)} ${label}`.toLowerCase();
}

/**
 * How well a filter fits a data source: the exact name, then names that begin with it, then those of which a word does,
 * then those that hold it, then those found by host, database, user, environment or folder; `ranks.none` when a word is
 * missing.
 * @param folder the folder it is shown in; empty for none
 */
export const rankOfSource = (summary: DataSourceSummary, words: FilterWords, folder = ''): number =>
  rankByWords(summary.dataSource.name, () => `${shownBeside(summary)} ${folder.toLowerCase()}`, words);

/** Whether every word of the filter stands in the name, the address, the user or the environment, as they are shown. */
export const matchesFilter = (summary: DataSourceSummary, filter: string): boolean =>
  rankOfSource(summary, filterWords(filter)) < ranks.none;

/** How well a filter fits one that cannot be read, of which name or id is shown. */
export const rankOfDamaged = ({ name, id }: DamagedDataSource, words: FilterWords): number =>
  rankByWords(name ?? '', () => id.toLowerCase(), words);
