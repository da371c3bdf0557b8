import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { connectionsText } from '../../text/connections.ts';
import { connectionsStore, useConnections } from './connections.ts';
import { rescueFocus } from './focusActiveRow.ts';

/** Asks before a data source is signed as it stands. */
export function ConfirmSourceDialog() {
  const summary = useConnections((store) =>
    store.confirmingId === null ? undefined : store.byId[store.confirmingId],
  );
  const words = connectionsText.confirmSource;
  const { askConfirm, confirm } = connectionsStore.getState();
  const name = summary?.dataSource.name ?? '';
  return (
    <ConfirmDialog
      opened={summary !== undefined}
      title={words.title(name)}
      message={summary?.integrity === 'unsigned' ? words.unsignedMessage : words.changedMessage}
      confirmLabel={words.confirm}
      onConfirm={() => {
        askConfirm(null);
        if (summary !== undefined) void confirm(summary.dataSource.id);
      }}
      onCancel={() => askConfirm(null)}
      onClosed={rescueFocus}
    />
  );
}
