import { join } from 'node:path';
import { callNames } from '../../../src/shared/ipc/contract.ts';
import type { LaunchOptions, RunningApp } from '../support/launchApp.ts';
import { expect, test } from '../support/test.ts';

/** How to launch the fixture app with every lock off. */
export const weakApp: Partial<LaunchOptions> = {
  appFolder: join(import.meta.dirname, 'weakApp'),
  env: { WEAK_CALL_NAMES: callNames.join(',') },
  chromiumSandbox: false,
};

export { expect, test };

export interface Claim<Result> {
  /** What an attacker tries, and the result in each app. */
  readonly probe: (running: RunningApp) => Promise<Result>;
  readonly inMooring: Result;
  readonly inWeakApp: Result;
}

/**
 * Runs one probe against Mooring, and against the weak app where it must give the other result: a probe that cannot
 * fail proves nothing.
 */
export function claim<Result>(title: string, { probe, inMooring, inWeakApp }: Claim<Result>): void {
  test(title, async ({ mooring }) => {
    expect<unknown>(await probe(mooring)).toEqual(inMooring);
  });
  test(`${title} (seen to fail in the weak app)`, async ({ launch }) => {
    expect<unknown>(await probe(await launch(weakApp))).toEqual(inWeakApp);
  });
}
