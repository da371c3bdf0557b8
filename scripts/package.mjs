/** `npm run package`: builds the app and packs it for this machine into dist/, with the Electron runtime in use. */

import { ensureBuild } from './bootstrap/applicationBuild.mjs';
import { runInForeground } from './bootstrap/foreground.mjs';
import { packageProgram } from './bootstrap/packageProgram.mjs';
import { inProject } from './bootstrap/project.mjs';
import { runScript, say } from './bootstrap/report.mjs';
import { bootstrap } from './bootstrap.mjs';

await runScript(async () => {
  const electron = await bootstrap({ headless: false });
  await ensureBuild();
  const status = await runInForeground(
    [
      process.execPath,
      packageProgram('electron-builder'),
      '--dir',
      `-c.electronDist=${electron.distPath}`,
      `-c.electronVersion=${electron.version}`,
    ],
    { cwd: inProject(), env: process.env },
  );
  if (status === 0) say(`The packed app is in dist/`);
  return status;
});
