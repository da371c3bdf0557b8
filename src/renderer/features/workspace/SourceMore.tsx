import { ActionIcon, Menu } from '@mantine/core';
import {
  IconApi,
  IconCopy,
  IconDots,
  IconFileImport,
  IconKey,
  IconLink,
  IconTrash,
} from '@tabler/icons-react';
import { engineOf } from '../../../shared/engines/engines.ts';
import type { DataSource } from '../../../shared/model/dataSource.ts';
import { connectionsText } from '../../text/connections.ts';
import { resourcesText } from '../../text/resources.ts';
import { connectionsStore, copyUrl } from '../connections/index.ts';
import { resourceActions } from '../resources/index.tsx';
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
        {engineOf(dataSource.engine.kind).capabilities.requests && (
          <>
            <Menu.Item leftSection={<IconApi size={15} />} onClick={() => resourceActions.create(id)}>
              {resourcesText.newResource}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconFileImport size={15} />}
              onClick={() => resourceActions.importDocument(id)}
            >
              {resourcesText.importDocument}
            </Menu.Item>
            <Menu.Item onClick={() => resourceActions.importFile(id)}>{resourcesText.importFile}</Menu.Item>
            <Menu.Item onClick={() => resourceActions.exportFile(id)}>{resourcesText.exportFile}</Menu.Item>
            <Menu.Divider />
          </>
        )}
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
