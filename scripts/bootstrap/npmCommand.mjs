/** How to call npm: the one that runs us, else the one beside this Node, else the one on the PATH. */

import { existsSync } from 'node:fs';
import path from 'node:path';

/** @returns {[command: string, ...args: string[]]} */
export function npmCommand() {
  const folder = npmFolder();
  if (folder) return [process.execPath, path.join(folder, 'bin', 'npm-cli.js')];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
}

/** @returns {string | undefined} the folder of npm's own package */
export function npmFolder() {
  const running = process.env.npm_execpath;
  const nodeFolder = path.dirname(process.execPath);
  const candidates = [
    ...(running && path.basename(running) === 'npm-cli.js' ? [path.resolve(running, '..', '..')] : []),
    path.join(nodeFolder, '..', 'lib', 'node_modules', 'npm'),
    path.join(nodeFolder, 'node_modules', 'npm'),
  ];
  return candidates.find((folder) => existsSync(path.join(folder, 'bin', 'npm-cli.js')));
}
