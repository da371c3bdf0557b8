import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { callNames } from '../../../src/shared/ipc/contract.ts';
import { type LaunchOptions, launchApp, type RunningApp } from '../support/launchApp.ts';
import { test as base, expect, temporaryUserData } from '../support/test.ts';

/** Without these devices getUserMedia fails in every app, for want of a microphone. */
export const fakeDevices = ['--use-fake-device-for-media-stream'];

/** How to launch the fixture app with every lock off. */
const weakApp: Partial<LaunchOptions> = {
  appFolder: join(import.meta.dirname, 'weakApp'),
  args: fakeDevices,
  env: { WEAK_CALL_NAMES: callNames.join(',') },
  chromiumSandbox: false,
};

interface SharedApps {
  /** Running apps for probes that leave them as they were: a start takes longer than most probes. */
  readonly sharedMooring: RunningApp;
  readonly sharedWeakApp: RunningApp;
}

interface LentApps {
  /** The same apps for probes that change the page or open windows: afterwards there is one window with a new page. */
  readonly lentMooring: RunningApp;
  readonly lentWeakApp: RunningApp;
}

export const test = base.extend<LentApps, SharedApps>({
  // biome-ignore-start lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures are needed
  sharedMooring: [async ({}, use) => share({}, use), { scope: 'worker' }],
  sharedWeakApp: [async ({}, use) => share(weakApp, use), { scope: 'worker' }],
  // biome-ignore-end lint/correctness/noEmptyPattern: as above
  lentMooring: ({ sharedMooring }, use) => lend(sharedMooring, use),
  lentWeakApp: ({ sharedWeakApp }, use) => lend(sharedWeakApp, use),
});

export { expect };

async function share(options: Partial<LaunchOptions>, use: (running: RunningApp) => Promise<void>) {
  const userData = temporaryUserData();
  const running = await launchApp({ userData, ...options });
  await use(running);
  await running.close();
  rmSync(userData, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

async function lend(running: RunningApp, use: (running: RunningApp) => Promise<void>) {
  const { app, page } = running;
  const address = page.url();
  await use(running);
  await app.evaluate(({ BrowserWindow }) => {
    const windows = BrowserWindow.getAllWindows().toSorted((one, other) => one.id - other.id);
    for (const opened of windows.slice(1)) opened.destroy();
  });
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  await page.goto(address);
  await page.waitForFunction(() => 'api' in globalThis);
}

export interface Claim<Result> {
  /** What an attacker tries, and the result in each app. */
  readonly probe: (running: RunningApp) => Promise<Result>;
  readonly inMooring: Result;
  readonly inWeakApp: Result;
  /** What the probe leaves changed: the page, or all of the app, of which it then gets one of its own. */
  readonly changes?: 'page' | 'app';
}

const seenToFail = (title: string) => `${title} (seen to fail in the weak app)`;

/**
 * Runs one probe against Mooring, and against the weak app where it must give the other result: a probe that cannot
 * fail proves nothing.
 */
export function claim<Result>(title: string, { probe, changes, ...expected }: Claim<Result>): void {
  const inMooring = async (running: RunningApp) =>
    expect<unknown>(await probe(running)).toEqual(expected.inMooring);
  const inWeakApp = async (running: RunningApp) =>
    expect<unknown>(await probe(running)).toEqual(expected.inWeakApp);
  if (changes === 'app') {
    test(title, ({ mooring }) => inMooring(mooring));
    test(seenToFail(title), async ({ launch }) => inWeakApp(await launch(weakApp)));
  } else if (changes === 'page') {
    test(title, ({ lentMooring }) => inMooring(lentMooring));
    test(seenToFail(title), ({ lentWeakApp }) => inWeakApp(lentWeakApp));
  } else {
    test(title, ({ sharedMooring }) => inMooring(sharedMooring));
    test(seenToFail(title), ({ sharedWeakApp }) => inWeakApp(sharedWeakApp));
  }
}
