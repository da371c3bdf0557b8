import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { endpointHash } from '../../../src/main/dataSources/secrets/endpointBinding.ts';
import { silentLogger } from '../../../src/main/observability/Logger.ts';
import { replaceStore } from '../../../src/main/store/replaceStore.ts';
import { SqliteLoginMethodRepository } from '../../../src/main/store/SqliteLoginMethodRepository.ts';
import type { DataSource } from '../../../src/shared/model/dataSource.ts';
import { FakeClock } from '../../support/FakeClock.ts';
import { startVault, unwatched } from '../../support/startVault.ts';
import { format3, keychainOfFormat3, savedInFormat3, writeFormat3 } from '../../support/storeFormat3.ts';
import { openTestStore, temporaryFolder } from '../../support/testStore.ts';

const readable = [
  'plain',
  'encrypted',
  'authority',
  'full',
  'fullWithAuthority',
  'demo',
  'withoutPassword',
  'unsigned',
];
const intact = readable.filter((name) => name !== 'unsigned');

/** The app of today on a store of format 3. */
function openApp(folder: string) {
  const database = openTestStore({ folder });
  const { vault, dataSources } = startVault({
    database,
    keychain: keychainOfFormat3(),
    clock: new FakeClock(),
    logger: silentLogger,
    hashFor: ({ dataSourceId }) => {
      const saved = dataSources.find(dataSourceId);
      return saved === null ? null : endpointHash(saved);
    },
  });
  return {
    database,
    vault,
    dataSources,
    logins: new SqliteLoginMethodRepository(database),
    integrityOf: (name: string) => dataSources.integrityOf(savedInFormat3(name).dataSource.id),
    password: ({ id }: DataSource) => {
      const saved = dataSources.inspect(id);
      if (saved === null) throw new Error('It cannot be read.');
      const revision = saved.secretRevisions.password ?? 0;
      const ref = { dataSourceId: id, field: 'password' };
      return vault.open(ref, endpointHash(saved.dataSource), { revision });
    },
  };
}

function migrated() {
  const folder = temporaryFolder();
  writeFormat3(folder);
  return { ...openApp(folder), folder };
}

/** Runs SQL on the closed store that was brought to the format of today, and opens it again with its key. */
async function editedAfterwards(set: string, name: string) {
  const { database, folder } = migrated();
  database.close();
  const sqlite = new Sqlite(join(folder, 'mooring.db'));
  sqlite.prepare(`UPDATE data_sources SET ${set} WHERE id = ?`).run(savedInFormat3(name).dataSource.id);
  sqlite.close();
  const app = openApp(folder);
  await app.vault.requireKeys();
  return app;
}

