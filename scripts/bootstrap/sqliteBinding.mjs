/**
 * Step 5: better-sqlite3 fits the Node and the Electron in use. Its prebuilt files need Node-API 10
 * (Node 22.14, Electron 35); for older ones it is built once from source and kept in the cache.
 */

import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { inCache, publishFolder } from './cacheFolder.mjs';
import { isAtLeast } from './nodeVersion.mjs';
import { npmFolder } from './npmCommand.mjs';
import { inProject, installedVersion } from './project.mjs';
import { SetupError, step } from './report.mjs';
import { runCommand } from './runCommand.mjs';

const PACKAGE_FOLDER = inProject('node_modules', 'better-sqlite3');
const RELEASE_FOLDER = path.join(PACKAGE_FOLDER, 'build', 'Release');
const BINDING = 'better_sqlite3.node';
const PLACED_STAMP = path.join(RELEASE_FOLDER, '.mooring-build');
const BUILD_ARGUMENTS = ['rebuild', '--release', '--force_build=1', '--jobs=max'];
/** Node-API 10 calls exist in older Nodes as experimental ones. */
const BUILD_FLAGS = [
  '-UNAPI_VERSION',
  '-DNAPI_EXPERIMENTAL',
  '-DNODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT',
  '-DNAPI_VERSION=2147483647',
].join(' ');
const PROBE = "new (require('better-sqlite3'))(':memory:').prepare('select 1').get()";

/** @param {import('./electronRuntime.mjs').ElectronRuntime} electron */
export async function ensureSqliteBinding(electron) {
  const prebuiltFits = isAtLeast(process.versions.node, [22, 14]) && isAtLeast(electron.version, [35]);
  if (prebuiltFits || isPlaced()) return;
  if (!existsSync(cachedBinding()) || !(await placeAndProbe())) {
    await step(`Building better-sqlite3 for Node ${process.versions.node}`, '1 to 3 min', build);
    if (!(await placeAndProbe()))
      throw buildFailure('better-sqlite3 was built, but does not run in this Node.');
  }
}

function cacheName() {
  return `better-sqlite3-${installedVersion('better-sqlite3')}-${process.platform}-${process.arch}`;
}

function cachedBinding() {
  return inCache(cacheName(), BINDING);
}

/** What was probed, and with which Node. */
function stamp() {
  return `${cacheName()} node-${process.versions.node}`;
}

function isPlaced() {
  if (!existsSync(path.join(RELEASE_FOLDER, BINDING)) || !existsSync(PLACED_STAMP)) return false;
  return readFileSync(PLACED_STAMP, 'utf8') === stamp();
}

/** @returns {Promise<boolean>} whether it opens a database (in a child process: a wrong binding crashes) */
async function placeAndProbe() {
  mkdirSync(RELEASE_FOLDER, { recursive: true });
  const unfinished = path.join(RELEASE_FOLDER, `.${BINDING}-${process.pid}`);
  copyFileSync(cachedBinding(), unfinished);
  renameSync(unfinished, path.join(RELEASE_FOLDER, BINDING));
  const probe = await runCommand(process.execPath, ['-e', PROBE], { cwd: inProject(), timeoutMs: 20_000 });
  if (probe.status === 0) writeFileSync(PLACED_STAMP, stamp());
  return probe.status === 0;
}

/** Builds in a copy beside the package (its build files look for node-addon-api in node_modules). */
async function build() {
  const workFolder = inProject('node_modules', `.better-sqlite3-build-${process.pid}`);
  try {
    cpSync(PACKAGE_FOLDER, workFolder, {
      recursive: true,
      filter: (source) => !source.includes('prebuilds'),
    });
    rmSync(path.join(workFolder, 'build'), { recursive: true, force: true });
    await compile(workFolder);
    const built = path.join(workFolder, 'build', 'Release', BINDING);
    await publishFolder(cacheName(), async (folder) => copyFileSync(built, path.join(folder, BINDING)));
  } finally {
    rmSync(workFolder, { recursive: true, force: true });
  }
}

/** @param {string} folder */
async function compile(folder) {
  const env = { ...process.env, CXXFLAGS: `${process.env.CXXFLAGS ?? ''} ${BUILD_FLAGS}`.trim() };
  const result = await runCommand(process.execPath, [nodeGyp(), ...BUILD_ARGUMENTS, ...headerArguments()], {
    cwd: folder,
    env,
  });
  if (result.status !== 0)
    throw buildFailure('better-sqlite3 could not be built from source.', result.output);
}

/** The headers of the Node that runs us, when it was installed with them; else node-gyp fetches them. */
function headerArguments() {
  const prefix = path.dirname(path.dirname(process.execPath));
  return existsSync(path.join(prefix, 'include', 'node', 'node_api.h')) ? [`--nodedir=${prefix}`] : [];
}

function nodeGyp() {
  const entry = path.join('node-gyp', 'bin', 'node-gyp.js');
  const npm = npmFolder();
  const candidates = [
    inProject('node_modules', entry),
    ...(npm ? [path.join(npm, 'node_modules', entry)] : []),
  ];
  const found = candidates.find((file) => existsSync(file));
  if (found) return found;
  throw buildFailure('better-sqlite3 must be built from source, and there is no node-gyp to do it.');
}

/**
 * @param {string} sentence
 * @param {string} [output]
 */
function buildFailure(sentence, output) {
  const command = [
    `cd node_modules/better-sqlite3 && CXXFLAGS="${BUILD_FLAGS}" npx node-gyp`,
    ...BUILD_ARGUMENTS,
    ...headerArguments(),
    '(needs python3, make and g++)',
  ];
  return new SetupError(sentence, { command: command.join(' '), output });
}
