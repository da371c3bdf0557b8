import { powerMonitor } from 'electron';

/** What the machine does that connections and secrets care about. */
export type PowerEvent = 'suspend' | 'resume' | 'lock-screen';

/**
 * Calls the listener for each of them until the app ends. The app must be ready. On Linux Electron does not hear that the
 * screen is locked; on macOS another person taking over the screen counts as locking it.
 */
export function onPowerEvent(listener: (event: PowerEvent) => void): void {
  powerMonitor.on('suspend', () => listener('suspend'));
  powerMonitor.on('resume', () => listener('resume'));
  powerMonitor.on('lock-screen', () => listener('lock-screen'));
  powerMonitor.on('user-did-resign-active', () => listener('lock-screen'));
}
