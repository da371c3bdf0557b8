import { type ElectronApplication, _electron as electron, type Page } from '@playwright/test';
import { electronProgram, playwrightLoader, projectFolder } from './electronProgram.ts';

export interface RunningApp {
  readonly app: ElectronApplication;
  /** The main window, with the preload's API in place. */
  readonly page: Page;
  readonly userData: string;
  /** Quits as a person does; works any number of times. */
  close(): Promise<void>;
}

export interface LaunchOptions {
  readonly userData: string;
  /** Folder of the app; Mooring itself by default. */
  readonly appFolder?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Chromium's sandbox, as people run it; off only to show that a probe sees the difference. */
  readonly chromiumSandbox?: boolean;
}

/** Starts an app in the real Electron and waits for its window. */
export async function launchApp(options: LaunchOptions): Promise<RunningApp> {
  const { userData, appFolder = projectFolder, args = [], env = {}, chromiumSandbox = true } = options;
  const app = await electron.launch({
    executablePath: await electronProgram(),
    args: [...args, '-r', playwrightLoader(), appFolder],
    cwd: appFolder,
    chromiumSandbox,
    env: { ...inheritedEnvironment(), ...env, MOORING_USER_DATA: userData },
  });
  const page = await app.firstWindow();
  await page.waitForFunction(() => 'api' in globalThis);
  let closing: Promise<void> | null = null;
  return {
    app,
    page,
    userData,
    close: () => {
      closing ??= app.close();
      return closing;
    },
  };
}

/** Ours, without what would turn Electron into Node. */
function inheritedEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[0] !== 'ELECTRON_RUN_AS_NODE',
  );
  return Object.fromEntries(entries);
}
