import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../../tests/support/testStore.ts';
import { openRejects } from './RejectsFile.ts';

describe('the file of rejected rows', () => {
  it('comes into being with its first row, for its owner only, and keeps the rows of earlier attempts', async () => {
    const folder = temporaryFolder();
    const first = openRejects({ folder, name: 'rejects.ndjson' });
    await first.add([]);
    expect([first.fileName, readdirSync(folder)]).toEqual([null, []]);
    await first.add([{ cells: ['1', null, 'a"b\n'], reason: 'Too long.' }]);
    expect(first.fileName).toBe('rejects.ndjson');
    await first.close();
    const second = openRejects({ folder, name: 'rejects.ndjson' });
    await second.add([{ cells: ['2'], reason: 'Too short.' }]);
    await second.close();
    const path = join(folder, 'rejects.ndjson');
    expect(readFileSync(path, 'utf8')).toBe(
      '{"reason":"Too long.","cells":["1",null,"a\\"b\\n"]}\n{"reason":"Too short.","cells":["2"]}\n',
    );
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});
