import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, shell } from 'electron';
import { privateFolderMode } from '../base/files/privateModes.ts';

/** Where things are. */
export interface AppPaths {
  /** The folder that holds package.json; may be inside `app.asar`. */
  readonly app: string;
  /** Everything the app keeps; readable for nobody else. */
  readonly userData: string;
  readonly logs: string;
  /** The read-only data files that come with the app (`resources/` of the project). */
  readonly resources: string;
  readonly preload: string;
  /** The program that talks to the keychain. */
  readonly keychainHelper: string;
  /** The built entry of the process in which runs of pipelines execute. */
  readonly syncWorker: string;
  /** The built page. */
  readonly renderer: string;
}

/**
 * Settles where the app keeps its data and makes the folders. Must run before anything asks Electron for a path and
 * before the single-instance lock, which lies in the user-data folder.
 * @param userDataOverride another place for all data, for tests; ignored in a packaged app
 */
export function prepareAppPaths(userDataOverride: string | undefined): AppPaths {
  app.setName('Mooring');
  const userData = chooseUserData(userDataOverride);
  const logs = join(userData, 'logs');
  const browser = join(userData, 'browser');
  for (const folder of [userData, logs, browser]) makePrivateFolder(folder);
  app.setPath('userData', userData);
  // Chromium's own files stay apart from what a person may want to back up. No crash is ever dumped: it would hold secrets.
  app.setPath('sessionData', browser);
  app.setPath('crashDumps', join(browser, 'crashes'));
  app.setAppLogsPath(logs);
  const appFolder = app.getAppPath();
  return {
    app: appFolder,
    userData,
    logs,
    resources: app.isPackaged ? join(process.resourcesPath, 'resources') : join(appFolder, 'resources'),
    preload: join(appFolder, 'out', 'preload', 'index.cjs'),
    keychainHelper: join(appFolder, 'out', 'main', 'keychainHelper.js'),
    syncWorker: join(appFolder, 'out', 'main', 'syncWorker.js'),
    renderer: join(appFolder, 'out', 'renderer'),
  };
}

function chooseUserData(override: string | undefined): string {
  if (!app.isPackaged && override !== undefined && override !== '') return override;
  return join(app.getPath('appData'), 'Mooring');
}

function makePrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: privateFolderMode });
  // A folder from elsewhere, such as a restored backup, may be open to all.
  chmodSync(folder, privateFolderMode);
}

/**
 * Shows a file of ours in the system's file manager. Never given a path from outside. `shell.openPath` of its folder
 * would wait for the file manager on Linux, and the whole app with it.
 */
export function showInFolder(path: string): void {
  shell.showItemInFolder(path);
}
