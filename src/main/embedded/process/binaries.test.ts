import { mkdir, mkdtemp, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ensureLibraryLinks, locateBinaries, outsideArchive } from './binaries.ts';

/** A package whose one library lacks the name that the programs load. */
async function unlinkedPackage(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'mooring-links-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(path.join(folder, 'native/lib'), { recursive: true });
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
  await writeFile(path.join(folder, 'native/pg-symlinks.json'), JSON.stringify(links));
  await writeFile(path.join(folder, 'native/lib/libpq.so.5.18'), '');
  return folder;
}

describe('the programs of the server', () => {
  it('are said to be unavailable, with words, on a computer that has none', async () => {
    await expect(locateBinaries(process.cwd(), { platform: 'aix', arch: 'ppc' })).rejects.toMatchObject({
      failure: { kind: 'unavailable', why: expect.stringContaining('aix') },
    });
  });

  it('are looked for beside the archive of a packaged app, on any platform', () => {
    expect(outsideArchive('/opt/Mooring/resources/app.asar/node_modules/x')).toBe(
      '/opt/Mooring/resources/app.asar.unpacked/node_modules/x',
    );
    expect(outsideArchive('C:\\Mooring\\resources\\app.asar\\node_modules\\x')).toBe(
      'C:\\Mooring\\resources\\app.asar.unpacked\\node_modules\\x',
    );
    expect(outsideArchive('/home/app.asar.d/node_modules/x')).toBe('/home/app.asar.d/node_modules/x');
  });

  it('get the library names that an installation without install scripts lacks', async () => {
    const folder = await unlinkedPackage();
    await ensureLibraryLinks(folder);
    await ensureLibraryLinks(folder);
    expect(await readlink(path.join(folder, 'native/lib/libpq.so.5'))).toBe('libpq.so.5.18');
  });

  it('are said to be unavailable when those names cannot be made', async () => {
    const folder = await unlinkedPackage();
    await rm(path.join(folder, 'native/lib'), { recursive: true });
    await writeFile(path.join(folder, 'native/lib'), 'not a folder');
    await expect(ensureLibraryLinks(folder)).rejects.toMatchObject({ failure: { kind: 'unavailable' } });
  });
});
