import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type TestInfo } from '@playwright/test';
import { startDisplayServer } from '../../../scripts/session/displayServer.mjs';
import { answerQuestions } from './answerQuestions.ts';
import { type LaunchOptions, launchApp, type RunningApp } from './launchApp.ts';

interface AppFixtures {
  /** A fresh user-data folder, removed after the test. */
  readonly userData: string;
  /** Starts Mooring with this test's user data, again and again if need be; all are closed after the test. */
  readonly launch: (options?: Partial<LaunchOptions>) => Promise<RunningApp>;
  /** A running Mooring. */
  readonly mooring: RunningApp;
}

interface WorkerFixtures {
  /** Apps of two workers on one display take each other's clipboard and focus: in a headless session each has its own. */
  readonly display: undefined;
}

export { expect } from '@playwright/test';

export const test = base.extend<AppFixtures, WorkerFixtures>({
  display: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a fixture needs from this pattern
    async ({}, use) => {
      if (process.env.MOORING_HEADLESS_SESSION !== '1') return use(undefined);
      const folder = mkdtempSync(join(tmpdir(), 'mooring-display-'));
      const { env, end } = await startDisplayServer(folder, process.env);
      Object.assign(process.env, env);
      await use(undefined);
      end();
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker', auto: true },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a fixture needs from this pattern
  userData: async ({}, use, testInfo) => {
    const folder = temporaryUserData();
    await use(folder);
    keepLog(folder, testInfo);
    rmSync(folder, { recursive: true, force: true, maxRetries: 15, retryDelay: 200 });
  },
  launch: async ({ userData }, use) => {
    const running: RunningApp[] = [];
    await use(async (options) => {
      const started = await launchApp({ userData, ...options });
      running.push(started);
      return started;
    });
    for (const started of running) {
      // A test that failed may have left work about which quitting asks; the app may be gone as well.
      await answerQuestions(started, 'yes').catch(() => undefined);
      await started.close();
    }
  },
  mooring: async ({ launch }, use) => use(await launch()),
});

/** What the app wrote while a test failed tells more than the failure. It holds no secret: that is tested too. */
function keepLog(folder: string, testInfo: TestInfo): void {
  const log = join(folder, 'logs', 'mooring.log');
  const isAsExpected = testInfo.status === testInfo.expectedStatus;
  if (!isAsExpected && existsSync(log)) copyFileSync(log, testInfo.outputPath('mooring.log'));
}

/** A fresh folder that only we can read; the caller removes it. */
export function temporaryUserData(): string {
  return mkdtempSync(join(tmpdir(), 'mooring-e2e-'));
}
