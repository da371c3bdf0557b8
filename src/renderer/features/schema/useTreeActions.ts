import { useCallback } from 'react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { schemaStore } from './schema.ts';
import type { TreeAction } from './treeKeyboard.ts';
import type { TreeRow } from './treeRows.ts';

const actions = schemaStore.getState();

/** What Enter and a click do: a node is shown at the right, what can only be opened is opened or closed. */
function activate(sourceId: DataSourceId, row: TreeRow): void {
  if (row.type === 'node') {
    const { schema, name, kind } = row.node;
    actions.select(sourceId, { schema, name, kind });
  } else if (row.isExpanded !== null) actions.toggle(sourceId, row.key, !row.isExpanded);
}

/** Performs what keys, clicks and the menu of the tree ask for. */
export function useTreeActions(sourceId: DataSourceId, rows: readonly TreeRow[]) {
  return useCallback(
    (action: TreeAction): void => {
      const row = rows.find(({ key }) => key === action.key);
      if (row === undefined) return;
      if (action.type === 'move') actions.setActive(sourceId, row.key);
      else if (action.type === 'toggle') actions.toggle(sourceId, row.key, action.isExpanded);
      else activate(sourceId, row);
    },
    [sourceId, rows],
  );
}
