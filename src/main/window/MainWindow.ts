import { app, type BaseWindow, type BrowserWindow, nativeTheme, session, type WebContents } from 'electron';
import type { Preferences } from '../../shared/model/appInfo.ts';
import { defaultPreferences } from '../../shared/model/defaults.ts';
import { InputBreak } from '../base/async/InputBreak.ts';
import type { Clock, Timer } from '../base/Clock.ts';
import { Emitter } from '../base/Emitter.ts';
import type { Logger } from '../observability/Logger.ts';
import type { PageSource } from './appOrigin.ts';
import { serveBundle } from './bundleProtocol.ts';
import { lockContents } from './contentsLocks.ts';
import { offerContextMenu } from './contextMenu.ts';
import { backgroundColor, createMainWindow } from './createMainWindow.ts';
import { recoverFromCrashes } from './rendererCrashes.ts';
import { lockSession } from './sessionLocks.ts';
import type { WindowMemoryFile } from './WindowMemoryFile.ts';
import { watchInput } from './watchInput.ts';

export interface MainWindowSettings {
  readonly page: PageSource;
  readonly isPackaged: boolean;
  readonly preloadPath: string;
  readonly rendererFolder: string;
  readonly memory: WindowMemoryFile;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A window that is being moved is remembered once it rests. */
const memoryDelayMs = 500;

/** The one window of the app, and its locks. On macOS it can be closed and opened again while the app runs. */
export class MainWindow {
  /** The page with this contents id has gone: it reloaded, died or was closed. */
  readonly onPageGone = new Emitter<number>();
  /** Somebody presses a key, clicks, or turns the wheel in the window; nothing that the page could make up. */
  readonly onInput = new Emitter<void>();
  readonly inputBreak: InputBreak;
  /** A person wants to close the window. It stays until `close` is called. */
  readonly onCloseWanted = new Emitter<void>();
  readonly #settings: MainWindowSettings;
  #isClosing = false;
  #window: BrowserWindow | null = null;
  #memoryTimer: Timer | null = null;

  constructor(settings: MainWindowSettings) {
    this.#settings = settings;
    this.inputBreak = new InputBreak(settings.clock);
  }

  /** Locks every session and page that will ever exist. Must be called before the app is ready. */
  lockEverything(): void {
    const { page, isPackaged, logger } = this.#settings;
    const lockOptions = { devServerOrigin: page.devServerOrigin, isPackaged, logger };
    app.on('session-created', (created) => lockSession(created, lockOptions));
    app.on('web-contents-created', (_event, contents) =>
      lockContents(contents, page.devServerOrigin, logger),
    );
  }

  /**
   * Opens the window, or brings the open one to the front. The app must be ready.
   * @returns when the document has arrived or cannot be had. Chromium then starts the page's process, and main has time
   *   for what takes long; before, that would hold up the document.
   */
  async open(): Promise<void> {
    if (this.#window !== null) {
      this.#window.restore();
      this.#window.focus();
      return;
    }
    const { page, rendererFolder } = this.#settings;
    if (page.devServerOrigin === null && !session.defaultSession.protocol.isProtocolHandled('app')) {
      serveBundle(session.defaultSession, rendererFolder);
    }
    const { isPackaged, preloadPath } = this.#settings;
    const memory = this.#settings.memory.read();
    nativeTheme.themeSource = memory?.theme ?? defaultPreferences.theme;
    const window = createMainWindow({ preloadPath, isPackaged, memory });
    this.#window = window;
    this.#watch(window);
    const arrived = new Promise<void>((resolve) => {
      window.webContents.once('did-navigate', () => resolve());
      window.once('closed', () => resolve());
      // A page that does not load is logged by `did-fail-load`.
      window.loadURL(page.url).catch(() => resolve());
    });
    await arrived;
  }

  /** The contents of the window; null when there is no window. */
  contents(): WebContents | null {
    const contents = this.#window?.webContents;
    return contents === undefined || contents.isDestroyed() ? null : contents;
  }

  /** The contents while they show our own page, for what main sends by itself. */
  page(): WebContents | null {
    const contents = this.contents();
    if (contents === null || contents.isCrashed()) return null;
    return contents.mainFrame.origin === this.#settings.page.origin ? contents : null;
  }

  /** What dialogs of the system stand in front of; null when there is no window. */
  dialogParent(): BaseWindow | null {
    return this.#window;
  }

  /** Whether it has the focus. */
  get isInFront(): boolean {
    return this.#window?.isFocused() ?? false;
  }

  /** Draws the frame, menus and dialogs in the chosen scheme, and the next window from its first moment. */
  applyTheme(theme: Preferences['theme']): void {
    nativeTheme.themeSource = theme;
    this.#window?.setBackgroundColor(backgroundColor());
    this.#remember();
  }

  /** Closes the window; on macOS the app goes on without one. */
  close(): void {
    this.#isClosing = true;
    this.#window?.close();
  }

  /** Takes the window from the screen while the app closes behind it. */
  hide(): void {
    this.#remember();
    this.#window?.hide();
  }

  #watch(window: BrowserWindow): void {
    const { clock, logger } = this.#settings;
    const { webContents } = window;
    const { id } = webContents;
    const pageGone = () => this.onPageGone.emit(id);
    webContents.on('did-navigate', pageGone);
    webContents.on('render-process-gone', pageGone);
    webContents.on('did-fail-load', (_event, code) =>
      logger.error('The page did not load', { exitCode: code }),
    );
    webContents.on('unresponsive', () => logger.warn('The page does not answer'));
    recoverFromCrashes(window, clock, logger);
    offerContextMenu(webContents);
    watchInput(webContents, () => {
      this.inputBreak.begin();
      this.onInput.emit();
    });
    window.on('resize', () => this.#rememberSoon());
    window.on('move', () => this.#rememberSoon());
    window.on('close', (event) => {
      this.#remember();
      if (this.#isClosing) return;
      event.preventDefault();
      this.onCloseWanted.emit();
    });
    window.on('closed', () => {
      this.#window = null;
      this.#isClosing = false;
      pageGone();
    });
  }

  #rememberSoon(): void {
    this.#memoryTimer?.cancel();
    this.#memoryTimer = this.#settings.clock.after(memoryDelayMs, () => this.#remember());
  }

  #remember(): void {
    this.#memoryTimer?.cancel();
    this.#memoryTimer = null;
    if (this.#window === null || !this.#window.isVisible()) return;
    this.#settings.memory.write({
      ...this.#window.getNormalBounds(),
      isMaximized: this.#window.isMaximized(),
      theme: nativeTheme.themeSource,
    });
  }
}
