import { join } from 'node:path';
import { app, ipcMain } from 'electron';
import type { EventPayload } from '../shared/ipc/events.ts';
import { createServices } from './app/createServices.ts';
import { systemClock as clock } from './base/Clock.ts';
import { IpcServer } from './ipc/IpcServer.ts';
import { WindowEvents } from './ipc/WindowEvents.ts';
import { openFileLog } from './observability/FileLogger.ts';
import { type AppPaths, prepareAppPaths } from './platform/appPaths.ts';
import { copyText } from './platform/clipboard.ts';
import { onPowerEvent } from './platform/powerEvents.ts';
import { guardProcess, quitOnSignals } from './platform/processGuards.ts';
import { QuitSequence } from './platform/QuitSequence.ts';
import { showFolder } from './platform/shellFolders.ts';
import { setApplicationMenu } from './window/applicationMenu.ts';
import { pageSource } from './window/appOrigin.ts';
import { registerBundleScheme } from './window/bundleProtocol.ts';
import { MainWindow } from './window/MainWindow.ts';
import { WindowMemoryFile } from './window/WindowMemoryFile.ts';

// Files that anybody makes from here on are readable for their owner only.
process.umask(0o077);
app.enableSandbox();
registerBundleScheme();
const paths = prepareAppPaths(process.env.MOORING_USER_DATA);
// The second instance leaves before it opens the store or the log of the first.
if (app.requestSingleInstanceLock()) run(paths);
else app.exit(0);

/** The life of the app: the window opens while the services start, and calls wait for them. */
function run(paths: AppPaths): void {
  const { userData, logs, resources } = paths;
  const { logger, path: logPath } = openFileLog(logs);
  const { isPackaged } = app;
  const page = pageSource(isPackaged, process.env.ELECTRON_RENDERER_URL);
  const window = new MainWindow({
    page,
    isPackaged,
    preloadPath: paths.preload,
    rendererFolder: paths.renderer,
    memory: new WindowMemoryFile(join(userData, 'window.json'), logger),
    clock,
    logger: logger.scope('window'),
    onPageGone: (contentsId) => door.abandon(contentsId),
  });
  const events = new WindowEvents(() => window.page(), logger.scope('events'));
  const showLogFolder = () => void showFolder(logs);
  const services = app.whenReady().then(() => {
    const command = (chosen: EventPayload<'app.command'>) => events.publish('app.command', chosen);
    setApplicationMenu({ command, showLogFolder }, isPackaged);
    window.open();
    return createServices({
      paths: { app: paths.app, userData, log: logPath, resources },
      version: app.getVersion(),
      electronVersion: process.versions.electron,
      logger,
      events,
      copyText,
      showLogFolder,
    });
  });
  services.catch((error: unknown) => logger.error('The services did not start', {}, error));
  const door = new IpcServer({
    transport: ipcMain,
    trustedContents: () => window.contents(),
    trustedOrigin: page.origin,
    callHandlers: services.then(({ callHandlers }) => callHandlers),
    streamHandlers: services.then(({ streamHandlers }) => streamHandlers),
    clock,
    logger: logger.scope('door'),
  });
  const quit = new QuitSequence({
    exit: (code) => app.exit(code),
    begin: () => {
      window.hide();
      door.close();
    },
    shutdown: async () => (await services).shutdown(),
    clock,
    logger,
  });
  guardProcess(logger, () => quit.request(1));
  quitOnSignals(() => app.quit());
  app.on('before-quit', (event) => {
    event.preventDefault();
    quit.request();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('second-instance', () => window.open());
  app.on('activate', () => window.open());
  window.lockEverything();
  void app.whenReady().then(() =>
    onPowerEvent((event) => {
      logger.info('The machine changed its state', { reason: event });
      if (event === 'resume') void services.then(({ powerResumed }) => powerResumed());
    }),
  );
}
