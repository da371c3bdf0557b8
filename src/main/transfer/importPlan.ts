import type { DataSourceSummary, Draft, PasswordInput } from '../../shared/model/dataSource.ts';
import type { ImportAction, ImportItem } from '../../shared/model/transfer.ts';
import { endpointHash } from '../vault/secrets/endpointBinding.ts';
import type { ImportEntry } from './importEntry.ts';
import { conflictOf, savedByName } from './importPreview.ts';
import { importChoiceWrong, importOutdated } from './transferErrors.ts';

/** A data source that is to be saved. */
export interface PlannedSave {
  readonly draft: Draft;
  /** What the report says of it, whatever name it gets; null for nothing. */
  readonly note: string | null;
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
    if (action !== 'replace' || existing === null) return [plan(null, entry, passwordOf(entry), null)];
    const { id } = existing.dataSource;
    if (replaced.has(id)) return [plan(null, entry, passwordOf(entry), alreadyReplaced)];
    replaced.add(id);
    return [replacement(entry, existing)];
  });
}

const alreadyReplaced = 'Another of the file has replaced the saved one, so this one was added.';
const passwordRemoved =
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
 * A stored password never goes to an address that a file names: without one in the file it stays only where everything
 * that decides who receives it is the same.
 */
function replacement(entry: ReadableEntry, { dataSource, password }: DataSourceSummary): PlannedSave {
  if (entry.password !== null || entry.fields.demo)
    return plan(dataSource.id, entry, passwordOf(entry), null);
  const isSameEndpoint = endpointHash(entry.fields).equals(endpointHash(dataSource));
  if (isSameEndpoint) return plan(dataSource.id, entry, { type: 'stored' }, null);
  const hadPassword = password.stored && !dataSource.demo;
  return plan(dataSource.id, entry, { type: 'none' }, hadPassword ? passwordRemoved : null);
}

function plan(
  id: string | null,
  { fields }: ReadableEntry,
  password: PasswordInput,
  note: string | null,
): PlannedSave {
  return { draft: { id, fields, password }, note };
}

function passwordOf({ password }: ReadableEntry): PasswordInput {
  return password === null ? { type: 'none' } : { type: 'typed', value: password.toString('utf8') };
}
