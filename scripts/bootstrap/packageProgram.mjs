/** The script behind a command of an installed package, to be run by this Node (no shell, no .cmd files). */

import { inProject, readJsonIfThere } from './project.mjs';
import { SetupError } from './report.mjs';

/**
 * @param {string} packageName
 * @param {string} [program] default: the last part of the package's name
 */
export function packageProgram(packageName, program = packageName.split('/').at(-1) ?? packageName) {
  const folder = ['node_modules', ...packageName.split('/')];
  const bin = readJsonIfThere(inProject(...folder, 'package.json'))?.bin;
  const script = typeof bin === 'string' ? bin : bin?.[program];
  if (!script) throw new SetupError(`${packageName} is not installed.`, { command: 'npm ci' });
  return inProject(...folder, script);
}
