import { app, BrowserWindow, powerMonitor } from 'electron';
import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../observability/Logger.ts';
import { NetworkWatch } from './NetworkWatch.ts';
import { QuitSequence } from './QuitSequence.ts';
import { SleepWatch } from './SleepWatch.ts';

export interface SystemPorts {
  /** Opens the window, or brings it to the front. */
  readonly open: () => void;
  /** Whether the app goes on without a window. */
  readonly staysOpen: () => boolean;
  /** Whether a person may quit, who is asked when something would be lost. Never rejects. */
  readonly mayQuit: (signal: AbortSignal) => Promise<boolean>;
  /** Takes the app from the screen and refuses new work. Never rejects. */
  readonly leave: () => Promise<void>;
  /** Closes everything in order. */
  readonly shutdown: () => Promise<void>;
  /** The machine slept, woke up or locked its screen. */
  readonly powerEvent: (event: PowerEvent) => void;
  /** It reaches others by other addresses than before. */
  readonly networkChanged: () => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Does what the system, the desktop and the person ask of the app as a whole, until it ends. */
export function followSystem(ports: SystemPorts): void {
  const { open, mayQuit, leave, shutdown, clock, logger } = ports;
  const exit = (code: number) => app.exit(code);
  const quit = new QuitSequence({ mayQuit, begin: leave, shutdown, exit, clock, logger });
  app.on('before-quit', (event) => {
    event.preventDefault();
    void quit.ask();
  });
  app.on('window-all-closed', () => {
    if (!ports.staysOpen()) app.quit();
  });
  app.on('activate', open);
  app.on('second-instance', open);
  followFailures(quit, logger);
  void app.whenReady().then(() => {
    // Nobody waits for an answer. Before it is ready Chromium puts handlers of its own in their place, which quit as a
    // person does, with a question.
    process.on('SIGTERM', () => quit.request());
    process.on('SIGINT', () => quit.request());
    followMachine(ports);
    followSystemEnd(quit);
  });
}

/** Sleep, lock screen and network. A resume of which no event tells is noticed too. */
function followMachine({ powerEvent, networkChanged, clock, logger }: SystemPorts): void {
  const tell = (event: PowerEvent) => {
    logger.info('The machine changed its state', { reason: event });
    powerEvent(event);
  };
  const sleepWatch = new SleepWatch(clock, () => tell('resume'));
  sleepWatch.start();
  onPowerEvent((event) => {
    // It is told once: what has just begun anew must not begin anew again.
    if (event === 'resume') sleepWatch.start();
    tell(event);
  });
  new NetworkWatch(clock, () => {
    logger.info('The network of the machine changed');
    networkChanged();
  }).start();
}

/** The computer shuts down or the person logs out: what is open is closed in order, without a question. */
function followSystemEnd(quit: QuitSequence): void {
  const onEnd = (event: { preventDefault(): void }) => {
    // Electron then asks the system to wait until the app has ended.
    event.preventDefault();
    quit.request();
  };
  // Electron's types have no event here, and its documentation has.
  powerMonitor.on('shutdown', onEnd as () => void);
  const followWindow = (window: BrowserWindow) => window.on('session-end', () => quit.request());
  for (const window of BrowserWindow.getAllWindows()) followWindow(window);
  app.on('browser-window-created', (_event, window) => followWindow(window));
}

/** Catches what nobody caught. After a rejection the app goes on; after an exception its state is unknown. */
function followFailures(quit: QuitSequence, logger: Logger): void {
  process.on('unhandledRejection', (reason) => logger.error('A rejection was not handled', {}, reason));
  process.on('uncaughtException', (error) => {
    logger.error('An exception was not caught', {}, error);
    quit.request(1);
  });
}

/** What the machine does that connections and secrets care about. */
export type PowerEvent = 'suspend' | 'resume' | 'lock-screen';

/**
 * Calls the listener for each of them until the app ends. The app must be ready. On Linux Electron does not hear that the
 * screen is locked; on macOS another person taking over the screen counts as locking it.
 */
function onPowerEvent(listener: (event: PowerEvent) => void): void {
  powerMonitor.on('suspend', () => listener('suspend'));
  powerMonitor.on('resume', () => listener('resume'));
  powerMonitor.on('lock-screen', () => listener('lock-screen'));
  powerMonitor.on('user-did-resign-active', () => listener('lock-screen'));
}
