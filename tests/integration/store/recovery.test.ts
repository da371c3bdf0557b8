import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AppError, isAppError } from '../../../src/main/base/AppError.ts';
import { silentLogger } from '../../../src/main/observability/Logger.ts';
import { replaceStore } from '../../../src/main/store/replaceStore.ts';
import { StoreBackups } from '../../../src/main/store/StoreBackups.ts';
import { canReplace } from '../../../src/main/store/storeErrors.ts';
import { errorCodes } from '../../../src/shared/errors/errorCodes.ts';
import { flatFieldsOf, someDataSource } from '../../support/dataSources.ts';
import { dataSourcesIn } from '../../support/dataSourcesIn.ts';
import { FakeClock } from '../../support/FakeClock.ts';
import { openTestStore, temporaryFolder } from '../../support/testStore.ts';
import { ended, spawnTypeScript } from '../../support/typeScript/spawnTypeScript.ts';

const wallMs = Date.UTC(2026, 0, 2);
const movedTo = join('damaged', '2026-01-02T00-00-00-000Z');

/** A folder with a backup of one data source, and a store that has a second one in its log only, as after a crash. */
async function crashedFolder(): Promise<{ folder: string; backup: string }> {
  const live = temporaryFolder();
  const clock = new FakeClock();
  const before = openTestStore({ folder: live, clock });
  dataSourcesIn(before).put(someDataSource({ name: 'one' }), {});
  const backups = new StoreBackups({ database: before, folder: live, clock, logger: silentLogger });
  const { name } = await backups.backUp();
  before.close();
  dataSourcesIn(openTestStore({ folder: live, clock })).put(someDataSource({ name: 'two' }), {});
  const folder = join(temporaryFolder(), 'data');
  cpSync(live, folder, { recursive: true });
  return { folder, backup: name };
}

/** The same with the store itself cut to half. */
async function damagedFolder(): Promise<{ folder: string; backup: string }> {
  const crashed = await crashedFolder();
  const file = join(crashed.folder, 'mooring.db');
  truncateSync(file, statSync(file).size / 2);
  return crashed;
}

