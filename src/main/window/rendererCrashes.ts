import { app, type BrowserWindow, dialog } from 'electron';
import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../observability/Logger.ts';
import { CrashWatch } from './CrashWatch.ts';

const choices = ['Reopen', 'Quit'] as const;

/** Loads the page again when its process dies; when that does not help, asks. Connections in main are not touched. */
export function recoverFromCrashes(window: BrowserWindow, clock: Clock, logger: Logger): void {
  const watch = new CrashWatch(clock);
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit') return;
    logger.error('The page died', { reason: details.reason, exitCode: details.exitCode });
    if (watch.crashed() === 'reload') window.webContents.reload();
    else void askAboutCrash(window);
  });
}

async function askAboutCrash(window: BrowserWindow): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    title: 'Mooring',
    message: 'The Mooring window stopped working twice within a minute.',
    detail: 'Your data sources and open connections are not affected. The log file contains the details.',
    buttons: [...choices],
    defaultId: 0,
    cancelId: 0,
  });
  if (choices[response] === 'Quit') app.quit();
  else if (!window.isDestroyed()) window.webContents.reload();
}
