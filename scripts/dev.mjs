/** `npm run dev`: the application with hot reload, on the developer's own desktop. */

import { runInForeground } from './bootstrap/foreground.mjs';
import { packageProgram } from './bootstrap/packageProgram.mjs';
import { inProject } from './bootstrap/project.mjs';
import { runScript, SetupError } from './bootstrap/report.mjs';
import { bootstrap, hasDisplay } from './bootstrap.mjs';
import { isRoot } from './session/sessionUser.mjs';

await runScript(async () => {
  if (!hasDisplay()) {
    throw new SetupError('Hot reload needs a display, and there is none here.', { command: 'npm run tour' });
  }
  if (isRoot) {
    throw new SetupError("Hot reload runs as an ordinary user: Chromium's sandbox refuses root.", {
      command: 'npm start',
    });
  }
  const electron = await bootstrap({ headless: false });
  const env = { ...process.env, ELECTRON_EXEC_PATH: electron.executablePath };
  delete env.ELECTRON_RUN_AS_NODE;
  const command = [
    process.execPath,
    packageProgram('electron-vite'),
    'dev',
    '--watch',
    ...process.argv.slice(2),
  ];
  return runInForeground(command, { cwd: inProject(), env });
});
