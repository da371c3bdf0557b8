import type { DamagedDataSource, DataSourceSummary } from '../../../shared/model/dataSource.ts';
import { addressText } from '../../lib/dataSourceText.ts';

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

const holdsEveryWord = (text: string, filter: string): boolean =>
  filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.toLowerCase().includes(word));

/** Whether every word of the filter stands in the name, the address, the user or the environment. */
export function matchesFilter({ dataSource }: DataSourceSummary, filter: string): boolean {
  const { name, user, environment } = dataSource;
  return holdsEveryWord(`${name} ${addressText(dataSource)} ${user} ${environment}`, filter);
}

/** The same for one that cannot be read. */
export const damagedMatchesFilter = ({ name, id }: DamagedDataSource, filter: string): boolean =>
  holdsEveryWord(`${name ?? ''} ${id}`, filter);
