import type { DataSourceId } from '../../../shared/model/ids.ts';
import { freeName } from '../../lib/freeName.ts';
import { notifyWithUndo } from '../../lib/notify.tsx';
import { connectionsText } from '../../text/connections.ts';
import { navigatorText } from '../../text/navigator.ts';
import { connectionsStore } from '../connections/index.ts';
import {
  arrangedFor,
  favourites,
  moved,
  movedBy,
  type Target,
  withFolder,
  withFolderBack,
  withFolderChanged,
  withoutFavourite,
  withoutFolder,
  withPlacements,
} from './arrangement.ts';
import { folderKey } from './keys.ts';
import { arrangementStore, navigatorStore } from './navigator.ts';
import type { NavigatorRow, RowOf } from './rows.ts';

const { change } = arrangementStore.getState();

const byName = () => connectionsStore.getState().order;

/** Moves a data source or a folder to a place. */
export function moveTo(id: string, target: Target): void {
  void change((arrangement) => {
    const next = moved(arrangement, arrangedFor(arrangement, byName()), id, target);
    // What was dropped into a closed folder would be gone from sight.
    const { container } = target;
    return container === null || container === favourites
      ? next
      : withFolderChanged(next, container, { isExpanded: true });
  });
}

/** Up or down by one; does nothing for what is not ordered by hand. */
export function moveBy(row: NavigatorRow, by: 1 | -1): void {
  if (row.type !== 'source' && row.type !== 'folder') return;
  const [id, container] = row.type === 'source' ? [row.sourceId, row.container] : [row.folderId, null];
  void change((arrangement) =>
    movedBy(arrangement, arrangedFor(arrangement, byName()), id, { container, by }),
  );
}

export function setFavourite(id: DataSourceId, isFavourite: boolean): void {
  if (isFavourite) moveTo(id, { container: favourites, beforeId: null });
  else void change((arrangement) => withoutFavourite(arrangement, id));
}

/** Makes a folder and has its name typed at once. */
export async function addFolder(): Promise<void> {
  const id = crypto.randomUUID();
  await change((arrangement) => {
    const taken = arrangement.folders.map(({ name }) => name);
    return withFolder(arrangement, { id, name: freeName(navigatorText.folderName, taken), isExpanded: true });
  });
  const key = folderKey(id);
  const { setFilter, setActive, setRenaming } = navigatorStore.getState();
  setFilter('');
  setActive(key);
  setRenaming(key);
}

/** Puts data sources that were imported into the folders that they stood in before. */
export function placeInFolders(placements: Parameters<typeof withPlacements>[1]): void {
  void change((arrangement) => withPlacements(arrangement, placements));
}

/** Deletes a folder at once, and offers to take that back. */
export function deleteFolder({ folderId, name, count }: RowOf<'folder'>): void {
  const { arrangement: before } = arrangementStore.getState();
  void change((arrangement) => withoutFolder(arrangement, folderId));
  notifyWithUndo({
    message: navigatorText.folderDeleted(name, count),
    undoLabel: connectionsText.undo,
    onUndo: () => void change((arrangement) => withFolderBack(arrangement, before, folderId)),
  });
}

/** Gives a folder or a data source the name that was typed; an empty one changes nothing. */
export function rename(row: NavigatorRow, typed: string): void {
  const name = typed.trim();
  if (name === '') return;
  if (row.type === 'source') void connectionsStore.getState().rename(row.sourceId, name);
  if (row.type !== 'folder') return;
  void change((arrangement) => withFolderChanged(arrangement, row.folderId, { name }));
}
