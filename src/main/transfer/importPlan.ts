import type { DataSourceSummary, Draft } from '../../shared/model/dataSource.ts';
import { isSameEndpoint } from '../../shared/model/endpoint.ts';
import type { ImportAction, ImportItem } from '../../shared/model/transfer.ts';
import type { ImportEntry } from './importEntry.ts';
import { conflictOf, savedByName } from './importPreview.ts';
import { importChoiceWrong, importOutdated } from './transferErrors.ts';

/** A data source that is to be saved. */
export interface PlannedSave {
  readonly draft: Draft;
  /** What the report says of it, whatever name it gets; null for nothing. */
  readonly note: string | null;
  /** What could not be carried over. */
  readonly lost: readonly string[];
  /** The folder in which it is to stand; null for none, and for one that replaces another and keeps its place. */
  readonly folder: string | null;
}

type Choices = readonly { readonly index: number; readonly action: ImportAction }[];
type ReadableEntry = Extract<ImportEntry, { type: 'readable' }>;

/**
 * What the choices of a person come to, in the order of the file; what was not chosen is skipped.
 * @throws INVALID_INPUT for choices that do not fit the file, or no longer fit what is saved
 */
export function planImport(
  entries: readonly ImportEntry[],
  items: readonly ImportItem[],
  choices: Choices,
  saved: readonly DataSourceSummary[],
): PlannedSave[] {
  const chosen = choicesByIndex(choices, entries.length);
  const byName = savedByName(saved);
  const replaced = new Set<string>();
  return entries.flatMap((entry, index) => {
    const action = chosen.get(index) ?? 'skip';
    if (entry.type === 'unreadable' || action === 'skip') return [];
    const existing = conflictOf(entry, byName);
    requireStillFitting(action, items[index], existing);
    if (action !== 'replace' || existing === null) return [plan(null, entry, typedSecrets(entry), null)];
    const { id } = existing.dataSource;
    if (replaced.has(id)) return [plan(null, entry, typedSecrets(entry), alreadyReplaced)];
    replaced.add(id);
    return [replacement(entry, existing)];
  });
}

const alreadyReplaced = 'Another of the file has replaced the saved one, so this one was added.';
const secretsRemoved =
  'Its saved password was removed because it belongs to another address. Enter it again.';

function choicesByIndex(choices: Choices, entryCount: number): ReadonlyMap<number, ImportAction> {
  const byIndex = new Map(choices.map(({ index, action }) => [index, action]));
  if (byIndex.size < choices.length)
    throw importChoiceWrong('There are two choices for the same data source.');
  if (choices.some(({ index }) => index >= entryCount)) {
    throw importChoiceWrong('There is a choice for a data source that is not in the file.');
  }
  return byIndex;
}

/** Nothing is replaced but what the person was shown, and nothing is added beside what he was not. */
function requireStillFitting(
  action: ImportAction,
  item: ImportItem | undefined,
  existing: DataSourceSummary | null,
): void {
  const isAsShown = item?.conflict?.id === existing?.dataSource.id;
  const fits =
    action === 'replace' ? existing !== null && isAsShown : action === 'keep-both' || existing === null;
  if (!fits) throw importOutdated();
}

/**
 * A stored secret never goes to an address that a file names: without one in the file it stays only where everything
 * that decides who receives it is the same.
 */
function replacement(entry: ReadableEntry, { dataSource, secrets }: DataSourceSummary): PlannedSave {
  const isSame = isSameEndpoint(entry.fields, dataSource);
  const typed = typedSecrets(entry);
  const others = Object.keys(secrets).filter((field) => !(field in typed));
  const kept = isSame ? Object.fromEntries(others.map((field) => [field, { type: 'stored' as const }])) : {};
  const isRemoved = !isSame && others.length > 0 && entry.fields.origin !== 'demo';
  return plan(dataSource.id, entry, { ...kept, ...typed }, isRemoved ? secretsRemoved : null);
}

function plan(
  id: string | null,
  { fields, notes, folder }: ReadableEntry,
  secrets: Draft['secrets'],
  note: string | null,
): PlannedSave {
  return { draft: { id, fields, secrets }, note, lost: notes, folder: id === null ? folder : null };
}

function typedSecrets({ secrets }: ReadableEntry): Draft['secrets'] {
  const typed = [...secrets].map(([field, secret]) => [
    field,
    { type: 'typed' as const, value: secret.toString('utf8') },
  ]);
  return Object.fromEntries(typed);
}
