import { app, powerMonitor } from 'electron';
import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../observability/Logger.ts';
import { NetworkWatch } from './NetworkWatch.ts';
import { QuitSequence } from './QuitSequence.ts';
import { SleepWatch } from './SleepWatch.ts';

export interface SystemPorts {
  /** Opens the window, or brings it to the front. */
  readonly open: () => void;
  /** Takes the app from the screen and refuses new work. */
  readonly leave: () => void;
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
  const { open, leave, shutdown, clock, logger } = ports;
  const quit = new QuitSequence({ begin: leave, shutdown, exit: (code) => app.exit(code), clock, logger });
  app.on('before-quit', (event) => {
    event.preventDefault();
    quit.request();
  });
  app.on('window-all-closed', () => {
    // On macOS an app stays without a window, and its icon opens one again.
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('activate', open);
  app.on('second-instance', open);
  process.on('SIGTERM', () => app.quit());
  process.on('SIGINT', () => app.quit());
  followFailures(quit, logger);
  void app.whenReady().then(() => followMachine(ports));
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
