import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { isAppError } from '../../../src/main/base/AppError.ts';
import { someDataSource } from '../../support/dataSources.ts';
import { dataSourcesIn } from '../../support/dataSourcesIn.ts';
import { openTestStore, temporaryFolder } from '../../support/testStore.ts';

/** A folder with a store of a hundred data sources, closed. */
function folderWithStore(): { folder: string; file: string } {
  const folder = temporaryFolder();
  const database = openTestStore({ folder });
  const dataSources = dataSourcesIn(database);
  for (let index = 0; index < 100; index += 1)
    dataSources.put(someDataSource({ name: `source ${index}` }), {});
  database.close();
  return { folder, file: join(folder, 'mooring.db') };
}

function codeOfOpening(folder: string, busyTimeoutMs = 5_000): string {
  try {
    openTestStore({ folder, busyTimeoutMs }).close();
    return 'opened';
  } catch (error) {
    if (!isAppError(error)) throw error;
    expect(error.causes.length).toBeGreaterThan(0);
    expect(error.fixes.length).toBeGreaterThan(0);
    expect(`${error.message}${error.detail}${error.fixes.join()}`).not.toContain(folder);
    return error.code;
  }
}

function editHeader(file: string, pragma: string): void {
  const sqlite = new Sqlite(file);
  sqlite.pragma(pragma);
  sqlite.close();
}

const isRoot = process.getuid?.() === 0;

describe('a store file that is not as it was left', () => {
  it.each<[string, string, (file: string) => void]>([
    ['overwritten with text', 'STORE_CORRUPT', (file) => writeFileSync(file, 'not a database\n'.repeat(500))],
    ['overwritten with zeros', 'STORE_CORRUPT', (file) => writeFileSync(file, Buffer.alloc(65_536))],
    ['cut to half', 'STORE_CORRUPT', (file) => truncateSync(file, statSync(file).size / 2)],
    ['cut within its header', 'STORE_CORRUPT', (file) => truncateSync(file, 50)],
    ['empty', 'STORE_CORRUPT', (file) => truncateSync(file, 0)],
    [
      'damaged in one page',
      'STORE_CORRUPT',
      (file) => {
        const bytes = readFileSync(file);
        bytes.fill(0x5a, 3 * 4_096, 4 * 4_096);
        writeFileSync(file, bytes);
      },
    ],
    ['another application’s', 'STORE_CORRUPT', (file) => editHeader(file, 'application_id = 7')],
    [
      'replaced by an empty database',
      'STORE_CORRUPT',
      (file) => {
        rmSync(file);
        const sqlite = new Sqlite(file);
        sqlite.exec('CREATE TABLE gone (id); DROP TABLE gone');
        sqlite.close();
      },
    ],
    ['of a newer version', 'STORE_TOO_NEW', (file) => editHeader(file, 'user_version = 999')],
  ])('is reported when it is %s, and stays byte for byte as it is', (_, code, damage) => {
    const { folder, file } = folderWithStore();
    damage(file);
    const before = readFileSync(file);
    expect(codeOfOpening(folder)).toBe(code);
    expect(codeOfOpening(folder)).toBe(code);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('is reported when it is gone, and no new one is made in its place', () => {
    const { folder, file } = folderWithStore();
    rmSync(file);
    expect(codeOfOpening(folder)).toBe('STORE_CORRUPT');
    expect(existsSync(file)).toBe(false);
  });

  it('is reported when it is empty and only its log tells that it held data; the log survives', () => {
    const { folder, file } = folderWithStore();
    truncateSync(file, 0);
    rmSync(join(folder, 'mooring.db.created'));
    writeFileSync(`${file}-wal`, 'log of what was saved');
    expect(codeOfOpening(folder)).toBe('STORE_CORRUPT');
    expect(readFileSync(`${file}-wal`, 'utf8')).toBe('log of what was saved');
  });

  it('is good again when the undamaged file is put back', () => {
    const { folder, file } = folderWithStore();
    const copy = join(folder, 'copy');
    copyFileSync(file, copy);
    writeFileSync(file, 'surprise');
    expect(codeOfOpening(folder)).toBe('STORE_CORRUPT');
    copyFileSync(copy, file);
    expect(codeOfOpening(folder)).toBe('opened');
  });

  it('is a first start again after both files were moved away, as the error advises', () => {
    const { folder, file } = folderWithStore();
    rmSync(file);
    rmSync(join(folder, 'mooring.db.created'));
    expect(codeOfOpening(folder)).toBe('opened');
  });

  it('is a first start when the very first one ended before anything was saved', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'mooring.db'), '');
    expect(codeOfOpening(folder)).toBe('opened');
  });

  it('is an error of the store when a folder has its name', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'mooring.db'));
    expect(codeOfOpening(folder)).toBe('STORE_FAILED');
  });

  it.runIf(!isRoot)('is an error of the store when the folder or the file may not be written', () => {
    const { folder, file } = folderWithStore();
    chmodSync(file, 0o400);
    expect(codeOfOpening(folder)).toBe('STORE_FAILED');
    chmodSync(file, 0o600);
    chmodSync(folder, 0o500);
    expect(codeOfOpening(folder)).toBe('STORE_FAILED');
    chmodSync(folder, 0o700);
    expect(codeOfOpening(folder)).toBe('opened');
  });

  it('is an error that passes when another program holds it', () => {
    const { folder, file } = folderWithStore();
    const other = new Sqlite(file);
    other.pragma('locking_mode = EXCLUSIVE');
    other.exec('BEGIN EXCLUSIVE');
    expect(codeOfOpening(folder, 0)).toBe('STORE_FAILED');
    other.close();
    expect(codeOfOpening(folder)).toBe('opened');
  });
});

