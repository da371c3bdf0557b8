import type { ImportAction, ImportItem } from '../../../shared/model/transfer.ts';

/** What to do with each data source of a file, by its index; those that cannot be imported have no entry. */
export type ImportChoices = ReadonlyMap<number, ImportAction>;

export const isImportable = ({ problems }: ImportItem): boolean => problems.length === 0;

/** What there is to choose from. What is new can be left out, what exists is never touched unasked. */
export const actionsFor = ({ conflict }: ImportItem): readonly ImportAction[] =>
  conflict === null ? ['add', 'skip'] : ['skip', 'replace', 'keep-both'];

/** The choices before anybody has chosen: everything new comes in, everything that exists stays as it is. */
export function firstChoices(items: readonly ImportItem[]): ImportChoices {
  return new Map(
    items
      .filter(isImportable)
      .map((item): [number, ImportAction] => [item.index, item.conflict === null ? 'add' : 'skip']),
  );
}

/** The same action for everything that exists already. */
export function withConflicts(
  choices: ImportChoices,
  items: readonly ImportItem[],
  action: ImportAction,
): ImportChoices {
  const next = new Map(choices);
  for (const item of items) {
    if (isImportable(item) && item.conflict !== null) next.set(item.index, action);
  }
  return next;
}

/** How the choices add up: what is new or comes beside another, what replaces one, and what stays out of a file of so many. */
export function countChoices(choices: ImportChoices, itemCount: number) {
  const actions = [...choices.values()];
  const replacedCount = actions.filter((action) => action === 'replace').length;
  const addedCount = actions.filter((action) => action === 'add' || action === 'keep-both').length;
  return { addedCount, replacedCount, skippedCount: itemCount - addedCount - replacedCount };
}

/** The one action of everything that exists already; null when they differ or there are none. */
export function commonAction(choices: ImportChoices, items: readonly ImportItem[]): ImportAction | null {
  const actions = new Set(
    items
      .filter((item) => isImportable(item) && item.conflict !== null)
      .map(({ index }) => choices.get(index) ?? 'skip'),
  );
  const [first] = actions;
  return actions.size === 1 && first !== undefined ? first : null;
}
