import { app } from 'electron';
import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../observability/Logger.ts';
import { NetworkWatch } from './NetworkWatch.ts';
import { onPowerEvent, type PowerEvent } from './powerEvents.ts';
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