/** The names in the list, or the code of the error with which the store does not open. */
function opening(folder: string): string[] | string {
  try {
    const database = openTestStore({ folder });
    const names = dataSourcesIn(database)
      .list()
      .map(({ name }) => name);
    database.close();
    return names;
  } catch (error) {
    if (!isAppError(error)) throw error;
    return error.code;
  }
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

const hashOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

/** Store and log, by content. */
const contentOf = (folder: string): string[] =>
  ['mooring.db', 'mooring.db-wal'].map((name) => hashOf(join(folder, name)));

describe('replacing a damaged store', () => {
  it('puts a backup in place and keeps all that was there, with its log', async () => {
    const { folder, backup } = await damagedFolder();
    const content = contentOf(folder);
    expect(opening(folder)).toBe('STORE_CORRUPT');
    // Nothing of the log was played into what is damaged.
    expect(contentOf(folder)).toEqual(content);
    expect(await replaceStore({ folder, wallMs, backup })).toBe(movedTo);
    expect(opening(folder)).toEqual(['one']);
    expect(contentOf(join(folder, movedTo))).toEqual(content);
    // The backup is still there too.
    expect(existsSync(join(folder, 'backups', backup))).toBe(true);
  });

  it('begins anew and keeps all that was there', async () => {
    const { folder } = await damagedFolder();
    const content = contentOf(folder);
    expect(await replaceStore({ folder, wallMs, backup: null })).toBe(movedTo);
    expect(opening(folder)).toEqual([]);
    expect(contentOf(join(folder, movedTo))).toEqual(content);
  });

  it('moves a store of no bytes aside too, and one that is gone needs no moving', async () => {
    const { folder, backup } = await damagedFolder();
    for (const name of ['mooring.db-wal', 'mooring.db-shm']) rmSync(join(folder, name));
    truncateSync(join(folder, 'mooring.db'), 0);
    expect(await replaceStore({ folder, wallMs, backup })).toBe(movedTo);
    expect(statSync(join(folder, movedTo, 'mooring.db')).size).toBe(0);
    rmSync(join(folder, 'mooring.db'));
    expect(opening(folder)).toBe('STORE_CORRUPT');
    expect(await replaceStore({ folder, wallMs, backup: null })).toBeNull();
    expect(opening(folder)).toEqual([]);
  });

  it('keeps what was moved aside before when it happens again in the same moment', async () => {
    const { folder, backup } = await damagedFolder();
    const first = await replaceStore({ folder, wallMs, backup });
    const second = await replaceStore({ folder, wallMs, backup });
    expect(second).not.toBe(first);
    expect(readdirSync(join(folder, 'damaged'))).toHaveLength(2);
  });

  it('restores a backup of the first format, which is brought up to date', async () => {
    const { folder } = await damagedFolder();
    const { allMigrations } = await import('../../../src/main/store/migrations/allMigrations.ts');
    const old = temporaryFolder();
    const database = openTestStore({ folder: old, migrations: allMigrations.slice(0, 1) });
    const dataSource = someDataSource({ name: 'old' });
    const { id, createdAt, updatedAt } = dataSource;
    database
      .prepare('INSERT INTO data_sources (id, fields, created_at, updated_at) VALUES (?, ?, ?, ?)')
      .run(id, JSON.stringify(flatFieldsOf(dataSource)), createdAt, updatedAt);
    database.close();
    const backup = 'mooring-2025-01-01T00-00-00-000Z-format-1.db';
    copyFileSync(join(old, 'mooring.db'), join(folder, 'backups', backup));
    await replaceStore({ folder, wallMs, backup });
    expect(opening(folder)).toEqual(['old']);
  });

  it.each([
    ['leads elsewhere', '../mooring.db', 'NOT_FOUND'],
    ['is an absolute path', '/etc/passwd', 'NOT_FOUND'],
    ['hides a path', 'mooring-2026-01-01T00-00-00-000Z-format-2.db/../../mooring.db', 'NOT_FOUND'],
    [
      'is a backup’s with something before it',
      'x\nmooring-2026-01-01T00-00-00-000Z-format-2.db',
      'NOT_FOUND',
    ],
    ['is of none', 'mooring-2001-01-01T00-00-00-000Z-format-2.db', 'NOT_FOUND'],
    ['is a link’s', 'mooring-2002-01-01T00-00-00-000Z-format-2.db', 'NOT_FOUND'],
    ['is a folder’s', 'mooring-2003-01-01T00-00-00-000Z-format-2.db', 'NOT_FOUND'],
    ['is that of a broken one', 'mooring-2004-01-01T00-00-00-000Z-format-2.db', 'STORE_FAILED'],
  ])('changes nothing when the backup’s name %s', async (_, name, code) => {
    const { folder, backup } = await damagedFolder();
    const path = (year: number): string =>
      join(folder, 'backups', `mooring-${year}-01-01T00-00-00-000Z-format-2.db`);
    symlinkSync(join(folder, 'backups', backup), path(2002));
    mkdirSync(path(2003));
    writeFileSync(path(2004), 'broken');
    const content = contentOf(folder);
    await expect(replaceStore({ folder, wallMs, backup: name })).rejects.toMatchObject({ code });
    expect(contentOf(folder)).toEqual(content);
    expect(existsSync(join(folder, 'damaged'))).toBe(false);
  });

  it.each([
    ['of a damaged one by a backup', damagedFolder, true, ['one']],
    // A healthy one, since it is the one that would open without its log, and miss what was in there.
    ['of a healthy one by nothing', crashedFolder, false, []],
  ])(
    '%s, killed at any step, loses nothing and can be done again',
    async (_, make, byBackup, replaced) => {
      const original = await make();
      // Without it a store that is not there looks like a first start.
      rmSync(join(original.folder, 'mooring.db.created'));
      const backup = byBackup ? original.backup : null;
      const content = contentOf(original.folder);
      const outcomes = new Set<string>();
      for (let step = 0, isKilled = true; isKilled; step += 1) {
        const folder = join(temporaryFolder(), 'data');
        cpSync(original.folder, folder, { recursive: true });
        const script = new URL('./killedReplacement.ts', import.meta.url);
        const { signal, code } = await ended(spawnTypeScript(script, [folder, backup ?? '', String(step)]));
        isKilled = signal === 'SIGKILL';
        if (!isKilled) expect(code).toBe(0);
        expect(filesIn(folder).map(hashOf)).toEqual(expect.arrayContaining(content));

        const outcome = opening(folder);
        outcomes.add(String(outcome));
        if (outcome !== 'STORE_CORRUPT') continue;
        await replaceStore({ folder, wallMs, backup });
        expect(opening(folder)).toEqual(replaced);
        expect(filesIn(folder).map(hashOf)).toEqual(expect.arrayContaining(content));
      }
      const old = byBackup ? [] : ['one,two'];
      expect(outcomes).toEqual(new Set(['STORE_CORRUPT', String(replaced), ...old]));
    },
    180_000,
  );
});

describe('whether a store may be replaced', () => {
  it('is said only of one that is damaged, not of one that cannot be had at the moment', () => {
    const replaceable = errorCodes.filter((code) => canReplace(new AppError(code, { title: code })));
    expect(replaceable).toEqual(['STORE_CORRUPT']);
    expect(canReplace(new Error('a fault of ours'))).toBe(false);
    expect(canReplace(null)).toBe(false);
  });
});

describe.runIf(process.platform !== 'win32')('everything that the store makes', () => {
  it('is for its owner only, whatever the process lets others have', async () => {
    const before = process.umask(0);
    onTestFinished(() => void process.umask(before));
    const folder = join(temporaryFolder(), 'deep', 'data');
    const clock = new FakeClock();
    const { allMigrations } = await import('../../../src/main/store/migrations/allMigrations.ts');
    openTestStore({ folder, clock, migrations: allMigrations.slice(0, 1) }).close();
    const database = openTestStore({ folder, clock });
    dataSourcesIn(database).put(someDataSource(), {});
    const backups = new StoreBackups({ database, folder, clock, logger: silentLogger });
    const { name } = await backups.backUp();
    database.rescue();
    database.close();
    chmodSync(join(folder, 'mooring.db'), 0o644);
    await replaceStore({ folder, wallMs, backup: name });
    const again = openTestStore({ folder, clock });
    dataSourcesIn(again).put(someDataSource(), {});

    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    const modes = entries.map((entry) => {
      const mode = statSync(join(entry.parentPath, entry.name)).mode & 0o777;
      return `${entry.isDirectory() ? 'folder' : 'file'} ${mode.toString(8)}`;
    });
    expect(new Set(modes)).toEqual(new Set(['folder 700', 'file 600']));
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(entries.map(({ name: entry }) => entry)).toEqual(
      expect.arrayContaining(['mooring.db', 'mooring.db-wal', 'mooring.db-shm', 'mooring.db.created']),
    );
    expect(entries.filter((entry) => entry.parentPath.endsWith('backups'))).toHaveLength(3);
    expect(entries.filter((entry) => entry.parentPath.endsWith('000Z')).length).toBeGreaterThan(0);
  });
});
