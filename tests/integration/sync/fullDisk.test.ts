import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { canMount, runOnSmallDisk } from '../../support/smallDisk.ts';

const filling = fileURLToPath(new URL('./fillingFile.ts', import.meta.url));

describe.runIf(canMount)('a disk that is full before all rows are written', () => {
  it('is told as such, can be tried again, and has the old file and no rest of the new one', () => {
    const { stdout, stderr } = runOnSmallDisk(filling);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({
      failure: { code: 'DISK_FULL', retryable: true },
      left: ['copy.csv'],
    });
  }, 60_000);
});
