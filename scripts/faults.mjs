/**
 * `npm run test:faults`: many rounds of each fault of pipelines, at random moments, in the headless session. What is behind
 * `--` goes to vitest, such as `-t 'worker is killed'`. MOORING_ROUNDS says how many rounds; MOORING_SEED repeats one.
 */

import { runScript } from './bootstrap/report.mjs';
import { bootstrap } from './bootstrap.mjs';
import { runInSession } from './session.mjs';

const ROUNDS = '20';

await runScript(async () => {
  const electron = await bootstrap({ headless: true, testServers: true });
  const vitest = ['node', 'node_modules/vitest/vitest.mjs', 'run', '--project', 'faults'];
  const options = ['--configLoader', 'runner', '--reporter=verbose', ...process.argv.slice(2)];
  const env = { MOORING_ROUNDS: process.env.MOORING_ROUNDS ?? ROUNDS };
  const { status } = await runInSession([...vitest, ...options], { electron, env });
  return status;
});
