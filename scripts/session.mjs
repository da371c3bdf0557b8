/**
 * Runs a command in a complete headless desktop session: display, message bus, keyring and fresh folders,
 * as an unprivileged user when we are root. Everything is ended and removed afterwards.
 *
 * From a shell: node scripts/session.mjs <command> [arguments]
 */

import { mkdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { installedMysql } from './bootstrap/mysqlServer.mjs';
import { inProject } from './bootstrap/project.mjs';
import { installedPrometheus } from './bootstrap/prometheusServer.mjs';
import { runScript, SetupError } from './bootstrap/report.mjs';
import { installedSshServer } from './bootstrap/sshServer.mjs';
import { bootstrap } from './bootstrap.mjs';
import { openArtifactsFolder } from './session/artifactsFolder.mjs';
import { withDesktopServices } from './session/desktopServices.mjs';
import { startDisplayServer } from './session/displayServer.mjs';
import { endAbandonedSessions, endLeftovers, newSessionMark } from './session/leftovers.mjs';
import { runSessionCommand } from './session/sessionCommand.mjs';
import { sessionEnvironment } from './session/sessionEnvironment.mjs';
import { createSessionFolders } from './session/sessionFolders.mjs';
import { asSessionUser } from './session/sessionUser.mjs';
import { makePlacesVisible } from './session/visiblePlaces.mjs';

/** Guards nothing: the keyring lives as long as the session. */
const KEYRING_PASSWORD = 'session';

/** Nobody listens to these services here. */
const HEADLESS = { MOORING_HEADLESS_SESSION: '1', NO_AT_BRIDGE: '1', GSETTINGS_BACKEND: 'memory' };

/**
 * @typedef {object} SessionOptions
 * @property {import('./bootstrap/electronRuntime.mjs').ElectronRuntime} electron
 * @property {string} [artifacts] default: the project's artifacts folder
 * @property {Record<string, string>} [env]
 * @property {boolean} [keepOutput] return the output in place of showing it
 * @property {string} [matrix] the folder with the servers of the matrix
 */

/**
 * @param {string[] | ((places: { root: string, artifacts: string }) => string[])} command runs in the project's folder;
 *   as a function, it is told where the session sees the project and the artifacts
 * @param {SessionOptions} options
 * @returns {Promise<import('./session/sessionCommand.mjs').SessionResult>}
 */
export function runInSession(command, options) {
  return process.platform === 'linux' ? runHeadless(command, options) : runOnDesktop(command, options);
}

/**
 * Other systems have no virtual display: the command runs on the caller's own desktop.
 * @type {typeof runInSession}
 */
function runOnDesktop(command, options) {
  const root = inProject();
  const artifacts = options.artifacts ?? inProject('artifacts');
  mkdirSync(artifacts, { recursive: true });
  const words = typeof command === 'function' ? command({ root, artifacts }) : command;
  const own = { ELECTRON_OVERRIDE_DIST_PATH: options.electron.distPath, MOORING_ROOT: root };
  const env = { ...process.env, ...own, ...artifactsEnvironment(artifacts, artifacts), ...options.env };
  return runSessionCommand(words, {
    cwd: root,
    env,
    keepOutput: options.keepOutput ?? false,
    mark: newSessionMark(),
    input: '',
  });
}

/** @type {typeof runInSession} */
async function runHeadless(command, options) {
  endAbandonedSessions();
  const folders = createSessionFolders();
  const mark = newSessionMark();
  /** @type {import('./session/displayServer.mjs').DisplayServer | undefined} */
  let display;
  try {
    const places = makePlacesVisible(folders.base, options.electron.distPath, {
      mysql: installedMysql()?.folder,
      prometheus: installedPrometheus()?.folder,
      ssh: installedSshServer()?.folder,
      matrix: options.matrix,
    });
    const kept = options.artifacts ?? inProject('artifacts');
    const artifacts = openArtifactsFolder(kept, folders.base);
    const own = {
      ...folders.env,
      ...mark,
      ...HEADLESS,
      ...artifactsEnvironment(artifacts.path, kept),
      ...options.env,
    };
    const env = sessionEnvironment(own, places);
    display = await startDisplayServer(folders.base, env);
    const words =
      typeof command === 'function' ? command({ root: places.root, artifacts: artifacts.path }) : command;
    const commandLine = [...places.entry, ...asSessionUser, ...withDesktopServices(folders, words)];
    const result = await runSessionCommand(commandLine, {
      cwd: '/',
      env: { ...env, ...display.env },
      keepOutput: options.keepOutput ?? false,
      mark,
      input: KEYRING_PASSWORD,
    });
    artifacts.collect();
    return result;
  } finally {
    display?.end();
    await endLeftovers(mark);
    folders.remove();
  }
}

/**
 * @param {string} seen where the session writes
 * @param {string} kept where it is to be found afterwards
 */
function artifactsEnvironment(seen, kept) {
  return { MOORING_ARTIFACTS: seen, MOORING_ARTIFACTS_KEPT_IN: kept };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await runScript(async () => {
    const words = process.argv.slice(2);
    if (words.length === 0) throw new SetupError('Name a command to run in the session.');
    const electron = await bootstrap({ headless: true, testServers: true });
    return (await runInSession(words, { electron })).status;
  });
}
