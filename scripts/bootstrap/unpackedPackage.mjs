/** A Debian package that is only unpacked: its service is not installed, and nothing of the machine changes. */

import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { SetupError } from './report.mjs';
import { findProgram, runCommand } from './runCommand.mjs';
import { rootPrefix } from './systemPackages.mjs';

const DOWNLOAD_LIMIT_MS = 2 * 60 * 1000;

/** Whether this machine can do it. */
export const canUnpackPackages = () => ['apt-get', 'dpkg-deb'].every((program) => findProgram(program));

/**
 * @param {string} name of the package
 * @param {string} label as people call what is in it
 * @param {string} folder where it is downloaded to
 * @returns {Promise<string>} the folder with its files
 */
export async function unpackPackage(name, label, folder) {
  await download(name, label, folder);
  const archive = readdirSync(folder).find((file) => file.endsWith('.deb')) ?? '';
  const unpacked = path.join(folder, 'unpacked');
  const result = await runCommand('dpkg-deb', ['--extract', path.join(folder, archive), unpacked]);
  if (result.status !== 0) {
    throw new SetupError(`The package of ${label} could not be unpacked.`, { output: result.output });
  }
  rmSync(path.join(folder, archive));
  return unpacked;
}

/**
 * With the lists of packages as they are; if those are too old, as root with new ones.
 * @param {string} name
 * @param {string} label
 * @param {string} folder
 */
async function download(name, label, folder) {
  const tryNow = () =>
    runCommand('apt-get', ['-q', 'download', name], { cwd: folder, timeoutMs: DOWNLOAD_LIMIT_MS });
  let result = await tryNow();
  const asRoot = result.status === 0 ? undefined : rootPrefix();
  if (asRoot) {
    const [command, ...args] = [...asRoot, 'apt-get', '-q', 'update'];
    await runCommand(command, args, { timeoutMs: DOWNLOAD_LIMIT_MS });
    result = await tryNow();
  }
  if (result.status === 0) return;
  throw new SetupError(`The package of ${label} could not be downloaded.`, {
    command: `sudo apt-get update && apt-get download ${name}`,
    output: result.output,
  });
}