describe('a store of format 3, written by the last version without engines', () => {
  it('keeps its data sources, whatever their TLS, and what was removed', () => {
    const { dataSources } = migrated();
    const expected = [...readable, 'changed'].map((name) => savedInFormat3(name).dataSource);
    const listed = dataSources.list();
    const unchanged = listed.filter(({ id }) => id !== savedInFormat3('changed').dataSource.id);
    expect(unchanged).toHaveLength(readable.length);
    expect(expected).toEqual(expect.arrayContaining(unchanged));
    const { dataSource: removed } = savedInFormat3('removed');
    expect([dataSources.isListed(removed.id), dataSources.find(removed.id)]).toEqual([false, removed]);
  });

  it('keeps what it could not read, and says so', () => {
    const { dataSources, database } = migrated();
    expect(dataSources.damaged()).toEqual([
      { id: format3.sources.broken?.dataSource.id, name: null, problems: ['not a JSON object'] },
      {
        id: format3.sources.odd?.dataSource.id,
        name: 'Odd port',
        problems: ['engine.config.port: too_big'],
      },
    ]);
    const broken = database
      .prepare('SELECT fields, signed_fields FROM data_sources WHERE id = ?')
      .get(format3.sources.broken?.dataSource.id ?? '');
    expect(broken).toEqual({ fields: '{ no JSON', signed_fields: null });
  });

  it('has each of its signatures right once the key is there, and none that was not', async () => {
    const { vault, integrityOf } = migrated();
    for (const name of intact) expect([name, integrityOf(name)]).toEqual([name, 'unchecked']);
    await vault.requireKeys();
    for (const name of intact) expect([name, integrityOf(name)]).toEqual([name, 'intact']);
    expect(integrityOf('removed')).toBe('intact');
    expect(integrityOf('unsigned')).toBe('unsigned');
    expect(integrityOf('changed')).toBe('changed');
  });

  it('binds each secret to the same endpoint as before: passwords open, login methods are known', async () => {
    const { password, logins } = migrated();
    for (const name of [...readable, 'removed']) {
      const saved = savedInFormat3(name);
      expect([name, endpointHash(saved.dataSource).toString('hex')]).toEqual([name, saved.endpointHash]);
      expect([name, await password(saved.dataSource)]).toEqual([name, saved.password]);
    }
    const { dataSource } = savedInFormat3('authority');
    expect(logins.find(dataSource.id, endpointHash(dataSource))).toBe('md5');
  });

  it('gives no password to one whose address was changed', async () => {
    const { password } = migrated();
    const { dataSource } = savedInFormat3('changed');
    await expect(password(dataSource)).rejects.toMatchObject({ code: 'SECRET_TAMPERED' });
  });

  it.each([
    ['the fields', "fields = json_set(fields, '$.engine.config.host', 'evil.test')"],
    ['the fields before', "signed_fields = json_set(signed_fields, '$.host', 'evil.test')"],
    [
      'both alike',
      "fields = json_set(fields, '$.engine.config.host', 'evil.test'), signed_fields = json_set(signed_fields, '$.host', 'evil.test')",
    ],
    ['the spacing of its JSON', "fields = fields || ' '"],
    ['what is signed, taken away', 'signed_fields = NULL'],
  ])('sees one as changed when somebody edits %s afterwards', async (_, set) => {
    for (const name of ['plain', 'unsigned']) {
      const { integrityOf } = await editedAfterwards(set, name);
      expect([name, integrityOf(name)]).toEqual([name, 'changed']);
    }
  });

  it('does not read one that somebody puts back as it was', async () => {
    const { dataSources } = await editedAfterwards('fields = signed_fields, signed_fields = NULL', 'plain');
    const { id } = savedInFormat3('plain').dataSource;
    expect(dataSources.damaged().map((damaged) => damaged.id)).toContain(id);
    expect(dataSources.inspect(id)).toBeNull();
  });

  it('is signed as it is now by the first rotation, but for what is not right', async () => {
    const { vault, database, integrityOf } = migrated();
    await vault.rotate({ destroyOldKey: false }, unwatched);
    const rows = database.prepare('SELECT id FROM data_sources WHERE signed_fields IS NOT NULL').all();
    const left = ['unsigned', 'changed', 'odd'].map((name) => ({ id: format3.sources[name]?.dataSource.id }));
    expect(rows).toEqual(left);
    for (const name of intact) expect([name, integrityOf(name)]).toEqual([name, 'intact']);
    expect(integrityOf('changed')).toBe('changed');
  });

  it('is signed as it is now by saving, from when on the old bytes are gone', async () => {
    const { vault, database, dataSources, integrityOf } = migrated();
    await vault.requireKeys();
    const { dataSource } = savedInFormat3('unsigned');
    dataSources.put(dataSource, dataSources.inspect(dataSource.id)?.secretRevisions ?? {});
    expect(integrityOf('unsigned')).toBe('intact');
    const select = 'SELECT signed_fields FROM data_sources WHERE id = ?';
    expect(database.prepare(select).get(dataSource.id)).toEqual({ signed_fields: null });
  });

  it('can be restored from a backup', async () => {
    const { database, folder } = migrated();
    database.close();
    const [backup = ''] = readdirSync(join(folder, 'backups'));
    expect(backup).toMatch(/-format-3\.db$/);
    const other = temporaryFolder();
    mkdirSync(join(other, 'backups'));
    copyFileSync(join(folder, 'backups', backup), join(other, 'backups', backup));
    await replaceStore({ folder: other, wallMs: 1, backup });
    const { vault, integrityOf } = openApp(other);
    await vault.requireKeys();
    for (const name of intact) expect([name, integrityOf(name)]).toEqual([name, 'intact']);
  });
});
