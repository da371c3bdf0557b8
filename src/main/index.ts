import { join } from 'node:path';
import { app, ipcMain } from 'electron';
import type { EventPayload } from '../shared/ipc/events.ts';
import { AppLife } from './app/AppLife.ts';
import { storeFilesIn } from './app/storeFilesIn.ts';
import { CallAudit } from './audit/CallAudit.ts';
import { neverAborted } from './base/abort.ts';
import { systemClock as clock } from './base/Clock.ts';
import type { Ask } from './base/Question.ts';
import { Farewell } from './ipc/Farewell.ts';
import { createDoorHandlers } from './ipc/handlers/createDoorHandlers.ts';
import { IpcServer } from './ipc/IpcServer.ts';
import { WindowEvents } from './ipc/WindowEvents.ts';
import type { Logger } from './observability/Logger.ts';
import { FileLog } from './observability/log/FileLog.ts';
import { type AppOperations, createOperations } from './observability/operations/createOperations.ts';
import { AlertNotifications } from './platform/AlertNotifications.ts';
import { AppTray } from './platform/AppTray.ts';
import { type AppPaths, prepareAppPaths, showInFolder } from './platform/appPaths.ts';
import { createUrlClipboard, systemClipboard } from './platform/clipboard.ts';
import { createFileDialogs } from './platform/fileDialogs.ts';
import { followSystem } from './platform/followSystem.ts';
import { keychainProcess } from './platform/keychainProcess.ts';
import { setStartsAtLogin, startsHidden } from './platform/loginItem.ts';
import { SecretClipboard } from './platform/SecretClipboard.ts';
import { SystemDialogs } from './platform/SystemDialogs.ts';
import { workerProcess } from './platform/workerProcess.ts';
import { setApplicationMenu } from './window/applicationMenu.ts';
import { pageSource } from './window/appOrigin.ts';
import { registerBundleScheme } from './window/bundleProtocol.ts';
import { MainWindow } from './window/MainWindow.ts';
import { safeOpenExternal } from './window/safeOpenExternal.ts';
import { WindowMemoryFile } from './window/WindowMemoryFile.ts';

// Files that anybody makes from here on are readable for their owner only.
process.umask(0o077);
// Windows shows notifications only of apps that name themselves as their installer does.
app.setAppUserModelId('app.mooring.desktop');
app.enableSandbox();
registerBundleScheme();
const appPaths = prepareAppPaths(process.env.MOORING_USER_DATA);
// A second instance leaves before it opens the store or the log of the first.
if (app.requestSingleInstanceLock()) run(appPaths);
else app.exit(0);

/** The life of the app: the window opens while the services start, and calls wait for them. */
function run(paths: AppPaths): void {
  const { userData, resources } = paths;
  const log = new FileLog(paths.logs, clock);
  const { logger } = log;
  const operations = createOperations(clock, logger.scope('operations'));
  const shown = placesToShow(log.path, resources);
  const page = pageSource(app.isPackaged, process.env.ELECTRON_RENDERER_URL);
  const window = new MainWindow({
    page,
    isPackaged: app.isPackaged,
    preloadPath: paths.preload,
    rendererFolder: paths.renderer,
    memory: new WindowMemoryFile(join(userData, 'window.json'), logger),
    clock,
    logger: logger.scope('window'),
  });
  window.lockEverything();
  const secretClipboard = new SecretClipboard(systemClipboard, clock, logger);
  const dialogs = new SystemDialogs(() => window.dialogParent());
  const ask: Ask = (question, signal) => dialogs.ask(question, signal);
  const life = new AppLife({
    files: storeFilesIn(userData, clock),
    ask,
    onEnd: () => secretClipboard.clear(),
    logger,
  });
  const events = new WindowEvents(
    () => window.page(),
    () => life.isLocked,
    logger.scope('events'),
  );
  const farewell = new Farewell({
    isHeard: () => window.page() !== null && !life.isLocked,
    tell: () => events.publish('app.leaving', null),
    clock,
  });
  const door = openDoor(life, window, page.origin, operations, logger.scope('door'));
  const tray = new AppTray({ open: () => void window.open(), quit: () => app.quit() });
  window.onPageGone.on((contentsId) => door.abandon(contentsId));
  window.onInput.on(() => life.current?.appLock.activity());
  life.onReplaced.on(() => events.publish('store.replaced', null));
  const ready = app.whenReady().then(async () => {
    if (!startsHidden()) await window.open();
    const command = (chosen: EventPayload<'app.command'>) => events.publish('app.command', chosen);
    setApplicationMenu({ command, ...shown }, app.isPackaged);
  });
  life.start(ready, async () =>
    // Loaded when the window is open: it takes about as long as Chromium takes to start the page.
    (await import('./app/createServices.ts')).createServices({
      paths: { app: paths.app, userData, resources },
      ...{ log, logger, operations, events },
      ...{ version: app.getVersion(), electronVersion: process.versions.electron },
      ...{
        keychainProcess: keychainProcess(paths.keychainHelper),
        workerProcess: workerProcess(paths.syncWorker),
      },
      clipboard: createUrlClipboard(secretClipboard),
      inputBreak: window.inputBreak,
      ask,
      ...{ ...createFileDialogs(dialogs), alertNotifier: alertNotifier(window, life, events) },
      ...shown,
      ...{ applyBackground: backgroundOf(tray, logger), applyTheme: (theme) => window.applyTheme(theme) },
      onLocked: () => door.lock(),
      onPageReady: () => farewell.over(),
    }),
  );
  void ready.then(() => tellStarted(life, logger));
  follow({ life, window, door, farewell, tray, logger });
}

