import { copyFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Migration } from '../../../src/main/store/Migration.ts';
import { allMigrations } from '../../../src/main/store/migrations/allMigrations.ts';
import type { DataSource } from '../../../src/shared/model/dataSource.ts';
import { flatFieldsOf, someDataSource } from '../../support/dataSources.ts';
import { dataSourcesIn } from '../../support/dataSourcesIn.ts';
import { FakeClock } from '../../support/FakeClock.ts';
import { openTestStore, openTestVaultStore, temporaryFolder } from '../../support/testStore.ts';
import { ended, spawnTypeScript } from '../../support/typeScript/spawnTypeScript.ts';

const nextVersion = (allMigrations.at(-1)?.version ?? 0) + 1;

const step = (apply: Migration['apply'], version = nextVersion): Migration => ({
  version,
  name: `step_${version}`,
  apply,
});

const addColumn = step((sqlite) => {
  sqlite.exec("ALTER TABLE data_sources ADD COLUMN note TEXT NOT NULL DEFAULT 'added'");
});

/** A closed store with one data source. */
function folderWithStore(): string {
  const folder = temporaryFolder();
  const database = openTestStore({ folder });
  dataSourcesIn(database).put(someDataSource({ name: 'before' }), {});
  database.close();
  return folder;
}

function namesIn(folder: string, migrations = allMigrations): string[] {
  const database = openTestStore({ folder, migrations });
  const names = dataSourcesIn(database)
    .list()
    .map(({ name }) => name);
  database.close();
  return names;
}

const backupsIn = (folder: string): string[] => readdirSync(join(folder, 'backups'));

describe('migrating a store', () => {
  it('brings an old store to the new format once, with all its data', () => {
    const folder = folderWithStore();
    const database = openTestStore({ folder, migrations: [...allMigrations, addColumn] });
    expect(database.prepare('SELECT note FROM data_sources').all()).toEqual([{ note: 'added' }]);
    database.close();
    expect(namesIn(folder, [...allMigrations, addColumn])).toEqual(['before']);
    expect(backupsIn(folder)).toHaveLength(1);
  });

  it('makes a private backup first, which put back as mooring.db is the store as it was', () => {
    const folder = folderWithStore();
    const destroy = step((sqlite) => sqlite.exec('DELETE FROM data_sources'));
    expect(namesIn(folder, [...allMigrations, destroy])).toEqual([]);

    const [backup = ''] = backupsIn(folder);
    expect(backup).toBe(`mooring-2026-01-01T00-00-00-000Z-format-${nextVersion - 1}.db`);
    expect(statSync(join(folder, 'backups', backup)).mode & 0o777).toBe(0o600);
    copyFileSync(join(folder, 'backups', backup), join(folder, 'mooring.db'));
    expect(namesIn(folder)).toEqual(['before']);
  });

  it('makes no backup of a store that does not exist yet', () => {
    const folder = temporaryFolder();
    expect(namesIn(folder, [...allMigrations, addColumn])).toEqual([]);
    expect(readdirSync(folder)).not.toContain('backups');
  });

  it('leaves the store as it was when a step fails half way, and keeps the steps before it', () => {
    const folder = folderWithStore();
    const failing = step((sqlite) => {
      sqlite.exec("DELETE FROM data_sources; CREATE TABLE half (id); INSERT INTO nowhere VALUES ('x')");
    }, nextVersion + 1);
    expect(() => openTestStore({ folder, migrations: [...allMigrations, addColumn, failing] })).toThrow(
      expect.objectContaining({ code: 'STORE_FAILED' }),
    );
    expect(namesIn(folder, [...allMigrations, addColumn])).toEqual(['before']);
  });

  it('is as if nothing had begun when the process is killed within a step', async () => {
    const folder = folderWithStore();
    const child = spawnTypeScript(new URL('./killedMigration.ts', import.meta.url), [folder]);
    expect((await ended(child)).signal).toBe('SIGKILL');
    expect(namesIn(folder)).toEqual(['before']);
  });

  it('keeps the five newest backups', () => {
    const folder = folderWithStore();
    const clock = new FakeClock();
    let migrations = [...allMigrations];
    for (let index = 0; index < 7; index += 1) {
      migrations = [...migrations, step(() => undefined, nextVersion + index)];
      openTestStore({ folder, migrations, clock: new FakeClock(clock.wallMs() + index) }).close();
    }
    const formats = backupsIn(folder).map((name) => Number(/format-(\d+)/.exec(name)?.[1]));
    expect(formats).toEqual([2, 3, 4, 5, 6].map((index) => nextVersion - 1 + index));
  });
});

describe('a store of the first format', () => {
  /** As the first release left it: one data source with its password, and a key, or none of the two. */
  function firstFormat(hasKey: boolean): { folder: string; dataSource: DataSource } {
    const folder = temporaryFolder();
    const database = openTestStore({ folder, migrations: allMigrations.slice(0, 1) });
    const dataSource = someDataSource({ name: 'Bücher 🐘', createdAt: 5, updatedAt: 7 });
    const { id, createdAt, updatedAt } = dataSource;
    database
      .prepare('INSERT INTO data_sources (id, fields, created_at, updated_at) VALUES (?, ?, ?, ?)')
      .run(id, JSON.stringify(flatFieldsOf(dataSource)), createdAt, updatedAt);
    if (hasKey) {
      database
        .prepare(
          "INSERT INTO vault_keys (version, state, check_value, created_at) VALUES (1, 'active', ?, 3)",
        )
        .run(Buffer.alloc(32, 1));
      database
        .prepare(
          `INSERT INTO secrets (data_source_id, field, envelope, key_version, revision)
           VALUES (?, 'password', ?, 1, 4)`,
        )
        .run(id, Buffer.alloc(60, 2));
    }
    database.close();
    return { folder, dataSource };
  }

  it('keeps its data sources, secrets and key, which is in the keychain; nothing in it is signed yet', () => {
    const { folder, dataSource } = firstFormat(true);
    const { database, vault, secrets } = openTestVaultStore({ folder });
    expect(vault.protection()).toEqual({ mode: 'keychain', hasPassphrase: false });
    expect(vault.keyVersions()).toEqual([
      {
        version: 1,
        state: 'active',
        check: Buffer.alloc(32, 1),
        createdAt: 3,
        retiredAt: null,
        home: 'keychain',
        itemNumber: 0,
        isWrapped: false,
        wrapped: null,
      },
    ]);
    expect(secrets.listFor(dataSource.id)).toMatchObject([{ keyVersion: 1, revision: 4 }]);
    const dataSources = dataSourcesIn(database);
    const secretRevisions = { password: 4 };
    expect(dataSources.inspect(dataSource.id)).toEqual({
      dataSource,
      integrity: 'unsigned',
      secretRevisions,
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    // The same row as if it were saved today.
    const { digest } = dataSources.inspect(dataSource.id) ?? {};
    dataSources.put(dataSource, secretRevisions);
    expect(dataSources.inspect(dataSource.id)?.digest).toBe(digest);
  });

  it('has no mode when it has no key', () => {
    const { folder } = firstFormat(false);
    const { vault, database } = openTestVaultStore({ folder });
    expect(vault.protection()).toEqual({ mode: null, hasPassphrase: false });
    expect(vault.keyVersions()).toEqual([]);
    expect(dataSourcesIn(database).list()).toHaveLength(1);
    expect(backupsIn(folder)).toEqual(['mooring-2026-01-01T00-00-00-000Z-format-1.db']);
  });
});
