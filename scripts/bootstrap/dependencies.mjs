/** Step 2: node_modules holds exactly what package-lock.json names. */

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { npmCommand } from './npmCommand.mjs';
import { inProject, readJsonIfThere } from './project.mjs';
import { SetupError, step } from './report.mjs';
import { runCommand } from './runCommand.mjs';

const LOCK_FILE = inProject('package-lock.json');
const INSTALLED_LOCK_FILE = inProject('node_modules', '.package-lock.json');
const STAMP_FILE = inProject('node_modules', '.mooring-dependencies');
/** No install scripts: what we need of them is done by the steps after this one, on any machine alike. */
const INSTALL_ARGUMENTS = [
  'ci',
  '--include=dev',
  '--include=optional',
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
];

export async function ensureDependencies() {
  if (isStampValid()) return;
  if (!installedMatchesLock()) {
    await step('Installing the dependencies with npm ci', '15 s to 2 min', install);
  }
  writeFileSync(STAMP_FILE, lockDigest());
}

async function install() {
  const [npm, ...before] = npmCommand();
  const result = await runCommand(npm, [...before, ...INSTALL_ARGUMENTS], { cwd: inProject() });
  if (result.status === 0) return;
  throw new SetupError('The dependencies could not be installed.', {
    command: `npm ${INSTALL_ARGUMENTS.join(' ')}`,
    output: result.output,
  });
}

function isStampValid() {
  return existsSync(STAMP_FILE) && readFileSync(STAMP_FILE, 'utf8') === lockDigest();
}

/** Covers both lock files, so that a later `npm install` of something else is noticed. */
function lockDigest() {
  const hash = createHash('sha256').update(readFileSync(LOCK_FILE));
  if (existsSync(INSTALLED_LOCK_FILE)) hash.update(readFileSync(INSTALLED_LOCK_FILE));
  return hash.digest('hex');
}

/** True after an ordinary `npm ci`: nothing missing but optional packages of other platforms, nothing extra. */
function installedMatchesLock() {
  const wanted = readJsonIfThere(LOCK_FILE)?.packages;
  const installed = readJsonIfThere(INSTALLED_LOCK_FILE)?.packages;
  if (!wanted || !installed) return false;
  if (Object.keys(installed).some((place) => !wanted[place])) return false;
  return Object.entries(wanted).every(([place, entry]) => {
    if (place === '') return true;
    const there = installed[place];
    if (!there) return entry.optional === true || entry.devOptional === true || entry.peer === true;
    return there.version === entry.version && there.integrity === entry.integrity;
  });
}
