import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UnfinishedFile } from './UnfinishedFile.ts';

const megabyte = 1024 * 1024;

describe('a file that is written aside', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mooring-file-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is whole when it takes the place of another one, also when parts of it go to the disk before', async () => {
    const path = join(folder, 'rows.csv');
    writeFileSync(path, 'old');
    const bytes = Buffer.alloc(40 * megabyte, 'abcdefg\n');
    const file = await UnfinishedFile.create(path);
    for (let at = 0; at < bytes.length; at += megabyte) await file.write(bytes.subarray(at, at + megabyte));
    expect(readFileSync(path, 'utf8')).toBe('old');
    await file.finish();
    expect(readFileSync(path).equals(bytes)).toBe(true);
    expect(readdirSync(folder)).toEqual(['rows.csv']);
  });

  it('leaves nothing behind when it is abandoned while a part of it goes to the disk', async () => {
    const file = await UnfinishedFile.create(join(folder, 'rows.csv'));
    await file.write(Buffer.alloc(17 * megabyte));
    await file.abandon();
    expect(readdirSync(folder)).toEqual([]);
  });
});
