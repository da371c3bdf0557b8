import { join } from 'node:path';
import { app, ipcMain } from 'electron';
import type { EventPayload } from '../shared/ipc/events.ts';
import { createServices } from './app/createServices.ts';
import { systemClock as clock } from './base/Clock.ts';
import { createCallHandlers } from './ipc/handlers/createCallHandlers.ts';
import { createStreamHandlers } from './ipc/handlers/createStreamHandlers.ts';
import { IpcServer } from './ipc/IpcServer.ts';
import { WindowEvents } from './ipc/WindowEvents.ts';
import { openFileLog } from './observability/FileLogger.ts';
import { type AppPaths, prepareAppPaths } from './platform/appPaths.ts';
import { copyText } from './platform/clipboard.ts';
import { followSystem } from './platform/followSystem.ts';
import { showInFolder } from './platform/shellFolders.ts';
import { setApplicationMenu } from './window/applicationMenu.ts';
import { pageSource } from './window/appOrigin.ts';
import { registerBundleScheme } from './window/bundleProtocol.ts';
import { MainWindow } from './window/MainWindow.ts';
import { WindowMemoryFile } from './window/WindowMemoryFile.ts';

// Files that anybody makes from here on are readable for their owner only.
process.umask(0o077);
app.enableSandbox();
registerBundleScheme();
const appPaths = prepareAppPaths(process.env.MOORING_USER_DATA);
// A second instance leaves before it opens the store or the log of the first.
if (app.requestSingleInstanceLock()) run(appPaths);
else app.exit(0);

/** The life of the app: the window opens while the services start, and calls wait for them. */
function run(paths: AppPaths): void {
  const { userData, logs, resources } = paths;
  const { logger, path: logPath } = openFileLog(logs);
  const page = pageSource(app.isPackaged, process.env.ELECTRON_RENDERER_URL);
  const window = new MainWindow({
    page,
    isPackaged: app.isPackaged,
    preloadPath: paths.preload,
    rendererFolder: paths.renderer,
    memory: new WindowMemoryFile(join(userData, 'window.json'), logger),
    clock,
    logger: logger.scope('window'),
    onPageGone: (contentsId) => door.abandon(contentsId),
  });
  window.lockEverything();
  const events = new WindowEvents(() => window.page(), logger.scope('events'));
  const showLogFolder = () => showInFolder(logPath);
  const services = app.whenReady().then(() => {
    const command = (chosen: EventPayload<'app.command'>) => events.publish('app.command', chosen);
    setApplicationMenu({ command, showLogFolder }, app.isPackaged);
    window.open();
    const services = createServices({
      paths: { app: paths.app, userData, log: logPath, resources },
      version: app.getVersion(),
      electronVersion: process.versions.electron,
      logger,
      events,
      copyText,
      showLogFolder,
      applyTheme: (theme) => window.applyTheme(theme),
    });
    const callHandlers = createCallHandlers(services);
    return { ...services, callHandlers, streamHandlers: createStreamHandlers(services) };
  });
  const door = new IpcServer({
    transport: ipcMain,
    trustedContents: () => window.contents(),
    trustedOrigin: page.origin,
    handlers: services,
    clock,
    logger: logger.scope('door'),
  });
  services.catch((error: unknown) => logger.error('The services did not start', {}, error));
  followSystem({
    open: () => window.open(),
    leave: () => {
      window.hide();
      door.close();
    },
    shutdown: async () => (await services).shutdown(),
    resumed: () => void services.then(({ manager }) => manager.resumed()),
    clock,
    logger,
  });
}
