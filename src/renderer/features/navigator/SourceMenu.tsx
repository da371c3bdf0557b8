import { Menu } from '@mantine/core';
import {
  IconCopy,
  IconKey,
  IconLink,
  IconPencil,
  IconPlugConnected,
  IconPlugConnectedX,
  IconTrash,
} from '@tabler/icons-react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { SourceState } from '../../../shared/model/sourceState.ts';
import { shortcutText } from '../../components/ShortcutHint.tsx';
import { connectionsText } from '../../text/connections.ts';
import { connectionsStore, copyUrl, openEditor, useDataSource, useSourceState } from './connections.ts';
import classes from './SourceRow.module.css';

const shortcut = (keys: string) => <span className={classes.shortcut}>{shortcutText(keys)}</span>;

/** What connecting is called in this state; null where there is nothing to connect. */
function connectLabel({ status }: SourceState): string | null {
  if (status === 'reconnecting' || status === 'open-circuit') return connectionsText.tryNow;
  return status === 'idle' || status === 'closing' || status === 'failed' ? connectionsText.connect : null;
}

/** What can be done with a data source, for its context menu and its “more” button alike. */
export function SourceMenuItems({ id }: { id: DataSourceId }) {
  const state = useSourceState(id);
  const hasSecret = Object.keys(useDataSource(id)?.secrets ?? {}).length > 0;
  const primary = connectLabel(state);
  const { connect, disconnect, duplicate, askRemove } = connectionsStore.getState();
  return (
    <>
      {primary !== null && (
        <Menu.Item leftSection={<IconPlugConnected size={15} />} onClick={() => void connect(id)}>
          {primary}
        </Menu.Item>
      )}
      {primary !== connectionsText.connect && (
        <Menu.Item leftSection={<IconPlugConnectedX size={15} />} onClick={() => void disconnect(id)}>
          {connectionsText.disconnect}
        </Menu.Item>
      )}
      <Menu.Divider />
      <Menu.Item
        leftSection={<IconPencil size={15} />}
        rightSection={shortcut('F2')}
        onClick={() => openEditor(id)}
      >
        {connectionsText.edit}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconCopy size={15} />}
        rightSection={shortcut('Mod+D')}
        onClick={() => void duplicate(id)}
      >
        {connectionsText.duplicate}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconLink size={15} />}
        rightSection={shortcut('Mod+Shift+C')}
        onClick={() => void copyUrl(id, false)}
      >
        {connectionsText.copyUrl}
      </Menu.Item>
      {hasSecret && (
        <Menu.Item leftSection={<IconKey size={15} />} onClick={() => void copyUrl(id, true)}>
          {connectionsText.copyUrlWithPassword}
        </Menu.Item>
      )}
      <Menu.Divider />
      <Menu.Item
        className={classes.danger}
        leftSection={<IconTrash size={15} />}
        rightSection={shortcut('Delete')}
        onClick={() => askRemove(id)}
      >
        {connectionsText.remove}
      </Menu.Item>
    </>
  );
}
