import { BrowserWindow, nativeTheme, screen } from 'electron';
import { minHeight, minWidth, type WindowMemory } from './windowMemory.ts';
import { placeWindow } from './windowPlacement.ts';

export interface MainWindowOptions {
  readonly preloadPath: string;
  readonly isPackaged: boolean;
  /** Null when there is nothing to remember. */
  readonly memory: WindowMemory | null;
}

/** The page's own background in each scheme (`src/renderer/theme`), so that the window does not flash as it opens. */
const backgroundColors = { light: '#ffffff', dark: '#1b1e22' };

/** The background in the scheme that is in force: the person's choice, or the system's. */
export function backgroundColor(): string {
  return nativeTheme.shouldUseDarkColors ? backgroundColors.dark : backgroundColors.light;
}

/** Makes the window, hidden until its page can be seen. It loads nothing yet. */
export function createMainWindow({ preloadPath, isPackaged, memory }: MainWindowOptions): BrowserWindow {
  const { isMaximized, ...bounds } = placeWindow(memory, workAreas());
  const window = new BrowserWindow({
    ...bounds,
    minWidth,
    minHeight,
    show: false,
    title: 'Mooring',
    backgroundColor: backgroundColor(),
    webPreferences: {
      preload: preloadPath,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      safeDialogs: true,
      devTools: !isPackaged,
    },
  });
  window.on('page-title-updated', (event) => event.preventDefault());
  window.once('ready-to-show', () => {
    if (isMaximized) window.maximize();
    window.show();
  });
  return window;
}

function workAreas() {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id);
  return [primary, ...others].map((display) => display.workArea);
}
