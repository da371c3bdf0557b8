import { loginTextOf } from '../../../shared/engines/engines.ts';
import type { DamagedDataSource, DataSourceSummary } from '../../../shared/model/dataSource.ts';
import { vocabulary } from '../../text/vocabulary.ts';

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** By name as people sort: upper and lower case alike, `db 2` before `db 10`; the older first where names are equal. */
export function compareSources(left: DataSourceSummary, right: DataSourceSummary): number {
  return (
    collator.compare(left.dataSource.name, right.dataSource.name) ||
    left.dataSource.createdAt - right.dataSource.createdAt
  );
}

/** By name, those whose name cannot be read last. */
export function compareDamaged(left: DamagedDataSource, right: DamagedDataSource): number {
  if (left.name !== null && right.name !== null) return collator.compare(left.name, right.name);
  return Number(left.name === null) - Number(right.name === null) || collator.compare(left.id, right.id);
}

/** How well a filter fits, from the best to none. */
const ranks = { exact: 0, prefix: 1, wordStart: 2, inside: 3, elsewhere: 4, none: 5 };

const wordCharacter = /[\p{L}\p{N}]/u;

/** Where a text stands in a name; both in lower case. */
function rankInName(name: string, text: string): number {
  if (name === text) return ranks.exact;
  if (name.startsWith(text)) return ranks.prefix;
  let at = name.indexOf(text);
  if (at < 0) return ranks.none;
  while (at >= 0) {
    if (!wordCharacter.test(name.charAt(at - 1))) return ranks.wordStart;
    at = name.indexOf(text, at + 1);
  }
  return ranks.inside;
}

/** What is shown of a data source beside its name; “no environment” is not shown. */
function shownBeside({ dataSource }: DataSourceSummary): string {
  const { environment, engine } = dataSource;
  const label = environment === 'none' ? '' : vocabulary.environmentLabel[environment];
  return `${loginTextOf(engine)} ${label}`.toLowerCase();
}

/** How well a name fits a filter, whole or word by word, or what stands beside it; `ranks.none` when a word is missing. */
function rankOf(name: string, beside: () => string, filter: string): number {
  const phrase = filter.trim().toLowerCase();
  const lowerName = name.toLowerCase();
  const whole = rankInName(lowerName, phrase);
  if (whole !== ranks.none) return whole;
  const elsewhere = beside();
  const byWord = phrase.split(/\s+/).map((word) => {
    const rank = rankInName(lowerName, word);
    return rank === ranks.none && elsewhere.includes(word) ? ranks.elsewhere : rank;
  });
  return Math.max(...byWord);
}

const rankOfSource = (summary: DataSourceSummary, filter: string): number =>
  rankOf(summary.dataSource.name, () => shownBeside(summary), filter);

/** Whether every word of the filter stands in the name, the address, the user or the environment, as they are shown. */
export const matchesFilter = (summary: DataSourceSummary, filter: string): boolean =>
  rankOfSource(summary, filter) < ranks.none;

/** The same for one that cannot be read, of which name or id is shown. */
export const damagedMatchesFilter = ({ name, id }: DamagedDataSource, filter: string): boolean =>
  rankOf(name ?? '', () => id.toLowerCase(), filter) < ranks.none;

/**
 * The data sources that a filter lets through, the best first: the exact name, then names that begin with it, then
 * those of which a word does, then those that hold it, then those found by host, database, user or environment. Equals
 * keep their order.
 */
export function rankedSources(sources: readonly DataSourceSummary[], filter: string): DataSourceSummary[] {
  return sources
    .map((summary) => ({ summary, rank: rankOfSource(summary, filter) }))
    .filter(({ rank }) => rank < ranks.none)
    .sort((left, right) => left.rank - right.rank)
    .map(({ summary }) => summary);
}
