/**
 * `npm run test:mutation`: changes the code in small ways and checks that a unit test fails for each.
 * Arguments are Stryker's: `npm run test:mutation -- --mutate 'src/main/base/**\/*.ts'`.
 */

import { spawnSync } from 'node:child_process';
import { packageProgram } from './bootstrap/packageProgram.mjs';
import { inProject } from './bootstrap/project.mjs';
import { runScript } from './bootstrap/report.mjs';
import { bootstrap } from './bootstrap.mjs';

await runScript(async () => {
  await bootstrap({ headless: false });
  const command = [packageProgram('@stryker-mutator/core', 'stryker'), 'run', ...process.argv.slice(2)];
  return spawnSync(process.execPath, command, { cwd: inProject(), stdio: 'inherit' }).status ?? 1;
});
