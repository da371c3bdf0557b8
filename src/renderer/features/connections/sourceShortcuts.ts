import type { KeyboardEvent } from 'react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { connectionsStore, openEditor } from './connections.ts';

const isMod = (event: KeyboardEvent): boolean => event.ctrlKey || event.metaKey;

/** Does what a key means for the row with the focus; answers whether it meant anything. */
export function runSourceShortcut(event: KeyboardEvent, id: DataSourceId | undefined): boolean {
  const { duplicate, askRemove, restore, lastRemovedId } = connectionsStore.getState();
  const key = event.key.toLowerCase();
  if (isMod(event) && key === 'z' && lastRemovedId !== null) {
    void restore(lastRemovedId);
    return true;
  }
  if (id === undefined) return false;
  if (isMod(event) && key === 'd') void duplicate(id);
  else if (event.key === 'F2') openEditor(id);
  else if (event.key === 'Delete') askRemove(id);
  else return false;
  return true;
}
