/** `npm start`: everything needed is set up and built, then the application opens; without a display, the tour runs. */

import { existsSync } from 'node:fs';
import path from 'node:path';
import { ensureBuild } from './bootstrap/applicationBuild.mjs';
import { runInForeground } from './bootstrap/foreground.mjs';
import { inProject } from './bootstrap/project.mjs';
import { runScript, say } from './bootstrap/report.mjs';
import { findProgram } from './bootstrap/runCommand.mjs';
import { requireLibraries } from './bootstrap/systemPackages.mjs';
import { bootstrap, hasDisplay } from './bootstrap.mjs';
import { openForRoot } from './session/rootDesktop.mjs';
import { isRoot } from './session/sessionUser.mjs';
import { tour } from './tour.mjs';

await runScript(async () => {
  const args = process.argv.slice(2);
  if (!hasDisplay()) {
    say('There is no display here, so this runs the tour: the real application under a virtual display.');
    return tour(args);
  }
  const electron = await bootstrap({ headless: false });
  if (process.platform === 'linux') requireLibraries(electron);
  await ensureBuild();
  if (isRoot) return openForRoot(electron, args);
  const env = { ...process.env };
  delete env.ELECTRON_RUN_AS_NODE;
  const command = [...messageBusIfNone(), electron.executablePath, inProject(), ...args];
  return runInForeground(command, { cwd: inProject(), env });
});

/** A desktop has a session bus; a display forwarded to a server may not, and the keychain needs one. */
function messageBusIfNone() {
  if (process.platform !== 'linux' || process.env.DBUS_SESSION_BUS_ADDRESS) return [];
  const runtimeFolder = process.env.XDG_RUNTIME_DIR;
  if (runtimeFolder && existsSync(path.join(runtimeFolder, 'bus'))) return [];
  return findProgram('dbus-run-session') ? ['dbus-run-session', '--'] : [];
}