/** What is to go on without a window. */
const backgroundOf =
  (tray: AppTray, logger: Logger) =>
  ({ startsAtLogin, hasTray }: { readonly startsAtLogin: boolean; readonly hasTray: boolean }): void => {
    setStartsAtLogin(startsAtLogin, logger);
    tray.show(hasTray);
  };

/** What a person is shown outside of the window. */
function placesToShow(logPath: string, resources: string) {
  return {
    showLogFolder: () => showInFolder(logPath),
    showFile: showInFolder,
    showMonitoringFiles: () => showInFolder(join(resources, 'monitoring', 'dashboard.json')),
    openInBrowser: safeOpenExternal,
  };
}

/** Tells alerts in the window while somebody looks at it and it is not locked, else on the desktop. */
function alertNotifier(window: MainWindow, life: AppLife, events: WindowEvents): AlertNotifications {
  return new AlertNotifications({
    isInFront: () => window.isInFront && !life.isLocked,
    showInWindow: (notice) => events.publish('alerts.notice', notice),
    open: (place) => void window.open().then(() => events.publish('alerts.show', place)),
  });
}

/** Writes down that a person can work, and with what. What keeps the app from starting is logged where it fails. */
async function tellStarted(life: AppLife, logger: Logger): Promise<void> {
  const services = await life.services.catch(() => null);
  if (services === null) return;
  logger.info('Mooring started', {
    version: app.getVersion(),
    electron: process.versions.electron,
    platform: process.platform,
    durationMs: Math.round(performance.now()),
  });
}

interface Parts {
  readonly life: AppLife;
  readonly window: MainWindow;
  readonly door: IpcServer;
  readonly farewell: Farewell;
  readonly tray: AppTray;
  readonly logger: Logger;
}

/** What the person, the desktop and the system ask of the app as a whole. */
function follow({ life, window, door, farewell, tray, logger }: Parts): void {
  // On macOS an app stays without a window, and its icon opens one again; elsewhere one with an icon beside the clock.
  const staysOpen = () => process.platform === 'darwin' || tray.isShown;
  window.onCloseWanted.on(async () => {
    if (!staysOpen()) app.quit();
    else if (await life.mayLeave('close-window', neverAborted)) window.close();
  });
  followSystem({
    open: () => void window.open(),
    staysOpen,
    mayQuit: (signal) => life.mayLeave('quit', signal),
    leave: async () => {
      window.hide();
      await farewell.take();
      door.close();
    },
    shutdown: () => life.shutdown(),
    powerEvent: (event) => life.powerEvent(event),
    networkChanged: () => life.networkChanged(),
    clock,
    logger,
  });
}

function openDoor(
  life: AppLife,
  window: MainWindow,
  trustedOrigin: string,
  { instrumentation }: AppOperations,
  logger: Logger,
): IpcServer {
  return new IpcServer({
    transport: ipcMain,
    trustedContents: () => window.contents(),
    trustedOrigin,
    handlers: createDoorHandlers(life),
    isLocked: () => life.isLocked,
    audit: new CallAudit({ trail: () => life.current?.audit ?? null, clock }),
    instrumentation,
    clock,
    logger,
  });
}
