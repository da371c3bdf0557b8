// A window of the size of most, drawn without a graphics card, with the page that stands in the given folder.
const { app, BrowserWindow } = require('electron');
const { join } = require('node:path');

app.disableHardwareAcceleration();
app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    webPreferences: { sandbox: true, contextIsolation: true, backgroundThrottling: false },
  });
  return window.loadFile(join(process.env.MOORING_GRID_PAGE, 'index.html'), {
    search: process.env.MOORING_GRID_SHAPE,
  });
});
