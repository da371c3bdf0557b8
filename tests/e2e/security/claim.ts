import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { callNames } from '../../../src/shared/ipc/contract.ts';
import { type LaunchOptions, launchApp, type RunningApp } from '../support/launchApp.ts';
import { test as base, expect, temporaryUserData } from '../support/test.ts';

/** How to launch the fixture app with every lock off. */
export const weakApp: Partial<LaunchOptions> = {
  appFolder: join(import.meta.dirname, 'weakApp'),
  env: { WEAK_CALL_NAMES: callNames.join(',') },
  chromiumSandbox: false,
};

interface SharedApps {
  /** Running apps for probes that leave them as they were. */
  readonly sharedMooring: RunningApp;
  readonly sharedWeakApp: RunningApp;
}

export const test = base.extend<object, SharedApps>({
  // biome-ignore-start lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures are needed
  sharedMooring: [async ({}, use) => share({}, use), { scope: 'worker' }],
  sharedWeakApp: [async ({}, use) => share(weakApp, use), { scope: 'worker' }],
  // biome-ignore-end lint/correctness/noEmptyPattern: as above
});

export { expect };

async function share(options: Partial<LaunchOptions>, use: (running: RunningApp) => Promise<void>) {
  const userData = temporaryUserData();
  const running = await launchApp({ userData, ...options });
  await use(running);
  await running.close();
  rmSync(userData, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

export interface Claim<Result> {
  /** What an attacker tries, and the result in each app. */
  readonly probe: (running: RunningApp) => Promise<Result>;
  readonly inMooring: Result;
  readonly inWeakApp: Result;
  /** The probe changes the app, so it gets one of its own. */
  readonly isDestructive?: boolean;
}

const seenToFail = (title: string) => `${title} (seen to fail in the weak app)`;

/**
 * Runs one probe against Mooring, and against the weak app where it must give the other result: a probe that cannot
 * fail proves nothing.
 */
export function claim<Result>(title: string, { probe, isDestructive, ...expected }: Claim<Result>): void {
  if (isDestructive) {
    test(title, async ({ mooring }) => {
      expect<unknown>(await probe(mooring)).toEqual(expected.inMooring);
    });
    test(seenToFail(title), async ({ launch }) => {
      expect<unknown>(await probe(await launch(weakApp))).toEqual(expected.inWeakApp);
    });
  } else {
    test(title, async ({ sharedMooring }) => {
      expect<unknown>(await probe(sharedMooring)).toEqual(expected.inMooring);
    });
    test(seenToFail(title), async ({ sharedWeakApp }) => {
      expect<unknown>(await probe(sharedWeakApp)).toEqual(expected.inWeakApp);
    });
  }
}
