/** Builds the application into out/ when anything it is made of has changed since the last build. */

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { packageProgram } from './packageProgram.mjs';
import { inProject } from './project.mjs';
import { SetupError, step } from './report.mjs';
import { runCommand } from './runCommand.mjs';

const INGREDIENTS = [
  'src',
  'resources',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
  'tsconfig.json',
  'tsconfig.node.json',
  'tsconfig.preload.json',
  'tsconfig.web.json',
];
const STAMP_FILE = inProject('out', '.built-from');

export async function ensureBuild() {
  const digest = ingredientsDigest();
  if (existsSync(STAMP_FILE) && readFileSync(STAMP_FILE, 'utf8') === digest) return;
  await step('Building the application', 'about 10 s', async () => {
    rmSync(STAMP_FILE, { force: true });
    const result = await runCommand(process.execPath, [packageProgram('electron-vite'), 'build'], {
      cwd: inProject(),
    });
    if (result.status === 0) return;
    throw new SetupError('The application could not be built.', {
      command: 'npm run build',
      output: result.output,
    });
  });
  writeFileSync(STAMP_FILE, digest);
}

/** Changes with the name, size or time of any file the build reads (tests beside the sources left out). */
function ingredientsDigest() {
  const hash = createHash('sha256');
  for (const ingredient of INGREDIENTS) addTo(hash, inProject(ingredient));
  return hash.digest('hex');
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} place
 */
function addTo(hash, place) {
  const kind = statSync(place, { throwIfNoEntry: false });
  if (!kind || /\.test\.tsx?$/.test(place)) return;
  if (kind.isDirectory()) for (const name of readdirSync(place).sort()) addTo(hash, path.join(place, name));
  else hash.update(`${path.relative(inProject(), place)} ${kind.size} ${kind.mtimeMs}\n`);
}
