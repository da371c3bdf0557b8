/**
 * Makes a fresh clone ready to run: each step is skipped when its result is there already.
 * Uses Node alone, because it runs before `npm ci`.
 */

import { pathToFileURL } from 'node:url';
import { ensureChromiumSandbox } from './bootstrap/chromiumSandbox.mjs';
import { ensureDependencies } from './bootstrap/dependencies.mjs';
import { describeElectron, ensureElectron } from './bootstrap/electronRuntime.mjs';
import { ensureMysql } from './bootstrap/mysqlServer.mjs';
import { checkNodeVersion } from './bootstrap/nodeVersion.mjs';
import { ensurePostgresBinaries } from './bootstrap/postgresBinaries.mjs';
import { ensurePrometheus } from './bootstrap/prometheusServer.mjs';
import { runScript, say } from './bootstrap/report.mjs';
import { ensureSqliteBinding } from './bootstrap/sqliteBinding.mjs';
import { ensureSshServer } from './bootstrap/sshServer.mjs';
import { ensureSystemPackages } from './bootstrap/systemPackages.mjs';

export { resolveElectron } from './bootstrap/electronRuntime.mjs';
export { resolveTestServers } from './bootstrap/testServers.mjs';

/** What we install must be readable for the unprivileged user that root's session runs as. */
const READABLE_BY_ALL = 0o022;

/**
 * @param {object} purpose
 * @param {boolean} purpose.headless also the system packages of a session without a display
 * @param {boolean} [purpose.testServers] also the database servers of the tests
 * @returns {Promise<import('./bootstrap/electronRuntime.mjs').ElectronRuntime>}
 */
export async function bootstrap({ headless, testServers = false }) {
  process.umask(READABLE_BY_ALL);
  checkNodeVersion();
  await ensureDependencies();
  await ensurePostgresBinaries();
  const electron = await ensureElectron();
  await ensureSqliteBinding(electron);
  if (process.platform === 'linux') {
    if (headless) await ensureSystemPackages(electron, { testServers });
    if (testServers) {
      await ensurePrometheus();
      await ensureSshServer();
    }
    await ensureChromiumSandbox(electron);
  }
  if (testServers) await ensureMysql();
  say(describeElectron(electron));
  return electron;
}

/** @returns {boolean} whether windows can be seen here */
export function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await runScript(async () => {
    await bootstrap({ headless: !hasDisplay() });
  });
}
