/** How the stages that only read the sources run their programs. */

import { inProject } from '../bootstrap/project.mjs';
import { findProgram, runCommand } from '../bootstrap/runCommand.mjs';

/** The stages in the session run beside these, with servers and windows that somebody waits for: those go first. */
const NICENESS = '10';

/**
 * @param {string[]} args a script and its arguments
 * @param {{ timeoutMs: number, signal: AbortSignal }} options
 * @returns {Promise<import('../bootstrap/runCommand.mjs').CommandResult>}
 */
export function runOnSources(args, { timeoutMs, signal }) {
  const nice = findProgram('nice');
  const words = [process.execPath, ...args];
  const [command, ...rest] = nice ? [nice, '-n', NICENESS, ...words] : words;
  return runCommand(command, rest, { cwd: inProject(), timeoutMs, signal });
}
