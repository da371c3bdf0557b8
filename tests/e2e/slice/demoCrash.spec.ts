import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning } from '../../support/foreignProcess.ts';
import { saveAndConnect, testDemo } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';

test('the demo server of an app that was killed holds nothing of it, and ends at the next start', async ({
  launch,
  userData,
}) => {
  // The server is made first, and the app starts twice.
  test.setTimeout(240_000);
  const first = await launch();
  await testDemo(first.page);
  await saveAndConnect(first.page);
  const [line = ''] = readFileSync(join(userData, 'demo', 'cluster', 'postmaster.pid'), 'utf8').split('\n');
  const pid = Number(line);
  expect(isRunning(pid)).toBe(true);
  first.app.process().kill('SIGKILL');
  // Waits until nobody has the output of the app open any more.
  await first.close();
  expect(isRunning(pid)).toBe(true);
  await launch();
  await expect.poll(() => isRunning(pid), { timeout: 20_000 }).toBe(false);
});
