import { ActionIcon, Menu } from '@mantine/core';
import { IconCopy, IconDots, IconKey, IconLink, IconTrash } from '@tabler/icons-react';
import type { DataSource } from '../../../shared/model/dataSource.ts';
import { connectionsText } from '../../text/connections.ts';
import { connectionsStore, copyUrl } from '../connections/index.ts';
import classes from './SourceTab.module.css';

/** What is done with a data source less often than what has its own place in the bar. */
export function SourceMore({ dataSource, hasSecret }: { dataSource: DataSource; hasSecret: boolean }) {
  const { id, name } = dataSource;
  const { duplicate, askRemove } = connectionsStore.getState();
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <ActionIcon size={26} aria-label={connectionsText.moreActions(name)}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconCopy size={15} />} onClick={() => void duplicate(id)}>
          {connectionsText.duplicate}
        </Menu.Item>
        <Menu.Item leftSection={<IconLink size={15} />} onClick={() => void copyUrl(id, false)}>
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
          onClick={() => askRemove(id)}
        >
          {connectionsText.remove}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
