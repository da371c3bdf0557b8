import { dirname, join } from 'node:path';
import {
  app,
  type BaseWindow,
  dialog,
  type OpenDialogReturnValue,
  type SaveDialogReturnValue,
} from 'electron';
import type { TransferDialogs } from '../transfer/TransferDialogs.ts';

const filters = [
  { name: 'Mooring data sources', extensions: ['mooring'] },
  { name: 'All files', extensions: ['*'] },
];

/**
 * The system's own dialogs, over the window that `parent` gives. They begin in the folder that was last used since the
 * start: from Electron 43 on they would always begin in the downloads, where a backup is soon thrown away.
 */
export function createTransferDialogs(parent: () => BaseWindow | null): TransferDialogs {
  let folder: string | null = null;
  const lastFolder = () => folder ?? app.getPath('documents');
  const remembered = (path: string | undefined): string | null => {
    if (path === undefined || path === '') return null;
    folder = dirname(path);
    return path;
  };
  return {
    async chooseTarget(defaultName) {
      const { canceled, filePath } = await showSave(parent(), {
        title: 'Export data sources',
        buttonLabel: 'Export',
        defaultPath: join(lastFolder(), defaultName),
        filters,
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      });
      return canceled ? null : remembered(filePath);
    },
    async chooseSource() {
      const { canceled, filePaths } = await showOpen(parent(), {
        title: 'Import data sources',
        buttonLabel: 'Open',
        defaultPath: lastFolder(),
        filters,
        properties: ['openFile', 'dontAddToRecent'],
      });
      return canceled ? null : remembered(filePaths[0]);
    },
  };
}

function showSave(
  parent: BaseWindow | null,
  options: Electron.SaveDialogOptions,
): Promise<SaveDialogReturnValue> {
  return parent === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(parent, options);
}

function showOpen(
  parent: BaseWindow | null,
  options: Electron.OpenDialogOptions,
): Promise<OpenDialogReturnValue> {
  return parent === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(parent, options);
}
