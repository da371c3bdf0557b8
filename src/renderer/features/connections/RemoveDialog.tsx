import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { notifyWithUndo } from '../../lib/notify.tsx';
import { lossesOf } from '../../lib/sourceGuards.ts';
import { connectionsText } from '../../text/connections.ts';
import { connectionsStore, useConnections, useDamaged, useDataSource } from './connections.ts';
import { rescueFocus } from './focusActiveRow.ts';

async function removeWithUndo(id: string, name: string): Promise<void> {
  const { remove, restore } = connectionsStore.getState();
  if (!(await remove(id))) return;
  notifyWithUndo({
    message: connectionsText.removed(name),
    undoLabel: connectionsText.undo,
    onUndo: () => void restore(id),
  });
}

/** Asks before a data source is deleted, and offers to take it back afterwards; a damaged one stays in a backup. */
export function RemoveDialog() {
  const removingId = useConnections((store) => store.removingId);
  const summary = useDataSource(removingId ?? '');
  const damaged = useDamaged(removingId);
  const { askRemove, removeDamaged } = connectionsStore.getState();
  const isDamaged = damaged !== undefined;
  const losses = removingId === null ? [] : lossesOf(removingId);
  const name = isDamaged ? (damaged.name ?? connectionsText.unnamed) : (summary?.dataSource.name ?? '');
  const confirm = () => {
    askRemove(null);
    if (summary !== undefined) void removeWithUndo(summary.dataSource.id, name);
    if (isDamaged) void removeDamaged(damaged.id);
  };
  return (
    <ConfirmDialog
      opened={summary !== undefined || isDamaged}
      title={isDamaged ? connectionsText.removeDamagedTitle(name) : connectionsText.removeTitle(name)}
      message={[
        isDamaged ? connectionsText.removeDamagedMessage : connectionsText.removeMessage,
        ...losses,
      ].join(' ')}
      confirmLabel={isDamaged ? connectionsText.removeDamagedConfirm : connectionsText.removeConfirm}
      focusOn={isDamaged || losses.length > 0 ? 'cancel' : 'confirm'}
      onConfirm={confirm}
      onCancel={() => askRemove(null)}
      onClosed={rescueFocus}
    />
  );
}
