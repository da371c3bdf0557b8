import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { encodedRows } from '../../../../tests/support/encodedRows.ts';
import { temporaryFolder } from '../../../../tests/support/testStore.ts';
import { FileHandles } from './FileHandles.ts';
import { Spool } from './Spool.ts';
import { WindowReader } from './WindowReader.ts';

/** A spool of one column, whose file of this ending is on a disk that is full: Linux has a device for it. */
function spoolOnFullDisk(ending: string) {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'run'));
  symlinkSync('/dev/full', join(folder, 'run', `spool.${ending}`));
  const spool = new Spool(join(folder, 'run', 'spool'), 1, new FileHandles(8));
  onTestFinished(() => spool.remove());
  const row = async (at: number) => (await new WindowReader(spool, { from: 0, to: 1 }, 1).read([at]))[0];
  return { spool, row, files: () => readdirSync(join(folder, 'run')) };
}

const batch = (number: number) =>
  encodedRows(Array.from({ length: 2_000 }, (_, row) => [`${number * 2_000 + row} ${'x'.repeat(100)}`]));

describe.skipIf(process.platform !== 'linux')('Spool on a full disk', () => {
  it.each(['rows', 'index'])('says so, and still gives every row that it took (%s)', async (ending) => {
    const { spool, row, files } = spoolOnFullDisk(ending);
    const fill = async () => {
      for (let number = 0; number < 500; number += 1) await spool.append(batch(number));
    };
    await expect(fill()).rejects.toMatchObject({ code: 'DISK_FULL', driverCode: 'ENOSPC' });
    await expect(spool.append(batch(0))).rejects.toMatchObject({ code: 'DISK_FULL' });
    await expect(spool.flush()).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect(spool.rowCount).toBeGreaterThan(0);
    for (const at of [0, 1_234, spool.rowCount - 1]) {
      expect(await row(at)).toEqual([`${at} ${'x'.repeat(100)}`]);
    }
    await spool.remove();
    expect(files()).toEqual([]);
  });
});
