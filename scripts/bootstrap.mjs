/**
 * Makes a fresh clone ready to run: each step is skipped when its result is there already.
 * Uses Node alone, because it runs before `npm ci`.
 */

import { pathToFileURL } from 'node:url';
import { ensureChromiumSandbox } from './bootstrap/chromiumSandbox.mjs';
import { ensureDependencies } from './bootstrap/dependencies.mjs';
import { describeElectron, ensureElectron } from './bootstrap/electronRuntime.mjs';
import { checkNodeVersion } from './bootstrap/nodeVersion.mjs';
import { ensurePostgresBinaries } from './bootstrap/postgresBinaries.mjs';
import { runScript, say } from './bootstrap/report.mjs';
import { ensureSqliteBinding } from './bootstrap/sqliteBinding.mjs';
import { ensureSystemPackages } from './bootstrap/systemPackages.mjs';

export { resolveElectron } from './bootstrap/electronRuntime.mjs';

/** What we install must be readable for the unprivileged user that root's session runs as. */
const READABLE_BY_ALL = 0o022;

/**
 * @param {{ headless: boolean }} purpose headless: also the system packages of a session without a display
 * @returns {Promise<import('./bootstrap/electronRuntime.mjs').ElectronRuntime>}
 */
export async function bootstrap({ headless }) {
  process.umask(READABLE_BY_ALL);
  checkNodeVersion();
  await ensureDependencies();
  await ensurePostgresBinaries();
  const electron = await ensureElectron();
  await ensureSqliteBinding(electron);
  if (process.platform === 'linux') {
    if (headless) await ensureSystemPackages(electron);
    await ensureChromiumSandbox(electron);
  }
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