describe('a store in use', () => {
  it('keeps every file from other users, also where they had rights before', () => {
    const folder = join(temporaryFolder(), 'deep', 'data');
    const database = openTestStore({ folder });
    dataSourcesIn(database).put(someDataSource(), {});
    const modes = (): number[] =>
      readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o777);
    expect(readdirSync(folder).sort()).toEqual([
      'mooring.db',
      'mooring.db-shm',
      'mooring.db-wal',
      'mooring.db.created',
    ]);
    expect(modes()).toEqual([0o600, 0o600, 0o600, 0o600]);
    database.close();

    chmodSync(folder, 0o755);
    chmodSync(join(folder, 'mooring.db'), 0o644);
    openTestStore({ folder });
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(new Set(modes())).toEqual(new Set([0o600]));
  });

  it('is one file to copy after it was closed', () => {
    const { folder } = folderWithStore();
    expect(readdirSync(folder).sort()).toEqual(['mooring.db', 'mooring.db.created']);
  });

  it('is whole in its one file after it was closed, even while another program still looks into it', () => {
    const folder = temporaryFolder();
    const file = join(folder, 'mooring.db');
    const database = openTestStore({ folder });
    dataSourcesIn(database).put(someDataSource(), {});
    const viewer = new Sqlite(file, { readonly: true });
    viewer.pragma('user_version');
    database.close();

    const copiedTo = temporaryFolder();
    copyFileSync(file, join(copiedTo, 'mooring.db'));
    viewer.close();
    expect(dataSourcesIn(openTestStore({ folder: copiedTo })).list()).toHaveLength(1);
  });

  it('leaves nothing in the file of what was deleted', () => {
    const { folder, file } = folderWithStore();
    const canary = 'CANARY-deleted-name';
    const database = openTestStore({ folder });
    const dataSources = dataSourcesIn(database);
    const dataSource = someDataSource({ name: canary });
    dataSources.put(dataSource, {});
    dataSources.markRemoved(dataSource.id, 1);
    dataSources.purgeRemoved();
    database.close();
    expect(readFileSync(file).includes(canary)).toBe(false);
  });

  it('says that the disk is full, keeps what it has, and goes on when there is room again', () => {
    const database = openTestStore();
    const dataSources = dataSourcesIn(database);
    const big = () => someDataSource({ tls: { mode: 'verify-ca', caPem: pem } });
    const pem = `-----BEGIN CERTIFICATE-----\n${'A'.repeat(60_000)}\n-----END CERTIFICATE-----`;
    dataSources.put(big(), {});
    // SQLite's own limit gives the very error of a full disk.
    database.prepare('PRAGMA max_page_count = 30').get();
    expect(() => {
      for (;;) dataSources.put(big(), {});
    }).toThrow(expect.objectContaining({ code: 'DISK_FULL' }));
    const kept = dataSources.list();
    expect(kept.length).toBeGreaterThan(0);

    database.prepare('PRAGMA max_page_count = 10000').get();
    dataSources.put(big(), {});
    expect(dataSources.list()).toHaveLength(kept.length + 1);
  });

  it.runIf(process.platform !== 'win32')('acknowledges no write when its file was taken away', () => {
    const folder = temporaryFolder();
    const database = openTestStore({ folder });
    const dataSources = dataSourcesIn(database);
    const file = join(folder, 'mooring.db');
    renameSync(file, `${file}.away`);
    const moved = expect.objectContaining({ code: 'STORE_FAILED' });
    expect(() => dataSources.put(someDataSource(), {})).toThrow(moved);
    writeFileSync(file, 'another');
    expect(() => dataSources.purgeRemoved()).toThrow(moved);

    renameSync(`${file}.away`, file);
    dataSources.put(someDataSource(), {});
    expect(dataSources.list()).toHaveLength(1);
  });

  it('does not wait for ever for another program that holds the file', () => {
    const folder = temporaryFolder();
    const database = openTestStore({ folder, busyTimeoutMs: 0 });
    const dataSources = dataSourcesIn(database);
    const other = new Sqlite(join(folder, 'mooring.db'));
    other.exec('BEGIN IMMEDIATE');
    expect(() => dataSources.put(someDataSource(), {})).toThrow(
      expect.objectContaining({ code: 'STORE_FAILED', retryable: true }),
    );
    other.close();
    dataSources.put(someDataSource(), {});
    expect(dataSources.list()).toHaveLength(1);
  });
});
