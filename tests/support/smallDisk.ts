import { spawnSync } from 'node:child_process';
import { temporaryFolder } from './testStore.ts';

const asRoot = ['--user', '--map-root-user', '--mount'];
/** Servers refuse to run as root. */
const asNobody = ['unshare', '--user', '--map-user=65534', '--map-group=65534'];

/**
 * Put before a command, lets it have a disk of its own in memory: in a name space in which an ordinary user may mount one.
 * Others reach what is on it below `/proc/<pid>/root`.
 */
export const onDisk = (folder: string, megabytes: number): string[] => [
  ...['unshare', ...asRoot, 'sh', '-c'],
  `mount -t tmpfs -o size=${megabytes}m tmpfs "$0" && exec "$@"`,
  ...[folder, ...asNobody],
];

function withSmallDisk(folder: string, command: readonly string[]) {
  const [program = '', ...args] = [...onDisk(folder, 1), ...command];
  return spawnSync(program, args, { encoding: 'utf8' });
}

const register = new URL('./typeScript/register.mjs', import.meta.url).href;

/** Not every system lets its users do that. */
export const canMount = process.platform === 'linux' && withSmallDisk('/mnt', ['true']).status === 0;

/** Runs a module of TypeScript, which is given the folder of a disk of 1 MB. */
export function runOnSmallDisk(module: string) {
  const folder = temporaryFolder();
  return withSmallDisk(folder, [process.execPath, '--import', register, module, folder]);
}
