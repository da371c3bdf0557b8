import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { canMount, runOnSmallDisk } from '../../support/smallDisk.ts';

const filling = fileURLToPath(new URL('./fillingResult.ts', import.meta.url));

describe.runIf(canMount)('a disk that is really full', () => {
  it('is told, leaves the rows so far to be read, and no part of a file (W33c)', () => {
    const { stdout, stderr } = runOnSmallDisk(filling);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({
      filled: 'DISK_FULL',
      isStreamClosed: true,
      isLastRowThere: true,
      sorted: 'DISK_FULL',
      isStillThere: true,
      saved: 'DISK_FULL',
      left: [],
    });
  }, 60_000);
});
