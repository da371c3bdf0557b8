import type { DataSourceSummary } from '../../../shared/model/dataSource.ts';
import { addressText } from '../../lib/dataSourceText.ts';

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** By name as people sort: upper and lower case alike, `db 2` before `db 10`; the older first where names are equal. */
export function compareSources(left: DataSourceSummary, right: DataSourceSummary): number {
  return (
    collator.compare(left.dataSource.name, right.dataSource.name) ||
    left.dataSource.createdAt - right.dataSource.createdAt
  );
}

/** Whether every word of the filter stands in the name, the address, the user or the environment. */
export function matchesFilter({ dataSource }: DataSourceSummary, filter: string): boolean {
  const { name, user, environment } = dataSource;
  const text = `${name} ${addressText(dataSource)} ${user} ${environment}`.toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
