import { dirname, join } from 'node:path';
import { app, dialog } from 'electron';
import type { TransferDialogs } from '../transfer/TransferDialogs.ts';
import type { SystemDialogs } from './SystemDialogs.ts';

const filters = [
  { name: 'Mooring data sources', extensions: ['mooring'] },
  { name: 'All files', extensions: ['*'] },
];

/**
 * Dialogs that choose a file. They begin in the folder that was last used since the
 * start: from Electron 43 on they would always begin in the downloads, where a backup is soon thrown away.
 */
export function createTransferDialogs(dialogs: SystemDialogs): TransferDialogs {
  let folder: string | null = null;
  const lastFolder = () => folder ?? app.getPath('documents');
  const remembered = (path: string | undefined): string | null => {
    if (path === undefined || path === '') return null;
    folder = dirname(path);
    return path;
  };
  return {
    async chooseTarget(defaultName) {
      const options: Electron.SaveDialogOptions = {
        title: 'Export data sources',
        buttonLabel: 'Export',
        defaultPath: join(lastFolder(), defaultName),
        filters,
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      };
      const { canceled, filePath } = await dialogs.show((parent) =>
        parent === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(parent, options),
      );
      return canceled ? null : remembered(filePath);
    },
    async chooseSource() {
      const options: Electron.OpenDialogOptions = {
        title: 'Import data sources',
        buttonLabel: 'Open',
        defaultPath: lastFolder(),
        filters,
        properties: ['openFile', 'dontAddToRecent'],
      };
      const { canceled, filePaths } = await dialogs.show((parent) =>
        parent === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(parent, options),
      );
      return canceled ? null : remembered(filePaths[0]);
    },
  };
}
