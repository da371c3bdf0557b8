import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { Arrangement } from '../../../shared/model/tabs.ts';
import { compareNames } from '../../lib/compareNames.ts';

/** Stands for the favourites where else the id of a folder stands. */
export const favourites = 'favourites';

/** Where a data source stands: among the favourites, in the folder of this id, or (null) at the top level. */
export type Container = string | null;

export type Folder = Arrangement['folders'][number];

export const noArrangement: Arrangement = { folders: [], folderOf: {}, favourites: [], order: [] };

/** What stands where, in the order in which it is shown. */
export interface Arranged {
  readonly favourites: readonly DataSourceId[];
  /** Folders and data sources of the top level, mixed as somebody has put them. */
  readonly top: readonly (
    | { readonly type: 'folder'; readonly folder: Folder }
    | { readonly type: 'source'; readonly sourceId: DataSourceId }
  )[];
  readonly inFolder: ReadonlyMap<string, readonly DataSourceId[]>;
}

/**
 * Puts the data sources where the arrangement says. A favourite stands at the top and nowhere else. What the arrangement
 * does not order comes behind the rest: folders by name, then data sources.
 * @param byName ids of all data sources, by name
 */
function arranged(arrangement: Arrangement, byName: readonly DataSourceId[]): Arranged {
  const known = new Set(byName);
  const pinned = new Set(arrangement.favourites.filter((id) => known.has(id)));
  const place = new Map(arrangement.order.map((id, index) => [id, index]));
  const byPlace = (left: string, right: string) =>
    (place.get(left) ?? place.size) - (place.get(right) ?? place.size);
  const folders = [...arrangement.folders].sort((left, right) => compareNames(left.name, right.name));
  const inFolder = new Map<string, DataSourceId[]>(folders.map(({ id }) => [id, []]));
  const loose: DataSourceId[] = [];
  for (const id of byName) {
    if (!pinned.has(id)) (inFolder.get(arrangement.folderOf[id] ?? '') ?? loose).push(id);
  }
  for (const members of inFolder.values()) members.sort(byPlace);
  const entries = [
    ...folders.map((folder) => ({ type: 'folder', folder }) as const),
    ...loose.map((sourceId) => ({ type: 'source', sourceId }) as const),
  ];
  return {
    favourites: [...pinned],
    inFolder,
    top: entries.sort((left, right) => byPlace(idOf(left), idOf(right))),
  };
}

let latest: {
  readonly of: readonly [Arrangement, readonly DataSourceId[]];
  readonly shown: Arranged;
} | null = null;

/** The same, kept until one of the two is another one: it is asked for whenever a data source changes its state. */
export function arrangedFor(arrangement: Arrangement, byName: readonly DataSourceId[]): Arranged {
  if (latest === null || latest.of[0] !== arrangement || latest.of[1] !== byName) {
    latest = { of: [arrangement, byName], shown: arranged(arrangement, byName) };
  }
  return latest.shown;
}

const idOf = (entry: Arranged['top'][number]): string =>
  entry.type === 'folder' ? entry.folder.id : entry.sourceId;

/** The ids that stand in a container, in order. */
export function membersOf(shown: Arranged, container: Container): readonly string[] {
  if (container === favourites) return shown.favourites;
  return container === null ? shown.top.map(idOf) : (shown.inFolder.get(container) ?? []);
}

/** Where something is to stand: before another member of the container, or (null) at its end. */
export interface Target {
  readonly container: Container;
  readonly beforeId: string | null;
}

/**
 * Moves a data source or a folder. A folder stands at the top level only.
 * @param shown how `arrangement` is shown now: what was in order by name is put in this order by hand
 */
export function moved(
  arrangement: Arrangement,
  shown: Arranged,
  id: string,
  { container, beforeId }: Target,
): Arrangement {
  const others = membersOf(shown, container).filter((member) => member !== id);
  const at = beforeId === null ? -1 : others.indexOf(beforeId);
  const members = at < 0 ? [...others, id] : [...others.slice(0, at), id, ...others.slice(at)];
  if (container === favourites) return { ...arrangement, favourites: members };
  const isFolder = arrangement.folders.some((folder) => folder.id === id);
  const folderOf = { ...arrangement.folderOf };
  if (container === null) delete folderOf[id];
  else if (!isFolder) folderOf[id] = container;
  const placed = new Set(members);
  const order = [...arrangement.order.filter((one) => !placed.has(one)), ...members];
  return { ...withoutFavourite(arrangement, id), folderOf, order };
}

