/** Opens the application on root's display as the unprivileged user, whose data stays between starts. */

import { randomBytes } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { SetupError, say } from '../bootstrap/report.mjs';
import { findProgram, succeeds } from '../bootstrap/runCommand.mjs';
import { withDesktopServices } from './desktopServices.mjs';
import { endLeftovers, newSessionMark } from './leftovers.mjs';
import { runSessionCommand } from './sessionCommand.mjs';
import { sessionEnvironment } from './sessionEnvironment.mjs';
import { createSessionFolders } from './sessionFolders.mjs';
import { asSessionUser, giveToSessionUser } from './sessionUser.mjs';
import { makePlacesVisible } from './visiblePlaces.mjs';

const DATA_FOLDER = '/var/lib/mooring-dev';

/**
 * @param {import('../bootstrap/electronRuntime.mjs').ElectronRuntime} electron
 * @param {string[]} args
 * @returns {Promise<number>} exit code
 */
export async function openForRoot(electron, args) {
  if (!process.env.DISPLAY) {
    throw new SetupError(
      'Root cannot share a Wayland display with the unprivileged user that Electron needs.',
      {
        command: 'npm start, as an ordinary user',
      },
    );
  }
  const home = persistentHome();
  say(
    `Electron's sandbox refuses root, so the application runs as an unprivileged user; its data is in ${home}`,
  );
  const folders = createSessionFolders();
  const mark = newSessionMark();
  try {
    const places = makePlacesVisible(folders.base, electron.distPath);
    const own = { HOME: home, TMPDIR: folders.env.TMPDIR, XDG_RUNTIME_DIR: folders.env.XDG_RUNTIME_DIR };
    const env = { ...sessionEnvironment({ ...own, ...mark }, places), ...displayAccess(folders.base) };
    const executable = path.join(
      places.electronDist,
      path.relative(electron.distPath, electron.executablePath),
    );
    const words = withDesktopServices(folders, [executable, places.root, ...args]);
    const command = [...places.entry, ...asSessionUser, ...words];
    const input = keyringPassword();
    return (await runSessionCommand(command, { cwd: '/', env, keepOutput: false, mark, input })).status;
  } finally {
    await endLeftovers(mark);
    folders.remove();
  }
}

/** Only its owner can look into it. */
function persistentHome() {
  const home = path.join(DATA_FOLDER, 'home');
  if (existsSync(home)) return home;
  mkdirSync(home, { recursive: true, mode: 0o755 });
  chmodSync(home, 0o700);
  giveToSessionUser(home);
  return home;
}

/**
 * Root's own keyring talks to root alone, so the unprivileged user has one; its password is made once, and only
 * root can read it.
 */
function keyringPassword() {
  const file = path.join(DATA_FOLDER, 'keyring-password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}

/**
 * A copy of the key to the display, or, when there is no key file, an entry in the server's list.
 * @param {string} folder
 */
function displayAccess(folder) {
  const display = { DISPLAY: process.env.DISPLAY };
  const keyFile = process.env.XAUTHORITY ?? path.join(homedir(), '.Xauthority');
  if (!existsSync(keyFile)) {
    if (!findProgram('xhost') || !succeeds('xhost', ['+si:localuser:nobody'])) {
      say(
        'If no window opens, the display refuses the unprivileged user: allow it with xhost +si:localuser:nobody',
      );
    }
    return display;
  }
  const copy = path.join(folder, 'xauthority');
  copyFileSync(keyFile, copy);
  chmodSync(copy, 0o600);
  giveToSessionUser(copy);
  return { ...display, XAUTHORITY: copy };
}
