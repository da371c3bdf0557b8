// The floor: one window with a static page, nothing else.
const { app, BrowserWindow } = require('electron');
app.whenReady().then(() =>
  new BrowserWindow({
    width: 1000,
    height: 700,
    webPreferences: { sandbox: true, contextIsolation: true },
  }).loadFile(require('node:path').join(__dirname, 'index.html')),
);
