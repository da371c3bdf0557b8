import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/main/observability/Logger.ts';
import { listBackups } from '../../../src/main/store/backupList.ts';
import { replaceStore } from '../../../src/main/store/replaceStore.ts';
import { StoreBackups } from '../../../src/main/store/StoreBackups.ts';
import { someDataSource } from '../../support/dataSources.ts';
import { dataSourcesIn } from '../../support/dataSourcesIn.ts';
import { FakeClock } from '../../support/FakeClock.ts';
import { openTestStore, openTestVaultStore, temporaryFolder } from '../../support/testStore.ts';

const dayMs = 86_400_000;

function setUp() {
  const folder = temporaryFolder();
  const clock = new FakeClock();
  const warnings: unknown[] = [];
  const logger = {
    ...silentLogger,
    warn: (_: string, __?: unknown, error?: unknown) => warnings.push(error),
  };
  const store = openTestVaultStore({ folder, clock });
  const dataSources = dataSourcesIn(store.database);
  const backups = new StoreBackups({ database: store.database, folder, clock, logger });
  const inFolder = () => readdirSync(join(folder, 'backups')).sort();
  return { ...store, folder, clock, warnings, dataSources, backups, inFolder };
}

/** What a backup holds, read as the store that it is. */
function namesInBackup(folder: string, name: string): string[] {
  const copiedTo = temporaryFolder();
  writeFileSync(join(copiedTo, 'mooring.db'), readFileSync(join(folder, 'backups', name)));
  return dataSourcesIn(openTestStore({ folder: copiedTo }))
    .list()
    .map((dataSource) => dataSource.name);
}

