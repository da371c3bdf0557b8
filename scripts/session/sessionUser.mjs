/** Who runs the app: ourselves, or, when we are root, the unprivileged user (Chromium's sandbox refuses root). */

import { lchownSync, lstatSync } from 'node:fs';
import { succeeds } from '../bootstrap/runCommand.mjs';

/** "nobody", by number: the name of its group differs between distributions. */
const UNPRIVILEGED_ID = 65534;

export const isRoot = process.getuid?.() === 0;

/** Put before a command to run it as the session's user; it also ends when we are killed. Linux only. */
export const asSessionUser = [
  'setpriv',
  '--pdeathsig=TERM',
  ...(isRoot ? [`--reuid=${UNPRIVILEGED_ID}`, `--regid=${UNPRIVILEGED_ID}`, '--clear-groups'] : []),
];

/**
 * @param {string} place
 * @returns {boolean} whether the session's user can read it (and enter it, when it is a folder)
 */
export function canReach(place) {
  const [command, ...args] = asSessionUser;
  const folder = lstatSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false;
  return succeeds(command, [...args, 'test', '-r', place, ...(folder ? ['-a', '-x', place] : [])]);
}

/** Makes the session's user the owner of one new file or folder. @param {string} place */
export function giveToSessionUser(place) {
  if (isRoot) lchownSync(place, UNPRIVILEGED_ID, UNPRIVILEGED_ID);
}
