import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { Tab, TabGroup, TabId } from '../../../shared/model/tabs.ts';

/** What is open, and where: one group of tabs, or two side by side. */
export interface Arranged {
  readonly groups: readonly TabGroup[];
  readonly focusedGroup: number;
}

export interface TabPlace {
  readonly group: number;
  readonly index: number;
}

const emptyGroup: TabGroup = { tabs: [], activeId: null };

/** Where a tab stands; null when it is not open. */
export function placeOf({ groups }: Arranged, id: TabId): TabPlace | null {
  for (const [group, { tabs }] of groups.entries()) {
    const index = tabs.findIndex((tab) => tab.id === id);
    if (index >= 0) return { group, index };
  }
  return null;
}

export const openTabs = ({ groups }: Arranged): readonly Tab[] => groups.flatMap(({ tabs }) => tabs);

export const tabOf = (arranged: Arranged, id: TabId): Tab | undefined =>
  openTabs(arranged).find((tab) => tab.id === id);

/** The tab in front of the group that has the focus. */
export function activeTabOf({ groups, focusedGroup }: Arranged): Tab | undefined {
  const group = groups[focusedGroup];
  return group?.tabs.find(({ id }) => id === group.activeId);
}

/** The data source that a tab belongs to; null for one that belongs to none. */
export const sourceIdOf = (tab: Tab): DataSourceId | null => ('sourceId' in tab ? tab.sourceId : null);

/** The data source of the tab in front; null when there is none. */
export function activeSourceIdOf(arranged: Arranged): DataSourceId | null {
  const tab = activeTabOf(arranged);
  return tab === undefined ? null : sourceIdOf(tab);
}

const withGroup = (arranged: Arranged, index: number, change: (group: TabGroup) => TabGroup): Arranged => ({
  ...arranged,
  groups: arranged.groups.map((group, at) => (at === index ? change(group) : group)),
});

const pinnedCountOf = (tabs: readonly Tab[]): number => tabs.filter(({ isPinned }) => isPinned).length;

/** An index at which a tab may stand: pinned ones come first. */
function allowedIndex(tabs: readonly Tab[], tab: Tab, index: number): number {
  const pinnedCount = pinnedCountOf(tabs);
  return tab.isPinned
    ? Math.min(Math.max(0, index), pinnedCount)
    : Math.max(pinnedCount, Math.min(index, tabs.length));
}

/** Puts a tab into a group and brings it to the front. */
export function withTab(arranged: Arranged, tab: Tab, { group, index }: TabPlace): Arranged {
  const target = Math.min(group, arranged.groups.length - 1);
  const added = withGroup(arranged, target, ({ tabs }) => {
    const next = [...tabs];
    next.splice(allowedIndex(tabs, tab, index), 0, tab);
    return { tabs: next, activeId: tab.id };
  });
  return { ...added, focusedGroup: target };
}

/** Puts a new tab behind the one in front of the focused group, or in the place of that group's preview. */
export function withNewTab(arranged: Arranged, tab: Tab): { arranged: Arranged; replaced: Tab | null } {
  const group = arranged.focusedGroup;
  const { tabs, activeId } = arranged.groups[group] ?? emptyGroup;
  const previewIndex = tab.isPreview ? tabs.findIndex(({ isPreview }) => isPreview) : -1;
  const replaced = tabs[previewIndex] ?? null;
  if (replaced !== null) {
    const without = withGroup(arranged, group, (one) => groupWithout(one, previewIndex));
    return { arranged: withTab(without, tab, { group, index: previewIndex }), replaced };
  }
  const index = tabs.findIndex(({ id }) => id === activeId) + 1;
  return { arranged: withTab(arranged, tab, { group, index: index || tabs.length }), replaced: null };
}

/** The group without the tab at a place. If it was in front, its right neighbour is then, else its left one. */
function groupWithout({ tabs, activeId }: TabGroup, index: number): TabGroup {
  const rest = tabs.toSpliced(index, 1);
  const neighbour = rest[index] ?? rest.at(-1);
  return { tabs: rest, activeId: activeId === tabs[index]?.id ? (neighbour?.id ?? null) : activeId };
}

/** Takes a tab out; a group left empty goes. */
export function withoutTab(arranged: Arranged, id: TabId): Arranged {
  const place = placeOf(arranged, id);
  if (place === null) return arranged;
  return withoutEmptyGroups(withGroup(arranged, place.group, (group) => groupWithout(group, place.index)));
}

function withoutEmptyGroups(arranged: Arranged): Arranged {
  if (arranged.groups.length < 2) return arranged;
  const kept = arranged.groups.filter(({ tabs }) => tabs.length > 0);
  if (kept.length === arranged.groups.length) return arranged;
  return { groups: kept.length > 0 ? kept : [emptyGroup], focusedGroup: 0 };
}

/** Moves a tab within its group or to the other one, which comes into being for it. */
export function withMovedTab(arranged: Arranged, id: TabId, { group, index }: TabPlace): Arranged {
  const tab = tabOf(arranged, id);
  const from = placeOf(arranged, id);
  if (tab === undefined || from === null) return arranged;
  const groups = group < arranged.groups.length ? arranged.groups : [...arranged.groups, emptyGroup];
  const without = withGroup({ ...arranged, groups }, from.group, (one) => groupWithout(one, from.index));
  return withoutEmptyGroups(withTab(without, { ...tab, isPreview: false }, { group, index }));
}

export function withFront(arranged: Arranged, id: TabId): Arranged {
  const place = placeOf(arranged, id);
  if (place === null) return arranged;
  return {
    ...withGroup(arranged, place.group, (group) => ({ ...group, activeId: id })),
    focusedGroup: place.group,
  };
}

export function withChangedTab(arranged: Arranged, id: TabId, change: (tab: Tab) => Tab): Arranged {
  const place = placeOf(arranged, id);
  if (place === null) return arranged;
  return withGroup(arranged, place.group, (group) => ({
    ...group,
    tabs: group.tabs.map((tab) => (tab.id === id ? change(tab) : tab)),
  }));
}

/** Pins a tab behind the other pinned ones, or takes the pin out and leaves it first of the others. */
export function withPin(arranged: Arranged, id: TabId, isPinned: boolean): Arranged {
  const place = placeOf(arranged, id);
  if (place === null) return arranged;
  return withGroup(arranged, place.group, ({ tabs, activeId }) => {
    const rest = tabs.filter((tab) => tab.id !== id);
    const changed = tabs.flatMap((tab) => (tab.id === id ? [{ ...tab, isPinned, isPreview: false }] : []));
    rest.splice(pinnedCountOf(rest), 0, ...changed);
    return { tabs: rest, activeId };
  });
}
