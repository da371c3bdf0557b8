/** `npm run bench`: measures in the headless session, prints the table and writes artifacts/bench/bench.json. */

import { ensureBuild } from './bootstrap/applicationBuild.mjs';
import { inProject } from './bootstrap/project.mjs';
import { runScript } from './bootstrap/report.mjs';
import { bootstrap } from './bootstrap.mjs';
import { runInSession } from './session.mjs';

await runScript(async () => {
  const electron = await bootstrap({ headless: true, testServers: true });
  // Some parts run the app.
  await ensureBuild();
  const command = ['node', '--import', './tests/support/typeScript/register.mjs', 'tests/bench/bench.ts'];
  const { status } = await runInSession(command, { electron, artifacts: inProject('artifacts', 'bench') });
  return status;
});
