import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/testStore.ts';

/** Runs a command in a name space of its own, in which an ordinary user may mount a small disk in memory. */
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

const register = new URL('../../support/typeScript/register.mjs', import.meta.url).href;
const filling = fileURLToPath(new URL('./fillingProcess.ts', import.meta.url));

/** Not every system lets its users do that; damagedFiles.test.ts has the same error by a limit of SQLite's. */
const canMount = process.platform === 'linux' && withSmallDisk('/mnt', ['true']).status === 0;

describe.runIf(canMount)('a disk that is really full', () => {
  it('is told, loses nothing that was acknowledged, spoils no backup, and is forgotten when there is room', () => {
    const folder = temporaryFolder();
    const { stdout, stderr } = withSmallDisk(folder, [
      process.execPath,
      '--import',
      register,
      filling,
      folder,
    ]);
    expect(stderr).toBe('');
    const { savedCount, ...report } = JSON.parse(stdout);
    expect(report).toEqual({
      refusal: 'DISK_FULL',
      readableWhileFull: true,
      backup: 'DISK_FULL',
      listedWhileFull: 0,
      readableAfterReopening: true,
      goesOn: true,
    });
    expect(savedCount).toBeGreaterThan(10);
  }, 60_000);
});
