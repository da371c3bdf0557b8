/** The official Electron binary of the declared version: the one in node_modules, or one download attempt a day. */

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { recentFailure, rememberFailure } from './dailyAttempt.mjs';
import { inProject, installedVersion } from './project.mjs';
import { say, step } from './report.mjs';
import { runCommand } from './runCommand.mjs';

const PACKAGE_FOLDER = inProject('node_modules', 'electron');
const DIST_FOLDER = path.join(PACKAGE_FOLDER, 'dist');
const STALL_LIMIT_MS = 20_000;
const EXTRACT_LIMIT_MS = 180_000;

/** @returns {import('./electronRuntime.mjs').ElectronRuntime | undefined} */
export function installedOfficialElectron() {
  const version = installedVersion('electron');
  const pathFile = path.join(PACKAGE_FOLDER, 'path.txt');
  if (!version || !existsSync(pathFile) || !existsSync(path.join(DIST_FOLDER, 'version'))) return undefined;
  const distVersion = readFileSync(path.join(DIST_FOLDER, 'version'), 'utf8').trim().replace(/^v/, '');
  const executablePath = path.join(DIST_FOLDER, readFileSync(pathFile, 'utf8').trim());
  if (distVersion !== version || !existsSync(executablePath)) return undefined;
  return { distPath: DIST_FOLDER, executablePath, version, origin: 'official' };
}

/** Leaves the binary in node_modules/electron/dist, or remembers for a day that it could not be had. */
export async function tryOfficialDownload() {
  const version = installedVersion('electron');
  if (!version || recentFailure(failureName(version)) !== undefined) return;
  await step(`Downloading Electron ${version}`, 'about 120 MB; one attempt', async () => {
    try {
      await download(version);
      await extract();
    } catch (error) {
      rememberFailure(failureName(version), reasonOf(error));
      say(`  not to be had from here: ${reasonOf(error)}`);
    }
  });
}

/**
 * Fills the cache of Electron's own downloader; given up when no byte arrives for a while.
 * @param {string} version
 */
async function download(version) {
  const downloader = createRequire(path.join(PACKAGE_FOLDER, 'install.js')).resolve('@electron/get');
  const { downloadArtifact } = await import(pathToFileURL(downloader).href);
  const stalled = new AbortController();
  const stall = () => stalled.abort(new Error(`no answer for ${STALL_LIMIT_MS / 1000} s`));
  let timer = setTimeout(stall, STALL_LIMIT_MS);
  const getProgressCallback = async () => {
    clearTimeout(timer);
    timer = setTimeout(stall, STALL_LIMIT_MS);
  };
  try {
    await downloadArtifact({
      version,
      artifactName: 'electron',
      platform: process.platform,
      arch: process.arch,
      checksums: JSON.parse(readFileSync(path.join(PACKAGE_FOLDER, 'checksums.json'), 'utf8')),
      downloadOptions: { signal: stalled.signal, quiet: true, getProgressCallback },
    });
  } finally {
    clearTimeout(timer);
  }
}

/** Electron's own installer unpacks from that cache and writes path.txt last. */
async function extract() {
  const env = { ...process.env };
  delete env.ELECTRON_OVERRIDE_DIST_PATH;
  const options = { cwd: PACKAGE_FOLDER, env, timeoutMs: EXTRACT_LIMIT_MS };
  const result = await runCommand(process.execPath, ['install.js'], options);
  if (result.status !== 0) throw new Error(result.output.trim().split('\n')[0] || 'it could not be unpacked');
}

/** @param {string} version */
function failureName(version) {
  return `electron-${version}-not-downloadable`;
}

/** @param {unknown} error */
function reasonOf(error) {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
