/**
 * Step 4: which Electron runs the app in development and tests.
 * Order: ELECTRON_OVERRIDE_DIST_PATH, the official binary (present, or one download attempt), the fallback.
 */

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { installedFallbackElectron, installFallbackElectron } from './fallbackElectron.mjs';
import { installedOfficialElectron, tryOfficialDownload } from './officialElectron.mjs';
import { installedVersion } from './project.mjs';
import { SetupError } from './report.mjs';

/**
 * @typedef {object} ElectronRuntime
 * @property {string} distPath the folder, for ELECTRON_OVERRIDE_DIST_PATH and electron-builder's electronDist
 * @property {string} executablePath for ELECTRON_EXEC_PATH and Playwright
 * @property {string} version
 * @property {'override' | 'official' | 'fallback'} origin
 */

/**
 * Only looks, in some milliseconds; for tests and the Playwright configuration.
 * @returns {ElectronRuntime}
 */
export function resolveElectron() {
  const runtime = findElectron();
  if (runtime) return runtime;
  throw new SetupError('There is no Electron runtime yet.', { command: 'node scripts/bootstrap.mjs' });
}

/** @returns {Promise<ElectronRuntime>} after installing one if there is none */
export async function ensureElectron() {
  if (overridden() ?? installedOfficialElectron()) return resolveElectron();
  await tryOfficialDownload();
  if (!installedOfficialElectron() && !installedFallbackElectron()) await installFallbackElectron();
  return resolveElectron();
}

/** @param {ElectronRuntime} runtime */
export function describeElectron(runtime) {
  const declared = installedVersion('electron');
  const fallbackNote = `the fallback; releases are built with ${declared}`;
  const notes = {
    override: 'from ELECTRON_OVERRIDE_DIST_PATH',
    official: 'official',
    fallback: fallbackNote,
  };
  return `Electron ${runtime.version} (${notes[runtime.origin]})`;
}

function findElectron() {
  return overridden() ?? installedOfficialElectron() ?? installedFallbackElectron();
}

/** @returns {ElectronRuntime | undefined} */
function overridden() {
  const distPath = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!distPath) return undefined;
  const executablePath = path.join(distPath, executableName());
  if (!existsSync(executablePath)) {
    throw new SetupError(
      `ELECTRON_OVERRIDE_DIST_PATH names a folder without an Electron executable: ${distPath}`,
      {
        command: 'unset ELECTRON_OVERRIDE_DIST_PATH',
      },
    );
  }
  return { distPath, executablePath, version: versionIn(distPath), origin: 'override' };
}

/** @param {string} distPath */
function versionIn(distPath) {
  const file = path.join(distPath, 'version');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : 'of unknown version';
}

function executableName() {
  if (process.platform === 'darwin') return path.join('Electron.app', 'Contents', 'MacOS', 'Electron');
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}
