import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { EventPayload } from '../../shared/ipc/events.ts';

export interface MenuActions {
  /** Sends a command to the page. */
  readonly command: (command: EventPayload<'app.command'>) => void;
  readonly showLogFolder: () => void;
}

/** Sets the menu of the app; its shortcuts work in every window of it. */
export function setApplicationMenu(actions: MenuActions, isPackaged: boolean): void {
  const isMac = process.platform === 'darwin';
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(isMac ? [{ role: 'appMenu' } as const] : []),
      fileMenu(actions, isMac),
      { role: 'editMenu' },
      viewMenu(actions, isPackaged),
      ...(isMac ? [{ role: 'windowMenu' } as const] : []),
      { role: 'help', submenu: [{ label: 'Show Log Folder', click: actions.showLogFolder }] },
    ]),
  );
}

function fileMenu({ command }: MenuActions, isMac: boolean): MenuItemConstructorOptions {
  return {
    label: '&File',
    submenu: [
      { label: 'New Data Source…', accelerator: 'CmdOrCtrl+N', click: () => command('new-data-source') },
      { label: 'Import Data Sources…', click: () => command('import') },
      { label: 'Export Data Sources…', click: () => command('export') },
      { type: 'separator' },
      { label: 'Lock Mooring', accelerator: 'CmdOrCtrl+L', click: () => command('lock') },
      { label: 'Settings…', accelerator: 'CmdOrCtrl+,', click: () => command('settings') },
      { type: 'separator' },
      isMac ? { role: 'close' } : { role: 'quit', accelerator: 'Ctrl+Q' },
    ],
  };
}

function viewMenu({ command }: MenuActions, isPackaged: boolean): MenuItemConstructorOptions {
  const refresh = () => command('refresh');
  const developerItems: MenuItemConstructorOptions[] = [{ type: 'separator' }, { role: 'toggleDevTools' }];
  return {
    label: '&View',
    submenu: [
      { label: 'Find', accelerator: 'CmdOrCtrl+F', click: () => command('find') },
      // Refreshes what is shown. Nothing here loads the page itself again: that would end what runs in it.
      { label: 'Refresh', accelerator: 'CmdOrCtrl+R', click: refresh },
      {
        label: 'Refresh',
        accelerator: 'F5',
        click: refresh,
        visible: false,
        acceleratorWorksWhenHidden: true,
      },
      { type: 'separator' },
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
      ...(isPackaged ? [] : developerItems),
    ],
  };
}
