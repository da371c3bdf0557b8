import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import {
  IconDots,
  IconFileExport,
  IconFileImport,
  IconFold,
  IconFolderPlus,
  IconPlus,
} from '@tabler/icons-react';
import { ShortcutHint } from '../../components/ShortcutHint.tsx';
import { connectionsText } from '../../text/connections.ts';
import { navigatorText } from '../../text/navigator.ts';
import { openExport, openImport } from '../transfer/index.ts';
import { openWizard } from '../wizard/index.ts';
import { addFolder } from './arrangeActions.ts';
import { FilterField, type FilterFieldProps } from './FilterField.tsx';
import { MenuAction } from './MenuAction.tsx';
import classes from './Navigator.module.css';
import { collapseAll } from './rowActions.ts';

/** What concerns the navigator as a whole. */
function MoreMenu() {
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <ActionIcon size={26} aria-label={navigatorText.more}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <MenuAction icon={IconFolderPlus} label={navigatorText.newFolder} onClick={() => void addFolder()} />
        <MenuAction icon={IconFold} label={navigatorText.collapseAll} onClick={collapseAll} />
        <Menu.Divider />
        <MenuAction icon={IconFileImport} label={navigatorText.import} onClick={openImport} />
        <MenuAction icon={IconFileExport} label={navigatorText.export} onClick={openExport} />
      </Menu.Dropdown>
    </Menu>
  );
}

/** The filter, and the way to a new data source. */
export function NavigatorHead(filter: FilterFieldProps) {
  return (
    <div className={classes.head}>
      <FilterField {...filter} />
      {/* Beside it: below it would cover the first row. */}
      <Tooltip
        position="right"
        label={<ShortcutHint label={connectionsText.newDataSource} shortcut="Mod+N" />}
      >
        <ActionIcon size={26} aria-label={connectionsText.newDataSource} onClick={openWizard.create}>
          <IconPlus size={16} />
        </ActionIcon>
      </Tooltip>
      <MoreMenu />
    </div>
  );
}
