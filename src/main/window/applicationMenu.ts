import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { EventPayload } from '../../shared/ipc/events.ts';

type Chosen = EventPayload<'app.command'>;

export interface MenuActions {
  /** Sends a command to the page. */
  readonly command: (command: Chosen) => void;
  readonly showLogFolder: () => void;
}

type Item = (label: string, command: Chosen, accelerator?: string) => MenuItemConstructorOptions;

const separator: MenuItemConstructorOptions = { type: 'separator' };

/**
 * Sets the menu of the app. The page runs its shortcuts itself, where it has the focus; those of the menu are for when
 * it has not, and for people who look them up.
 */
export function setApplicationMenu({ command, showLogFolder }: MenuActions, isPackaged: boolean): void {
  const isMac = process.platform === 'darwin';
  const item: Item = (label, chosen, accelerator) => ({
    label,
    ...(accelerator !== undefined && { accelerator }),
    click: () => command(chosen),
  });
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(isMac ? [{ role: 'appMenu' } as const] : []),
      fileMenu(item, isMac),
      { role: 'editMenu' },
      viewMenu(item, isPackaged),
      queryMenu(item),
      dataSourceMenu(item),
      ...(isMac ? [{ role: 'windowMenu' } as const] : []),
      helpMenu(item, showLogFolder),
    ]),
  );
}

function fileMenu(item: Item, isMac: boolean): MenuItemConstructorOptions {
  return {
    label: '&File',
    submenu: [
      item('New Query', 'new-query', 'CmdOrCtrl+T'),
      item('New Data Source…', 'new-data-source', 'CmdOrCtrl+N'),
      item('Open File…', 'open-file', 'CmdOrCtrl+O'),
      separator,
      item('Save', 'save', 'CmdOrCtrl+S'),
      item('Save As…', 'save-as', 'CmdOrCtrl+Shift+S'),
      separator,
      item('Close Tab', 'close-tab', 'CmdOrCtrl+W'),
      item('Reopen Closed Tab', 'reopen-tab', 'CmdOrCtrl+Shift+T'),
      separator,
      item('Import Data Sources…', 'import'),
      item('Export Data Sources…', 'export'),
      item('Back Up Now', 'back-up'),
      item('Restore from a Backup…', 'restore'),
      separator,
      vaultMenu(item),
      item('Lock Mooring', 'lock', 'CmdOrCtrl+L'),
      item('Monitoring…', 'monitoring'),
      item('Settings…', 'settings', 'CmdOrCtrl+,'),
      separator,
      isMac ? { role: 'close', accelerator: 'Cmd+Shift+W' } : { role: 'quit', accelerator: 'Ctrl+Q' },
    ],
  };
}

function vaultMenu(item: Item): MenuItemConstructorOptions {
  return {
    label: 'Vault',
    submenu: [
      item('Unlock…', 'unlock-vault'),
      item('Change Key Storage…', 'change-key-storage'),
      item('Rotate Key…', 'rotate-key'),
      separator,
      item('Add Passphrase…', 'add-passphrase'),
      item('Change Passphrase…', 'change-passphrase'),
      item('Remove Passphrase…', 'remove-passphrase'),
      item('App Lock…', 'app-lock'),
      separator,
      item('Start Over…', 'start-over'),
    ],
  };
}

function viewMenu(item: Item, isPackaged: boolean): MenuItemConstructorOptions {
  return {
    label: '&View',
    submenu: [
      item('All Commands…', 'palette', 'CmdOrCtrl+K'),
      item('Go to Table or View…', 'go-to-relation', 'CmdOrCtrl+P'),
      item('Find', 'find', 'CmdOrCtrl+F'),
      // Refreshes what is shown. Nothing here loads the page itself again: that would end what runs in it.
      item('Refresh', 'refresh', 'CmdOrCtrl+R'),
      { ...item('Refresh', 'refresh', 'F5'), visible: false, acceleratorWorksWhenHidden: true },
      separator,
      item('Navigator', 'navigator', 'CmdOrCtrl+B'),
      item('Inspector', 'inspector', 'CmdOrCtrl+I'),
      item('Alerts', 'alerts', 'CmdOrCtrl+Shift+A'),
      item('Pipelines', 'pipelines', 'CmdOrCtrl+Shift+P'),
      separator,
      item('Next Tab', 'next-tab', 'Ctrl+Tab'),
      item('Previous Tab', 'previous-tab', 'Ctrl+Shift+Tab'),
      item('Move Tab to Other Side', 'split-tab', 'CmdOrCtrl+\\'),
      separator,
      {
        label: 'Theme',
        submenu: [item('System', 'theme-system'), item('Light', 'theme-light'), item('Dark', 'theme-dark')],
      },
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      separator,
      { role: 'togglefullscreen' },
      ...(isPackaged ? [] : [separator, { role: 'toggleDevTools' } as const]),
    ],
  };
}

function queryMenu(item: Item): MenuItemConstructorOptions {
  return {
    label: '&Query',
    submenu: [
      item('Run Statement', 'run', 'CmdOrCtrl+Enter'),
      item('Run All', 'run-all', 'CmdOrCtrl+Shift+Enter'),
      separator,
      item('History', 'history'),
    ],
  };
}

function dataSourceMenu(item: Item): MenuItemConstructorOptions {
  return {
    label: '&Data Source',
    submenu: [
      item('Connect', 'connect'),
      item('Disconnect', 'disconnect'),
      item('Edit…', 'edit-source', 'F4'),
      separator,
      item('Show Overview', 'overview'),
      item('Show Metrics', 'metrics'),
      item('Show Activity', 'activity'),
      item('Show Statements', 'statements'),
      item('Search…', 'search-source', 'CmdOrCtrl+Shift+D'),
      item('Show Diagram', 'diagram'),
      separator,
      item('Reset Demo Database…', 'reset-demo'),
    ],
  };
}

function helpMenu(item: Item, showLogFolder: () => void): MenuItemConstructorOptions {
  return {
    role: 'help',
    submenu: [
      item('Keyboard Shortcuts', 'shortcuts'),
      item('Log', 'log'),
      item('Audit Trail', 'audit'),
      { label: 'Show Log Folder', click: showLogFolder },
      item('Copy Diagnostics…', 'diagnostics'),
      separator,
      item('About Mooring', 'about'),
    ],
  };
}