/** Up or down by one among its neighbours; the same arrangement at the end. */
export function movedBy(
  arrangement: Arrangement,
  shown: Arranged,
  id: string,
  { container, by }: { readonly container: Container; readonly by: 1 | -1 },
): Arrangement {
  const members = membersOf(shown, container);
  const from = members.indexOf(id);
  const to = from + by;
  if (from < 0 || to < 0 || to >= members.length) return arrangement;
  const beforeId = members[by > 0 ? to + 1 : to] ?? null;
  return moved(arrangement, shown, id, { container, beforeId });
}

/** Leaves the favourites for the place that it had before. */
export const withoutFavourite = (arrangement: Arrangement, id: DataSourceId): Arrangement => ({
  ...arrangement,
  favourites: arrangement.favourites.filter((one) => one !== id),
});

export const withFolder = (arrangement: Arrangement, folder: Folder): Arrangement => ({
  ...arrangement,
  folders: [...arrangement.folders, folder],
});

export const withFolderChanged = (
  arrangement: Arrangement,
  id: string,
  change: Partial<Pick<Folder, 'name' | 'isExpanded'>>,
): Arrangement => ({
  ...arrangement,
  folders: arrangement.folders.map((folder) => (folder.id === id ? { ...folder, ...change } : folder)),
});

/** Takes a folder away; what was in it stands at the top level. */
export function withoutFolder(arrangement: Arrangement, id: string): Arrangement {
  const inOthers = Object.entries(arrangement.folderOf).filter(([, folderId]) => folderId !== id);
  return {
    ...arrangement,
    folders: arrangement.folders.filter((folder) => folder.id !== id),
    folderOf: Object.fromEntries(inOthers),
    // Their order within the folder says nothing about their place among others.
    order: arrangement.order.filter((one) => one !== id && arrangement.folderOf[one] !== id),
  };
}

/** Brings a folder that was taken away back, with what was in it and is still loose. */
export function withFolderBack(arrangement: Arrangement, before: Arrangement, id: string): Arrangement {
  const members = Object.entries(before.folderOf).filter(([, folderId]) => folderId === id);
  return {
    ...arrangement,
    folders: [...arrangement.folders, ...before.folders.filter((folder) => folder.id === id)],
    folderOf: { ...Object.fromEntries(members), ...arrangement.folderOf },
    order: [...before.order, ...arrangement.order.filter((one) => !before.order.includes(one))],
  };
}

/** As many as are kept. */
const maxFolders = 500;

/** Puts data sources into folders by name, and adds the folders that are missing; those that exist already stay as they are. */
export function withPlacements(
  arrangement: Arrangement,
  placements: readonly { readonly id: DataSourceId; readonly folder: string }[],
): Arrangement {
  const idByName = new Map(arrangement.folders.map(({ id, name }) => [name, id]));
  const folders = [...arrangement.folders];
  const folderOf = { ...arrangement.folderOf };
  for (const { id, folder } of placements) {
    const known = idByName.get(folder);
    if (known === undefined && folders.length >= maxFolders) continue;
    const folderId = known ?? crypto.randomUUID();
    if (known === undefined) folders.push({ id: folderId, name: folder, isExpanded: true });
    idByName.set(folder, folderId);
    folderOf[id] = folderId;
  }
  return { ...arrangement, folders, folderOf };
}

/** Forgets the data sources that are gone. */
export function withoutGone(arrangement: Arrangement, isKnown: (id: DataSourceId) => boolean): Arrangement {
  const folderIds = new Set(arrangement.folders.map(({ id }) => id));
  return {
    folders: arrangement.folders,
    folderOf: Object.fromEntries(
      Object.entries(arrangement.folderOf).filter(([id, folderId]) => isKnown(id) && folderIds.has(folderId)),
    ),
    favourites: arrangement.favourites.filter(isKnown),
    order: arrangement.order.filter((id) => folderIds.has(id) || isKnown(id)),
  };
}
