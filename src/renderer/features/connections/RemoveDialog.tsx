import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { notifyWithUndo } from '../../lib/notify.tsx';
import { connectionsText } from '../../text/connections.ts';
import { connectionsStore, useConnections } from './connections.ts';

const undoShownMs = 10_000;

async function removeWithUndo(id: string, name: string): Promise<void> {
  const { askRemove, remove, restore } = connectionsStore.getState();
  askRemove(null);
  if (!(await remove(id))) return;
  notifyWithUndo({
    message: connectionsText.removed(name),
    undoLabel: connectionsText.undo,
    shownMs: undoShownMs,
    onUndo: () => void restore(id),
  });
}

/** Asks before a data source is deleted, and offers to take it back afterwards. */
export function RemoveDialog() {
  const summary = useConnections((store) =>
    store.removingId === null ? undefined : store.byId[store.removingId],
  );
  const name = summary?.dataSource.name ?? '';
  return (
    <ConfirmDialog
      opened={summary !== undefined}
      title={connectionsText.removeTitle(name)}
      message={connectionsText.removeMessage}
      confirmLabel={connectionsText.removeConfirm}
      focusOn="confirm"
      onConfirm={() => {
        if (summary !== undefined) void removeWithUndo(summary.dataSource.id, name);
      }}
      onCancel={() => connectionsStore.getState().askRemove(null)}
    />
  );
}
