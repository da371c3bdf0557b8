import { powerMonitor } from 'electron';

/** What the machine does that connections and secrets care about. */
export type PowerEvent = 'suspend' | 'resume' | 'lock-screen';

/** Calls the listener for each of them until the app ends. The app must be ready. */
export function onPowerEvent(listener: (event: PowerEvent) => void): void {
  powerMonitor.on('suspend', () => listener('suspend'));
  powerMonitor.on('resume', () => listener('resume'));
  powerMonitor.on('lock-screen', () => listener('lock-screen'));
}
