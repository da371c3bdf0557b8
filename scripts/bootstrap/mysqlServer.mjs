/**
 * Last step, for tests only: a real MySQL server in the per-user cache. Debian has it in sid alone, so its packages are
 * unpacked into a folder of their own with all their libraries, and nothing of the machine changes.
 * The tests that want it are skipped where it cannot be had; MariaDB is the server that a run needs.
 */

import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inCache, publishFolder } from './cacheFolder.mjs';
import { recentFailure, rememberFailure } from './dailyAttempt.mjs';
import { say, step } from './report.mjs';
import { findProgram, runCommand } from './runCommand.mjs';
import { downloadFromSid } from './sidPackages.mjs';

const PACKAGE = 'mysql-server-core';
/** The number is raised whenever what we make of the packages changes. */
const FOLDER = 'mysql-sid-linux-x64-r1';
const FAILURE = 'mysql-sid-not-downloadable';
/** All that a server reads; the packages also hold manuals, and programs of their libraries. */
const KEPT = ['usr/lib', 'usr/lib64', 'usr/sbin', 'usr/share/mysql'];
const LIBRARIES = 'usr/lib/x86_64-linux-gnu';
const ANSWER_LIMIT_MS = 10_000;

/**
 * @typedef {object} MysqlInstallation
 * @property {string} folder holds `usr`
 * @property {string} version
 * @property {string[]} command starts the server program with the libraries it was built for
 */

/** @returns {MysqlInstallation | undefined} in MOORING_MYSQL_FOLDER, which a session sets, or in the cache */
export function installedMysql() {
  const folder = process.env.MOORING_MYSQL_FOLDER || inCache(FOLDER);
  const versionFile = path.join(folder, 'version');
  if (!existsSync(versionFile)) return undefined;
  return { folder, version: readFileSync(versionFile, 'utf8').trim(), command: serverCommand(folder) };
}

/** Never fails: says which server there is, or why there is none. */
export async function ensureMysql() {
  if (!installedMysql() && !reasonOfAbsence()) await tryInstallation();
  const installed = installedMysql();
  if (installed) say(`MySQL ${installed.version} (Debian sid, for tests)`);
  else say(`The tests that need MySQL are skipped: ${reasonOfAbsence()}.`);
}

/** @returns {string | undefined} why there is none and no point in trying */
function reasonOfAbsence() {
  const failure = recentFailure(FAILURE);
  return obstacle() ?? (failure && `${failure} (tried once a day; delete ${inCache(FAILURE)} to try again)`);
}

async function tryInstallation() {
  const expectation = '60 MB; about 20 s, given up within 30 s without a network';
  await step('Fetching MySQL for the tests', expectation, async () => {
    try {
      await publishFolder(FOLDER, install);
    } catch (error) {
      rememberFailure(FAILURE, error instanceof Error ? error.message : String(error));
    }
  });
}

/** @returns {string | undefined} why this machine can have none */
function obstacle() {
  if (process.env.MOORING_MYSQL_FOLDER) return 'MOORING_MYSQL_FOLDER names a folder without it';
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return `there is no package of it for ${process.platform} ${process.arch}`;
  }
  const missing = ['apt-get', 'apt-config', 'dpkg-deb'].filter((program) => !findProgram(program));
  return missing.length > 0 ? `this machine has no ${missing.join(', ')}` : undefined;
}

/** @param {string} folder */
async function install(folder) {
  await downloadFromSid(PACKAGE, async (archives) => {
    for (const archive of archives) await unpack(archive, folder);
  });
  removeAllBut(KEPT, folder);
  const [command, ...args] = [...serverCommand(folder), '--version'];
  const answer = await runCommand(command, args, { timeoutMs: ANSWER_LIMIT_MS });
  const version = /Ver (\d+\.\d+\.\d+)/.exec(answer.output)?.[1];
  if (answer.status !== 0 || !version) throw new Error('the server that was fetched does not run here');
  writeFileSync(path.join(folder, 'version'), `${version}\n`);
}

/**
 * @param {string} archive
 * @param {string} folder
 */
async function unpack(archive, folder) {
  const result = await runCommand('dpkg-deb', ['--extract', archive, folder]);
  if (result.status !== 0) throw new Error(`dpkg-deb could not unpack ${path.basename(archive)}`);
}

/**
 * @param {string[]} kept paths inside the folder
 * @param {string} folder
 * @param {string} [inside] the part of the folder that is looked at
 */
function removeAllBut(kept, folder, inside = '') {
  for (const name of readdirSync(path.join(folder, inside))) {
    const place = path.posix.join(inside, name);
    if (kept.includes(place)) continue;
    if (kept.some((other) => other.startsWith(`${place}/`))) removeAllBut(kept, folder, place);
    else rmSync(path.join(folder, place), { recursive: true, force: true });
  }
}

/** @param {string} folder */
function serverCommand(folder) {
  const at = (/** @type {string} */ place) => path.join(folder, place);
  return [
    at(`${LIBRARIES}/ld-linux-x86-64.so.2`),
    ...['--library-path', at(LIBRARIES)],
    at('usr/sbin/mysqld'),
    '--no-defaults',
    `--basedir=${at('usr')}`,
    `--lc-messages-dir=${at('usr/share/mysql')}`,
    `--character-sets-dir=${at('usr/share/mysql/charsets')}`,
    `--plugin-dir=${at('usr/lib/mysql/plugin')}`,
  ];
}
