import { addressTextOf, endpointOf } from '../../shared/engines/engines.ts';
import { networkNames } from '../../shared/engines/networkForm.ts';
import type { DataSourceFields, DataSourceSummary } from '../../shared/model/dataSource.ts';
import { endpointParts } from '../../shared/model/endpoint.ts';
import type { ImportItem } from '../../shared/model/transfer.ts';
import { cleanText } from '../base/cleanText.ts';
import { type ImportEntry, maxShownName } from './importEntry.ts';

const maxNotes = 20;
const maxAddressLength = 600;
const maxNoteLength = 300;

/** What a person sees of a file before anything is imported. */
export function previewItems(
  entries: readonly ImportEntry[],
  saved: readonly DataSourceSummary[],
): ImportItem[] {
  const byName = savedByName(saved);
  return entries.map((entry, index) => {
    if (entry.type === 'unreadable') {
      const { name, problems } = entry;
      const nothing = { address: null, folder: null, hasSecret: false, conflict: null, notes: [] };
      return { index, name, ...nothing, problems: [...problems] };
    }
    const { fields, secrets } = entry;
    const existing = conflictOf(entry, byName);
    return {
      index,
      name: cleanText(fields.name, maxShownName),
      address: addressOf(fields),
      folder: entry.folder,
      hasSecret: secrets.size > 0,
      conflict: existing && {
        id: existing.dataSource.id,
        name: existing.dataSource.name,
        isSameAddress: isSameAddress(fields, existing.dataSource),
      },
      problems: [],
      notes: entry.notes.slice(0, maxNotes).map((note) => cleanText(note, maxNoteLength)),
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

/** `user@host:port/database`, as far as the engine has them, and what it goes through. */
function addressOf({ engine }: DataSourceFields): string {
  const user = endpointOf(engine).names.find(({ label }) => label === 'User')?.value ?? '';
  const place = user === '' ? addressTextOf(engine) : `${user}@${addressTextOf(engine)}`;
  const network = 'network' in engine.config ? engine.config.network : undefined;
  const way = networkNames(network).map(({ label, value }) => `${label} ${value}`);
  return cleanText([place, ...way].join(' · '), maxAddressLength);
}

/** Whether both lead to the same place, by whatever encryption. */
function isSameAddress(fields: DataSourceFields, saved: DataSourceFields): boolean {
  const partsOf = (some: DataSourceFields) => JSON.stringify(endpointParts(some).slice(0, -1));
  return partsOf(fields) === partsOf(saved);
}
