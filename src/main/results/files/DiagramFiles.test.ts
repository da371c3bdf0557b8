import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/FakeClock.ts';
import { neverAborted } from '../../base/abort.ts';
import { DiagramFiles } from './DiagramFiles.ts';

const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="1"><text x="1">orders</text></svg>';

let folder: string;
const suggested: string[] = [];

const filesFor = (fileName: string | null): DiagramFiles =>
  new DiagramFiles({
    clock: new FakeClock(),
    dialogs: {
      chooseTarget: async (name, extension) => {
        suggested.push(`${name}.${extension}`);
        return fileName === null ? null : join(folder, fileName);
      },
    },
  });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mooring-diagrams-'));
  suggested.length = 0;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('DiagramFiles', () => {
  it('writes a diagram as it is, under a name without folders', async () => {
    expect(await filesFor('a.svg').save('../shop diagram', svg, neverAborted)).toBe('a.svg');
    expect(readFileSync(join(folder, 'a.svg'), 'utf8')).toBe(svg);
    expect(suggested).toEqual(['_shop diagram.svg']);
  });

  it('writes nothing when the person names no file', async () => {
    expect(await filesFor(null).save('shop', svg, neverAborted)).toBeNull();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('refuses anything but shapes and text before it asks for a name', async () => {
    const script = svg.replace('<text x="1">orders</text>', '<script>alert(1)</script>');
    await expect(filesFor('b.svg').save('b', script, neverAborted)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    expect(suggested).toEqual([]);
  });
});
