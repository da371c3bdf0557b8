import type { RunningApp } from '../support/launchApp.ts';
import { claim } from './claim.ts';

/** Kills the page's process and asks until the page answers through the door again, or will not. */
async function crash({ app }: RunningApp): Promise<string> {
  // Electron 33 keeps a frame that was once asked for, marked as detached, as the frame of the next page.
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.mainFrame.origin);
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  );
  return app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    for (let count = 0; count < 50; count += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      if (contents === undefined || contents.isCrashed() || contents.isLoading()) continue;
      return contents.executeJavaScript(
        'api.calls.app.info(crypto.randomUUID(), null).then(({ ok }) => (ok ? "answered" : "refused"))',
      );
    }
    return 'gone';
  });
}

claim('E18 a page whose process dies comes back', {
  probe: crash,
  changes: 'app',
  inMooring: 'answered',
  inWeakApp: 'gone',
});
