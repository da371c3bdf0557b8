/** Step 1: the Node that runs us is young enough. */

import { SetupError } from './report.mjs';

const OLDEST = [20, 19];

/**
 * @param {string} version "20.19.0"
 * @param {number[]} oldest
 */
export function isAtLeast(version, oldest) {
  const parts = version.split('.').map(Number);
  for (const [index, wanted] of oldest.entries()) {
    const part = parts[index] ?? 0;
    if (part !== wanted) return part > wanted;
  }
  return true;
}

export function checkNodeVersion() {
  if (isAtLeast(process.versions.node, OLDEST)) return;
  throw new SetupError(`Mooring needs Node ${OLDEST.join('.')} or later; this is ${process.versions.node}.`, {
    command: 'nvm install (the version is in .nvmrc), then run the command again',
  });
}
