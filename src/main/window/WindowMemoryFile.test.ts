import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../observability/Logger.ts';
import { WindowMemoryFile } from './WindowMemoryFile.ts';
import type { WindowMemory } from './windowMemory.ts';

const memory: WindowMemory = { x: 1, y: 2, width: 1_000, height: 700, isMaximized: true, theme: 'dark' };
let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mooring-window-'));
  path = join(folder, 'window.json');
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('WindowMemoryFile', () => {
  it('reads what was written, from a file that is for its owner only', () => {
    const file = new WindowMemoryFile(path, silentLogger);
    file.write(memory);
    expect(file.read()).toEqual(memory);
    expect(statSync(path).mode & 0o077).toBe(0);
    expect(readdirSync(folder)).toEqual(['window.json']);
  });

  it.each([
    ['no JSON', '{"x": 1'],
    ['another shape', '[]'],
  ])('remembers nothing from a file that holds %s', (_what, text) => {
    writeFileSync(path, text);
    expect(new WindowMemoryFile(path, silentLogger).read()).toBeNull();
  });

  it('lets the window open and close when nothing can be read or written', () => {
    const file = new WindowMemoryFile(join(folder, 'missing', 'window.json'), silentLogger);
    expect(file.read()).toBeNull();
    expect(() => file.write(memory)).not.toThrow();
  });
});
