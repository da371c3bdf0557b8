import { spawnSync } from 'node:child_process';
import { temporaryFolder } from './testStore.ts';

/** Runs a command in a name space of its own, in which an ordinary user may mount a disk of 1 MB in memory. */
const withSmallDisk = (folder: string, command: readonly string[]) =>
  spawnSync(
    'unshare',
    [
      ...['--user', '--map-root-user', '--mount', 'sh', '-c'],
      'mount -t tmpfs -o size=1m tmpfs "$0" && exec "$@"',
      folder,
      ...command,
    ],
    { encoding: 'utf8' },
  );

const register = new URL('./typeScript/register.mjs', import.meta.url).href;

/** Not every system lets its users do that. */
export const canMount = process.platform === 'linux' && withSmallDisk('/mnt', ['true']).status === 0;

/** Runs a module of TypeScript, which is given the folder of a disk of 1 MB. */
export function runOnSmallDisk(module: string) {
  const folder = temporaryFolder();
  return withSmallDisk(folder, [process.execPath, '--import', register, module, folder]);
}
