import { useCallback } from 'react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { schemaStore } from './schema.ts';
import type { TreeAction } from './treeKeyboard.ts';
import type { TreeRow } from './treeRows.ts';

const actions = schemaStore.getState();

function toggle(sourceId: DataSourceId, row: TreeRow, isExpanded: boolean): void {
  if (row.type === 'schema') void actions.toggleSchema(sourceId, row.schema.name, isExpanded);
  else actions.toggle(sourceId, row.key, isExpanded);
}

/** What Enter and a click do: a relation is shown at the right, what can only be opened is opened or closed. */
function activate(sourceId: DataSourceId, row: TreeRow): void {
  if (row.type === 'relation') {
    actions.select(sourceId, { schema: row.relation.schema, name: row.relation.name });
  } else if (row.type === 'note') {
    if (row.note === 'absent' || row.note === 'failed') void actions.loadRelations(sourceId, row.schema);
  } else toggle(sourceId, row, row.isExpanded !== true);
}

/** Performs what keys, clicks and the menu of the tree ask for. */
export function useTreeActions(sourceId: DataSourceId, rows: readonly TreeRow[]) {
  const perform = useCallback(
    (action: TreeAction): void => {
      const row = rows.find(({ key }) => key === action.key);
      if (row === undefined) return;
      if (action.type === 'move') actions.setActive(sourceId, row.key);
      else if (action.type === 'toggle') toggle(sourceId, row, action.isExpanded);
      else activate(sourceId, row);
    },
    [sourceId, rows],
  );
  const loadRelations = useCallback(
    (schema: string) => void actions.loadRelations(sourceId, schema),
    [sourceId],
  );
  const cancelLoads = useCallback(() => actions.cancelLoads(sourceId), [sourceId]);
  return { perform, loadRelations, cancelLoads };
}
