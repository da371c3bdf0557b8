import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { canMount, runOnSmallDisk } from '../../support/smallDisk.ts';

const filling = fileURLToPath(new URL('./fillingProcess.ts', import.meta.url));

/** damagedFiles.test.ts has the same error by a limit of SQLite's. */
describe.runIf(canMount)('a disk that is really full', () => {
  it('is told, loses nothing that was acknowledged, spoils no backup, and is forgotten when there is room', () => {
    const { stdout, stderr } = runOnSmallDisk(filling);
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
