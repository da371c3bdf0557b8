import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../tests/support/testStore.ts';
import { shownFileName } from '../base/files/fileErrors.ts';
import { readUserFile, writeUserFile } from './userFile.ts';

const maxBytes = 1024 * 1024;

describe('readUserFile', () => {
  it('reads a file of exactly the largest size', async () => {
    const path = join(temporaryFolder(), 'some.mooring');
    writeFileSync(path, Buffer.alloc(maxBytes, 'x'));
    expect((await readUserFile(path, maxBytes)).equals(readFileSync(path))).toBe(true);
  });

  it('refuses a larger one', async () => {
    const path = join(temporaryFolder(), 'some.mooring');
    writeFileSync(path, Buffer.alloc(maxBytes + 1));
    await expect(readUserFile(path, maxBytes)).rejects.toMatchObject({
      code: 'IMPORT_INVALID',
      detail: 'The file is larger than 1 MB.',
    });
  });

  it('follows a link that a person chose', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'real'), 'content');
    symlinkSync(join(folder, 'real'), join(folder, 'link'));
    expect(String(await readUserFile(join(folder, 'link'), maxBytes))).toBe('content');
  });

  it('waits for no pipe, reads no device without end, and says that a folder is no file', async () => {
    const folder = temporaryFolder();
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    for (const path of [join(folder, 'pipe'), '/dev/zero', folder]) {
      await expect(readUserFile(path, maxBytes)).rejects.toMatchObject({
        code: 'FILE_FAILED',
        message: 'This is not a file',
      });
    }
  });

  it('tells what is wrong with a path, by its name alone', async () => {
    const folder = temporaryFolder();
    for (const path of [join(folder, 'gone.mooring'), join(folder, 'a\0b'), join(folder, 'x'.repeat(300))]) {
      const error: unknown = await readUserFile(path, maxBytes).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'FILE_FAILED', message: 'The file could not be read' });
      expect(JSON.stringify(error)).not.toContain(folder);
    }
  });
});

describe('writeUserFile', () => {
  it('writes a file that only its owner can read, also in place of one that all can read', async () => {
    const path = join(temporaryFolder(), 'some.mooring');
    writeFileSync(path, 'before', { mode: 0o644 });
    await writeUserFile(path, Buffer.from('after'));
    expect(readFileSync(path, 'utf8')).toBe('after');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('writes where a link leads, and leaves the link one', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'real'), 'before');
    symlinkSync(join(folder, 'real'), join(folder, 'link'));
    await writeUserFile(join(folder, 'link'), Buffer.from('after'));
    expect(readFileSync(join(folder, 'real'), 'utf8')).toBe('after');
    expect((await lstat(join(folder, 'link'))).isSymbolicLink()).toBe(true);
  });

  it('replaces no device, pipe or folder, and leaves nothing beside it', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'folder'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    for (const name of ['folder', 'pipe']) {
      await expect(writeUserFile(join(folder, name), Buffer.from('x'))).rejects.toMatchObject({
        code: 'FILE_FAILED',
        message: 'This is not a file',
      });
    }
    expect(readdirSync(folder).sort()).toEqual(['folder', 'pipe']);
  });

  it('says that the folder is gone', async () => {
    const path = join(temporaryFolder(), 'no such folder', 'some.mooring');
    await expect(writeUserFile(path, Buffer.from('x'))).rejects.toMatchObject({
      code: 'FILE_FAILED',
      driverCode: 'ENOENT',
    });
  });
});

describe('shownFileName', () => {
  it('shows the name without folders and without what could make it look like another', () => {
    expect(shownFileName('/home/ann/back\u202eup\n.mooring')).toBe('backup .mooring');
  });
});
