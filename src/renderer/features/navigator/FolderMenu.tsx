import { Menu } from '@mantine/core';
import { IconFolderPlus, IconForms, IconTrash } from '@tabler/icons-react';
import { navigatorText } from '../../text/navigator.ts';
import { OrderItems } from './ArrangeMenu.tsx';
import { addFolder, deleteFolder } from './arrangeActions.ts';
import { MenuAction } from './MenuAction.tsx';
import { navigatorStore } from './navigator.ts';
import { toggleRow } from './rowActions.ts';
import type { NavigatorRow, RowOf } from './rows.ts';

/** Opens and closes what has rows below it. */
export function ToggleItem({ row }: { row: NavigatorRow }) {
  const { isExpanded } = row;
  if (isExpanded === null) return null;
  return (
    <MenuAction
      label={isExpanded ? navigatorText.collapse : navigatorText.expand}
      onClick={() => toggleRow(row, !isExpanded)}
    />
  );
}

/** What can be done with a folder. */
export function FolderMenu({ row }: { row: RowOf<'folder'> }) {
  return (
    <>
      <ToggleItem row={row} />
      <MenuAction
        icon={IconForms}
        label={navigatorText.rename}
        shortcut="F2"
        onClick={() => navigatorStore.getState().setRenaming(row.key)}
      />
      <MenuAction icon={IconFolderPlus} label={navigatorText.newFolder} onClick={() => void addFolder()} />
      <OrderItems row={row} />
      <Menu.Divider />
      <MenuAction
        icon={IconTrash}
        label={navigatorText.deleteFolder}
        shortcut="Delete"
        onClick={() => deleteFolder(row)}
      />
    </>
  );
}
