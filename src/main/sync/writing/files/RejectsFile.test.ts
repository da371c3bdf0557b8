import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../../tests/support/testStore.ts';
import { openRejects } from './RejectsFile.ts';

const name = 'rejects.ndjson';
const row = (cell: string) => ({ cells: [cell], reason: 'No.' });

/** Rejected rows of an attempt: some are kept, and `lost` is put before the attempt is killed. */
async function attempt(folder: string, count: number, kept: readonly string[], lost: readonly string[] = []) {
  const rejects = openRejects({ folder, name });
  await rejects.begin(count);
  for (const cell of kept) {
    await rejects.put([row(cell)]);
    rejects.keep();
  }
  if (lost.length > 0) await rejects.put(lost.map(row));
  await rejects.close();
  return rejects.fileName;
}

const cellsIn = (folder: string): unknown[] =>
  readFileSync(join(folder, name), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line).cells[0]);

describe('the file of rejected rows', () => {
  it('comes into being with its first row, for its owner only', async () => {
    const folder = temporaryFolder();
    const rejects = openRejects({ folder, name });
    await rejects.begin(0);
    await rejects.put([]);
    rejects.keep();
    expect([rejects.fileName, readdirSync(folder)]).toEqual([null, []]);
    await rejects.put([{ cells: ['1', null, 'a"b\n'], reason: 'Too long.' }]);
    rejects.keep();
    expect(rejects.fileName).toBe(name);
    await rejects.close();
    const path = join(folder, name);
    expect(readFileSync(path, 'utf8')).toBe('{"reason":"Too long.","cells":["1",null,"a\\"b\\n"]}\n');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('goes on behind the rows that an earlier attempt has kept, and forgets those that it has not', async () => {
    const folder = temporaryFolder();
    await attempt(folder, 0, ['1', '2', '3'], ['4', '5']);
    // The third row was put, but its batch was rolled back.
    expect(await attempt(folder, 2, ['3 again'])).toBe(name);
    expect(cellsIn(folder)).toEqual(['1', '2', '3 again']);
  });

  it('names the file of an attempt that has refused nothing more', async () => {
    const folder = temporaryFolder();
    await attempt(folder, 0, ['1']);
    expect(await attempt(folder, 1, [])).toBe(name);
    expect(cellsIn(folder)).toEqual(['1']);
  });

  it('has nothing of an attempt that nothing was kept of', async () => {
    const folder = temporaryFolder();
    await attempt(folder, 0, [], ['1']);
    expect(await attempt(folder, 0, [])).toBeNull();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('has the rows of a batch once that was written twice', async () => {
    const folder = temporaryFolder();
    const rejects = openRejects({ folder, name });
    await rejects.begin(0);
    await rejects.put([row('1'), row('2')]);
    await rejects.put([row('2')]);
    rejects.keep();
    await rejects.close();
    expect(cellsIn(folder)).toEqual(['2']);
  });
});
