import { dirname, join } from 'node:path';
import { app, dialog, type OpenDialogOptions, type SaveDialogOptions } from 'electron';
import type { FileDialogs } from '../results/FileDialogs.ts';
import type { TransferDialogs } from '../transfer/TransferDialogs.ts';
import type { SystemDialogs } from './SystemDialogs.ts';

const allFiles = { name: 'All files', extensions: ['*'] };
const filtersFor = (extensions: readonly string[], name: string) => [
  { name, extensions: [...extensions] },
  allFiles,
];

/** Of Mooring, and of the products whose files it reads (docs/transfer.md); `.pgpass` is among all files. */
const importedExtensions = [
  'mooring',
  'json',
  'jsonl',
  'xml',
  'txt',
  'conf',
  'plist',
  'tableplusconnection',
  'db',
];

/**
 * Dialogs that choose a file. They begin in the folder that was last used since the
 * start: from Electron 43 on they would always begin in the downloads, where a backup is soon thrown away.
 */
export function createFileDialogs(dialogs: SystemDialogs): {
  readonly transferDialogs: TransferDialogs;
  readonly fileDialogs: FileDialogs;
} {
  let folder: string | null = null;
  const lastFolder = () => folder ?? app.getPath('documents');
  const remembered = (path: string | undefined): string | null => {
    if (path === undefined || path === '') return null;
    folder = dirname(path);
    return path;
  };
  const save = async (name: string, words: SaveDialogOptions): Promise<string | null> => {
    const options: SaveDialogOptions = {
      ...words,
      defaultPath: join(lastFolder(), name),
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    };
    const { canceled, filePath } = await dialogs.show((parent) =>
      parent === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(parent, options),
    );
    return canceled ? null : remembered(filePath);
  };
  const open = async (
    words: OpenDialogOptions,
    more: NonNullable<OpenDialogOptions['properties']> = [],
  ): Promise<string | null> => {
    const options: OpenDialogOptions = {
      ...words,
      buttonLabel: 'Open',
      defaultPath: lastFolder(),
      properties: ['openFile', 'dontAddToRecent', ...more],
    };
    const { canceled, filePaths } = await dialogs.show((parent) =>
      parent === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(parent, options),
    );
    return canceled ? null : remembered(filePaths[0]);
  };
  const chooseFolder = async (): Promise<string | null> => {
    const options: OpenDialogOptions = {
      ...{ title: 'Choose folder', buttonLabel: 'Choose', defaultPath: lastFolder() },
      properties: ['openDirectory', 'createDirectory', 'dontAddToRecent'],
    };
    const { canceled, filePaths } = await dialogs.show((parent) =>
      parent === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(parent, options),
    );
    const [chosen = null] = canceled ? [] : filePaths;
    folder = chosen ?? folder;
    return chosen;
  };
  const dataSourceFiles = filtersFor(['mooring'], 'Mooring data sources');
  const importedFiles = filtersFor(importedExtensions, 'Data sources');
  return {
    transferDialogs: {
      chooseTarget: (defaultName) =>
        save(defaultName, { title: 'Export data sources', buttonLabel: 'Export', filters: dataSourceFiles }),
      chooseSource: () => open({ title: 'Import data sources', filters: importedFiles }, ['showHiddenFiles']),
    },
    fileDialogs: {
      chooseTarget: (suggestedName, extension) =>
        save(`${suggestedName}.${extension}`, {
          title: 'Save file',
          buttonLabel: 'Save',
          filters: filtersFor([extension], `${extension.toUpperCase()} files`),
        }),
      chooseSource: (extensions) =>
        open({
          title: 'Open file',
          filters: extensions.length === 0 ? [allFiles] : filtersFor(extensions, kindsOf(extensions)),
        }),
      chooseFolder,
    },
  };
}

const kindsOf = (extensions: readonly string[]): string =>
  `${extensions.map((extension) => extension.toUpperCase()).join(', ')} files`;