describe('a backup that somebody asks for', () => {
  it('is the store as it is, in one file, and tells what it holds', async () => {
    const { dataSources, secrets, backups, folder, inFolder } = setUp();
    const [kept, removed] = [someDataSource({ name: 'kept' }), someDataSource({ name: 'removed' })];
    for (const dataSource of [kept, removed]) dataSources.put(dataSource, {});
    dataSources.markRemoved(removed.id, 1);
    const envelope = Buffer.alloc(40);
    secrets.put({ dataSourceId: kept.id, field: 'password', envelope, keyVersion: 1, revision: 1 });

    const backup = await backups.backUp();
    expect(backup).toMatchObject({ createdAt: Date.UTC(2026, 0, 1), dataSourceCount: 1, secretCount: 1 });
    expect(inFolder()).toEqual([backup.name]);
    expect(await backups.list()).toEqual([backup]);
    expect(namesInBackup(folder, backup.name)).toEqual(['kept']);
  });

  it('holds what was saved while it was being made, and never holds anybody up', async () => {
    const { dataSources, backups, folder, database } = setUp();
    database.transaction(() => {
      for (let index = 0; index < 4_000; index += 1)
        dataSources.put(someDataSource({ name: `${index}` }), {});
    });
    const done = backups.backUp();
    let turnCount = 0;
    let isDone = false;
    const marked = done.then(() => {
      isDone = true;
    });
    while (!isDone) {
      if (turnCount === 3) dataSources.put(someDataSource({ name: 'meanwhile' }), {});
      turnCount += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    await marked;
    expect(turnCount).toBeGreaterThan(10);
    expect(namesInBackup(folder, (await done).name)).toContain('meanwhile');
  });

  it('comes after the one that is under way, and does not replace it within one millisecond', async () => {
    const { backups, inFolder } = setUp();
    const both = await Promise.all([backups.backUp(), backups.backUp()]);
    expect(inFolder()).toEqual(both.map(({ name }) => name).sort());
    expect(inFolder()).toHaveLength(2);
  });

  it('is none when its place cannot be written, and the next one works', async () => {
    const { backups, folder } = setUp();
    writeFileSync(join(folder, 'backups'), 'in the way');
    await expect(backups.backUp()).rejects.toMatchObject({ code: 'STORE_FAILED' });
    rmSync(join(folder, 'backups'));
    expect(await backups.list()).toEqual([]);
    await backups.backUp();
    expect(await backups.list()).toHaveLength(1);
  });

  it('leaves nothing that looks like a backup when the store is closed under it', async () => {
    const { backups, database, folder } = setUp();
    const backup = backups.backUp();
    database.close();
    await expect(backup).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
    expect(await listBackups(folder)).toEqual([]);
  });
});

describe('the daily backup', () => {
  it('is made when the newest is a day old, and not before', async () => {
    const { backups, clock, inFolder } = setUp();
    await backups.backUpWhenDue();
    expect(inFolder()).toHaveLength(1);
    await clock.advance(dayMs - 1);
    await backups.backUpWhenDue();
    expect(inFolder()).toHaveLength(1);
    await clock.advance(1);
    await backups.backUpWhenDue();
    expect(inFolder()).toHaveLength(2);
  });

  it('is made although one seems to be of the future, since a clock was wrong then', async () => {
    const { backups, folder, inFolder } = setUp();
    mkdirSync(join(folder, 'backups'));
    writeFileSync(join(folder, 'backups', 'mooring-2099-01-01T00-00-00-000Z-format-1.db'), '');
    await backups.backUpWhenDue();
    expect(inFolder()).toHaveLength(2);
  });

  it('is a line in the log and nothing worse when it cannot be made', async () => {
    const { backups, folder, warnings } = setUp();
    writeFileSync(join(folder, 'backups'), 'in the way');
    await backups.backUpWhenDue();
    expect(warnings).toHaveLength(1);
  });

  it('pushes out the sixth of its own kind, and no backup from before an update', async () => {
    const { backups, folder, clock, inFolder } = setUp();
    mkdirSync(join(folder, 'backups'));
    const beforeUpdate = 'mooring-2020-01-01T00-00-00-000Z-format-1.db';
    const ownFile = 'my notes.txt';
    for (const name of [beforeUpdate, ownFile]) writeFileSync(join(folder, 'backups', name), '');
    const names: string[] = [];
    for (let index = 0; index < 7; index += 1) {
      names.push((await backups.backUp()).name);
      await clock.advance(dayMs);
    }
    expect(inFolder()).toEqual([...names.slice(-5), beforeUpdate, ownFile].sort());
  });
});

describe('the list of backups', () => {
  it('has those that can be restored, newest first, and leaves the others alone', async () => {
    const { backups, folder, clock, inFolder } = setUp();
    const good: string[] = [];
    for (let index = 0; index < 2; index += 1) {
      good.unshift((await backups.backUp()).name);
      await clock.advance(1_000);
    }
    const path = (name: string): string => join(folder, 'backups', name);
    const spoiled = (second: number): string => `mooring-2026-01-02T00-00-0${second}-000Z-format-2.db`;
    const copyAs = (name: string): void => writeFileSync(path(name), readFileSync(path(good[0] ?? '')));
    copyAs(spoiled(0));
    truncateSync(path(spoiled(0)), 8_192);
    writeFileSync(path(spoiled(1)), 'no database');
    copyAs(spoiled(2));
    const foreign = new Sqlite(path(spoiled(2)));
    foreign.pragma('application_id = 7');
    foreign.close();
    copyAs(spoiled(3));
    const newer = new Sqlite(path(spoiled(3)));
    newer.pragma('user_version = 999');
    newer.close();
    symlinkSync(path(good[0] ?? ''), path(spoiled(4)));
    mkdirSync(path(spoiled(5)));
    copyAs('mooring-2026-99-99T00-00-00-000Z-format-2.db');

    const before = inFolder();
    expect((await listBackups(folder)).map(({ name }) => name)).toEqual(good);
    expect(inFolder()).toEqual(before);
  });

  it('is empty where there never was one', async () => {
    expect(await listBackups(temporaryFolder())).toEqual([]);
  });
});

describe.runIf(process.platform !== 'win32')('a store that is taken away while it is open', () => {
  it.each<[string, (file: string) => void]>([
    ['deleted', (file) => rmSync(file)],
    ['renamed', (file) => renameSync(file, `${file}.away`)],
    [
      'replaced by another',
      (file) => {
        rmSync(file);
        writeFileSync(file, 'another');
      },
    ],
  ])('is in a backup with everything that was saved when it was %s', async (_, takeAway) => {
    const { dataSources, folder, database } = setUp();
    for (const name of ['one', 'two']) dataSources.put(someDataSource({ name }), {});
    takeAway(join(folder, 'mooring.db'));
    expect(database.isMoved).toBe(true);
    let refusal: unknown;
    try {
      dataSources.put(someDataSource({ name: 'too late' }), {});
    } catch (error) {
      refusal = error;
    }
    const [backup] = await listBackups(folder);
    expect(backup).toMatchObject({ dataSourceCount: 2 });
    expect(refusal).toMatchObject({
      code: 'STORE_FAILED',
      fixes: [expect.any(String), expect.stringContaining(backup?.name ?? 'none')],
    });
    expect(namesInBackup(folder, backup?.name ?? '')).toEqual(['one', 'two']);
    // One is enough, however often somebody tries, and also when the app is quit.
    expect(() => dataSources.purgeRemoved()).toThrow();
    database.close();
    expect(await listBackups(folder)).toEqual([backup]);
  });

  it('is in a backup also when nobody noticed before the app was quit, and the whole folder is gone', async () => {
    const { dataSources, folder, database } = setUp();
    dataSources.put(someDataSource({ name: 'one' }), {});
    rmSync(folder, { recursive: true });
    database.close();
    const [backup] = await listBackups(folder);
    expect(namesInBackup(folder, backup?.name ?? '')).toEqual(['one']);
    // The next start offers it, and does not begin with an empty list.
    expect(() => openTestStore({ folder })).toThrow(expect.objectContaining({ code: 'STORE_CORRUPT' }));
  });

  it('can be backed up by hand too, and a restore puts everything back', async () => {
    const { dataSources, folder, database, backups } = setUp();
    for (const name of ['one', 'two']) dataSources.put(someDataSource({ name }), {});
    rmSync(join(folder, 'mooring.db'));
    const { name } = await backups.backUp();
    database.close();
    await replaceStore({ folder, wallMs: 0, backup: name });
    expect(dataSourcesIn(openTestStore({ folder })).list()).toHaveLength(2);
  });

  it('is backed up once more when it is put back, used, and taken away again', async () => {
    const { dataSources, folder, database } = setUp();
    const file = join(folder, 'mooring.db');
    dataSources.put(someDataSource({ name: 'one' }), {});
    renameSync(file, `${file}.away`);
    expect(() => dataSources.purgeRemoved()).toThrow();
    renameSync(`${file}.away`, file);
    dataSources.put(someDataSource({ name: 'two' }), {});
    rmSync(file);
    database.close();
    expect((await listBackups(folder)).map(({ dataSourceCount }) => dataSourceCount)).toEqual([2, 1]);
  });
});
