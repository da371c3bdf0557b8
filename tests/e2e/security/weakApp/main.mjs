/**
 * What Mooring's window would be with every lock off. The security probes must see the difference here; a probe that
 * gives the same result for both apps proves nothing.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app, BrowserWindow, ipcMain, net, protocol } from 'electron';

const folder = import.meta.dirname;

app.setPath('userData', process.env.MOORING_USER_DATA);
protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true } },
]);

for (const name of process.env.WEAK_CALL_NAMES.split(',')) {
  ipcMain.handle(`mooring.call.${name}`, (_event, request) => ({ ok: true, value: request.input ?? null }));
}

app.whenReady().then(() => {
  protocol.handle('app', (request) => {
    const path = join(folder, decodeURIComponent(new URL(request.url).pathname));
    return net.fetch(pathToFileURL(path).href);
  });
  const window = new BrowserWindow({
    webPreferences: {
      preload: join(folder, 'preload.cjs'),
      sandbox: false,
      contextIsolation: false,
      nodeIntegration: true,
      nodeIntegrationInSubFrames: true,
      webSecurity: false,
      webviewTag: true,
    },
  });
  window.loadURL('app://bundle/index.html');
});
