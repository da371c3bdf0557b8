/** `npm run package:worker`: builds mooring-worker and packs it into artifacts/worker, with all that it needs but Node. */

import { copyFileSync, mkdirSync } from 'node:fs';
import { ensureDependencies } from './bootstrap/dependencies.mjs';
import { checkNodeVersion } from './bootstrap/nodeVersion.mjs';
import { npmCommand } from './bootstrap/npmCommand.mjs';
import { packageProgram } from './bootstrap/packageProgram.mjs';
import { inProject } from './bootstrap/project.mjs';
import { runScript, SetupError, say, step } from './bootstrap/report.mjs';
import { runCommand } from './bootstrap/runCommand.mjs';

const BUILT = inProject('dist', 'worker');
const PACKED = inProject('artifacts', 'worker');

await runScript(async () => {
  checkNodeVersion();
  await ensureDependencies();
  await step('Building mooring-worker', 'about 5 s', async () => {
    const build = [
      packageProgram('vite'),
      'build',
      '-c',
      'vite.worker.config.ts',
      '--configLoader',
      'runner',
    ];
    await run('The worker could not be built.', process.execPath, build);
    copyFileSync(inProject('LICENSE'), `${BUILT}/LICENSE`);
    copyFileSync(inProject('docs', 'workers.md'), `${BUILT}/README.md`);
  });
  mkdirSync(PACKED, { recursive: true });
  const [npm, ...before] = npmCommand();
  await run('The worker could not be packed.', npm, [...before, 'pack', BUILT, '--pack-destination', PACKED]);
  say('The package of mooring-worker is in artifacts/worker');
  return 0;
});

/**
 * @param {string} failure
 * @param {string} command
 * @param {string[]} args
 */
async function run(failure, command, args) {
  const { status, output } = await runCommand(command, args, { cwd: inProject() });
  if (status !== 0) throw new SetupError(failure, { command: [command, ...args].join(' '), output });
}
