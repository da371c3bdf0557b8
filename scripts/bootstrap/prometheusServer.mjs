/**
 * Last step, for tests only: Prometheus and promtool in the per-user cache. The Debian package also installs a service
 * and the libraries of its web pages, so it is only unpacked, and nothing of the machine changes.
 */

import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inCache, publishFolder } from './cacheFolder.mjs';
import { SetupError, say, step } from './report.mjs';
import { findProgram, runCommand } from './runCommand.mjs';
import { canUnpackPackages, unpackPackage } from './unpackedPackage.mjs';

const PACKAGE = 'prometheus';
const PROGRAMS = ['prometheus', 'promtool'];
/** The number is raised whenever what we make of the package changes. */
const FOLDER = 'prometheus-debian-r1';
const ANSWER_LIMIT_MS = 10_000;

/**
 * @typedef {object} PrometheusInstallation
 * @property {string | undefined} folder holds the programs; undefined when they are the machine's own
 * @property {string} version
 * @property {string} server
 * @property {string} promtool
 */

/** @returns {PrometheusInstallation | undefined} in MOORING_PROMETHEUS_FOLDER, which a session sets, the cache, or the PATH */
export function installedPrometheus() {
  const folder = process.env.MOORING_PROMETHEUS_FOLDER || inCache(FOLDER);
  const versionFile = path.join(folder, 'version');
  if (existsSync(versionFile)) {
    const version = readFileSync(versionFile, 'utf8').trim();
    return {
      folder,
      version,
      server: path.join(folder, PROGRAMS[0]),
      promtool: path.join(folder, PROGRAMS[1]),
    };
  }
  const [server, promtool] = PROGRAMS.map(findProgram);
  return server && promtool ? { folder: undefined, version: 'of this machine', server, promtool } : undefined;
}

/** Fetches it where it is not there. */
export async function ensurePrometheus() {
  if (!installedPrometheus()) await fetchPrometheus();
  say(`Prometheus ${installedPrometheus()?.version} (for tests)`);
}

async function fetchPrometheus() {
  if (!canUnpackPackages()) {
    throw new SetupError('A run of the tests needs the programs prometheus and promtool.', {
      command: 'install Prometheus with your package manager',
    });
  }
  await step('Fetching Prometheus for the tests', '20 MB; about 5 s', () => publishFolder(FOLDER, install));
}

/** @param {string} folder */
async function install(folder) {
  const unpacked = await unpackPackage(PACKAGE, 'Prometheus', folder);
  for (const program of PROGRAMS) {
    renameSync(path.join(unpacked, 'usr', 'bin', program), path.join(folder, program));
  }
  rmSync(unpacked, { recursive: true, force: true });
  const answer = await runCommand(path.join(folder, PROGRAMS[0]), ['--version'], {
    timeoutMs: ANSWER_LIMIT_MS,
  });
  const version = /version (\d+\.\d+\.\d+)/.exec(answer.output)?.[1];
  if (answer.status !== 0 || !version) {
    throw new SetupError('The Prometheus that was fetched does not run here.', { output: answer.output });
  }
  writeFileSync(path.join(folder, 'version'), `${version}\n`);
}
