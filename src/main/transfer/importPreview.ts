import type { DataSource, DataSourceFields, DataSourceSummary } from '../../shared/model/dataSource.ts';
import type { ImportItem } from '../../shared/model/transfer.ts';
import { cleanText } from '../base/cleanText.ts';
import { type ImportEntry, maxShownName } from './importEntry.ts';

/** What a person sees of a file before anything is imported. */
export function previewItems(
  entries: readonly ImportEntry[],
  saved: readonly DataSourceSummary[],
): ImportItem[] {
  const byName = savedByName(saved);
  return entries.map((entry, index) => {
    if (entry.type === 'unreadable') {
      const { name, problems } = entry;
      return { index, name, address: null, hasSecret: false, conflict: null, problems: [...problems] };
    }
    const { fields, password } = entry;
    const existing = conflictOf(entry, byName);
    return {
      index,
      name: cleanText(fields.name, maxShownName),
      address: addressOf(fields),
      hasSecret: password !== null,
      conflict: existing && {
        id: existing.dataSource.id,
        name: existing.dataSource.name,
        isSameAddress: isSameAddress(fields, existing.dataSource),
      },
      problems: [],
    };
  });
}

type ByName = ReadonlyMap<string, readonly DataSourceSummary[]>;

/** Saved data sources by their name as people compare it: without case, outer blanks and ways to compose a character. */
export function savedByName(saved: readonly DataSourceSummary[]): ByName {
  const byName = new Map<string, DataSourceSummary[]>();
  for (const summary of saved) {
    const key = comparable(summary.dataSource.name);
    byName.set(key, [...(byName.get(key) ?? []), summary]);
  }
  return byName;
}

/** The saved data source that has the name already; of several the one that the file came from, else the first. */
export function conflictOf(
  entry: Extract<ImportEntry, { type: 'readable' }>,
  byName: ByName,
): DataSourceSummary | null {
  const sameName = byName.get(comparable(entry.fields.name)) ?? [];
  return sameName.find(({ dataSource }) => dataSource.id === entry.id) ?? sameName[0] ?? null;
}

function comparable(name: string): string {
  return name.normalize('NFC').trim().toLowerCase();
}

function addressOf({ user, host, port, database }: DataSourceFields): string {
  const hostText = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  return `${user}@${hostText}:${port}/${database}`;
}

function isSameAddress(fields: DataSourceFields, saved: DataSource): boolean {
  const withHost = (some: DataSourceFields) => addressOf({ ...some, host: some.host.toLowerCase() });
  return withHost(fields) === withHost(saved);
}
