/**
 * For tests only: the server of OpenSSH in the per-user cache. Its Debian package also installs a service that listens on
 * every address, so it is only unpacked. The libraries that it needs come with the system packages.
 */

import { existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { inCache, publishFolder } from './cacheFolder.mjs';
import { SetupError, step } from './report.mjs';
import { findProgram } from './runCommand.mjs';
import { canUnpackPackages, unpackPackage } from './unpackedPackage.mjs';

const PROGRAM = 'sshd';
/** The number is raised whenever what we make of the package changes. */
const FOLDER = 'openssh-debian-r1';

/**
 * @typedef {object} SshInstallation
 * @property {string | undefined} folder holds the program; undefined when it is the machine's own
 * @property {string} server
 */

/** @returns {SshInstallation | undefined} in MOORING_SSH_FOLDER, which a session sets, the cache, or the PATH */
export function installedSshServer() {
  const folder = process.env.MOORING_SSH_FOLDER || inCache(FOLDER);
  const server = path.join(folder, PROGRAM);
  if (existsSync(server)) return { folder, server };
  const own = findProgram(PROGRAM);
  return own ? { folder: undefined, server: own } : undefined;
}

/** Fetches it where it is not there. */
export async function ensureSshServer() {
  if (installedSshServer()) return;
  if (!canUnpackPackages()) {
    throw new SetupError('A run of the tests needs the program sshd.', {
      command: 'install the server of OpenSSH with your package manager',
    });
  }
  await step('Fetching the server of OpenSSH for the tests', '1 MB; about 3 s', () =>
    publishFolder(FOLDER, async (folder) => {
      const unpacked = await unpackPackage('openssh-server', 'OpenSSH', folder);
      renameSync(path.join(unpacked, 'usr', 'sbin', PROGRAM), path.join(folder, PROGRAM));
      rmSync(unpacked, { recursive: true, force: true });
    }),
  );
}
