import type { KeyboardEvent } from 'react';
import { connectionsStore, copyUrl, openEditor } from '../connections/index.ts';
import { objectsStore } from '../objects/index.ts';
import { deleteFolder, moveBy } from './arrangeActions.ts';
import { navigatorStore } from './navigator.ts';
import { openRow, refreshRow, sourceOf } from './rowActions.ts';
import type { NavigatorRow } from './rows.ts';

const keyOf = (event: KeyboardEvent): string =>
  [
    event.ctrlKey || event.metaKey ? 'mod' : '',
    event.altKey ? 'alt' : '',
    event.shiftKey ? 'shift' : '',
    event.key.length === 1 ? event.key.toLowerCase() : event.key,
  ]
    .filter((part) => part !== '')
    .join('+');

function remove(row: NavigatorRow): void {
  const { askRemove } = connectionsStore.getState();
  if (row.type === 'source') askRemove(row.sourceId);
  else if (row.type === 'damaged') askRemove(row.damagedId);
  else if (row.type === 'folder') deleteFolder(row);
  else if (row.type === 'missing') void objectsStore.getState().setFavourite(row.sourceId, row.node, false);
}

type Shortcut = (row: NavigatorRow) => void;

/** On any row; what a row does not have does nothing. */
const onRow: Readonly<Record<string, Shortcut>> = {
  ' ': (row) => openRow(row, true),
  F2: ({ type, key }) => {
    if (type === 'source' || type === 'folder') navigatorStore.getState().setRenaming(key);
  },
  F5: refreshRow,
  Delete: remove,
  'alt+ArrowUp': (row) => moveBy(row, -1),
  'alt+ArrowDown': (row) => moveBy(row, 1),
};

/** On the row of a data source only. */
const onSource: Readonly<Record<string, (id: string) => void>> = {
  F4: openEditor,
  'mod+d': (id) => void connectionsStore.getState().duplicate(id),
  'mod+shift+c': (id) => void copyUrl(id, false),
};

/** Does what a key means for the row with the focus; answers whether it meant anything. */
export function runRowShortcut(event: KeyboardEvent, row: NavigatorRow | undefined): boolean {
  const key = keyOf(event);
  const { lastRemovedId, restore } = connectionsStore.getState();
  if (key === 'mod+z' && lastRemovedId !== null) {
    void restore(lastRemovedId);
    return true;
  }
  if (row === undefined) return false;
  const id = row.type === 'source' ? sourceOf(row) : null;
  const ofSource = id === null ? undefined : onSource[key];
  if (id !== null && ofSource !== undefined) ofSource(id);
  else if (onRow[key] !== undefined) onRow[key](row);
  else return false;
  return true;
}
