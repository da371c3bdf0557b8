import type { KeyboardEvent } from 'react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { connectionsStore, copyUrl, openEditor } from './connections.ts';

const isMod = (event: KeyboardEvent): boolean => event.ctrlKey || event.metaKey;

/** Does what a key means for the row with the focus; answers whether it meant anything. A damaged one can only go. */
export function runSourceShortcut(event: KeyboardEvent, id: DataSourceId | undefined): boolean {
  const { byId, duplicate, askRemove, restore, lastRemovedId } = connectionsStore.getState();
  const key = event.key.toLowerCase();
  if (isMod(event) && key === 'z' && lastRemovedId !== null) {
    void restore(lastRemovedId);
    return true;
  }
  if (id === undefined) return false;
  if (event.key === 'Delete') askRemove(id);
  else if (byId[id] === undefined) return false;
  else if (isMod(event) && key === 'd') void duplicate(id);
  else if (isMod(event) && event.shiftKey && key === 'c') void copyUrl(id, false);
  else if (event.key === 'F2') openEditor(id);
  else return false;
  return true;
}
