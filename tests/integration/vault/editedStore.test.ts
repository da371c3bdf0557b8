import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { endpointHash } from '../../../src/main/dataSources/secrets/endpointBinding.ts';
import { silentLogger } from '../../../src/main/observability/Logger.ts';
import type { DataSource } from '../../../src/shared/model/dataSource.ts';
import { someDataSource } from '../../support/dataSources.ts';
import { FakeClock } from '../../support/FakeClock.ts';
import { MemoryKeychain } from '../../support/MemoryKeychain.ts';
import { startVault, unwatched } from '../../support/startVault.ts';
import { openTestStore, temporaryFolder } from '../../support/testStore.ts';

const keychain = new MemoryKeychain();
const production = someDataSource({ name: 'production', host: 'db.example.test' });
const other = someDataSource({ name: 'other', host: 'db.example.test' });

/** Store and vault as the app has them; `password` opens what is saved for a data source as it is saved now. */
function openApp(folder: string) {
  const database = openTestStore({ folder });
  const { vault, dataSources } = startVault({
    database,
    keychain,
    clock: new FakeClock(),
    logger: silentLogger,
    hashFor: ({ dataSourceId }) => {
      const saved = dataSources.find(dataSourceId);
      return saved === null ? null : endpointHash(saved);
    },
  });
  const refOf = ({ id }: DataSource) => ({ dataSourceId: id, field: 'password' });
  return {
    vault,
    dataSources,
    save: async (dataSource: DataSource, password: string): Promise<void> => {
      const sealed = await vault.prepareSeal(refOf(dataSource), password, endpointHash(dataSource));
      dataSources.transaction(() => {
        vault.keep(sealed);
        dataSources.put(dataSource, { password: sealed.revision });
      });
    },
    password: async (id: string): Promise<string | null> => {
      const saved = dataSources.inspect(id);
      if (saved === null) throw new Error('It was not saved.');
      const revision = saved.secretRevisions.password ?? 0;
      return vault.open(refOf(saved.dataSource), endpointHash(saved.dataSource), { revision });
    },
    close: () => database.close(),
  };
}

/** Two data sources with passwords, closed. */
async function folderWithPasswords(password = 'hunter2'): Promise<string> {
  const folder = temporaryFolder();
  const app = openApp(folder);
  await app.save(production, password);
  await app.save(other, 'other password');
  app.close();
  return folder;
}

function edit(folder: string, sql: string, ...values: unknown[]): void {
  const sqlite = new Sqlite(join(folder, 'mooring.db'));
  sqlite.prepare(sql).run(...values);
  sqlite.close();
}

describe('who can write the store but has no key', () => {
  it('finds no password and no key in any file, in any usual form', async () => {
    const canary = 'CANARY-pä55word';
    const folder = await folderWithPasswords(canary);
    const bytes = Buffer.from(canary, 'utf8');
    const rootKeys = [...keychain.items.values()].map((item) => item.split('.')[1] ?? '');
    const forms = [
      bytes,
      Buffer.from(bytes.toString('base64')),
      Buffer.from(bytes.toString('hex')),
      Buffer.from(canary, 'utf16le'),
      Buffer.from(encodeURIComponent(canary)),
      ...rootKeys.flatMap((key) => [Buffer.from(key), Buffer.from(key, 'base64')]),
    ];
    for (const name of readdirSync(folder)) {
      const content = readFileSync(join(folder, name));
      for (const form of forms) expect(content.includes(form)).toBe(false);
    }
    expect(readFileSync(join(folder, 'mooring.db')).includes('db.example.test')).toBe(true);
  });

  it.each([
    ['host', '$.engine.config.host', 'evil.example.test'],
    ['port', '$.engine.config.port', 6_543],
    ['user', '$.engine.config.user', 'postgres'],
    ['database', '$.engine.config.database', 'postgres'],
    ['TLS mode', '$.engine.config.tls.mode', 'encrypt'],
    ['origin', '$.origin', 'demo'],
  ])('does not get the password sent elsewhere by editing the %s', async (_, path, value) => {
    const folder = await folderWithPasswords();
    const set = 'UPDATE data_sources SET fields = json_set(fields, ?, ?) WHERE id = ?';
    edit(folder, set, path, value, production.id);
    const app = openApp(folder);
    await expect(app.password(production.id)).rejects.toMatchObject({ code: 'SECRET_TAMPERED' });
    expect(await app.password(other.id)).toBe('other password');
  });

  it('does not get one data source’s password into another, even to the same server', async () => {
    const folder = await folderWithPasswords();
    edit(
      folder,
      `UPDATE secrets SET envelope = (SELECT envelope FROM secrets WHERE data_source_id = ?)
       WHERE data_source_id = ?`,
      production.id,
      other.id,
    );
    const app = openApp(folder);
    await expect(app.password(other.id)).rejects.toMatchObject({ code: 'SECRET_TAMPERED' });
    expect(await app.password(production.id)).toBe('hunter2');
  });

  it('does not make the vault take a new key by deleting the record of the old one', async () => {
    const folder = await folderWithPasswords();
    edit(folder, 'DELETE FROM vault_keys');
    const itemsBefore = new Map(keychain.items);
    const app = openApp(folder);
    const refusal = { code: 'VAULT_LOCKED_OR_MISSING_KEY' };
    await expect(app.password(production.id)).rejects.toMatchObject(refusal);
    await expect(app.save(production, 'typed again')).rejects.toMatchObject(refusal);
    expect(keychain.items).toEqual(itemsBefore);
  });

  it('does not make the vault trust another key by changing its check value', async () => {
    const folder = await folderWithPasswords();
    edit(folder, 'UPDATE vault_keys SET check_value = ?', Buffer.alloc(32));
    await expect(openApp(folder).password(production.id)).rejects.toMatchObject({ code: 'VAULT_WRONG_KEY' });
  });

  it('does not get an older password sent by putting its row back, nor by naming it as the last one', async () => {
    const folder = await folderWithPasswords('first');
    const older = join(temporaryFolder(), 'older.db');
    copyFileSync(join(folder, 'mooring.db'), older);
    const app = openApp(folder);
    await app.save(production, 'second');
    app.close();
    const sqlite = new Sqlite(join(folder, 'mooring.db'));
    sqlite.prepare('ATTACH ? AS older').run(older);
    sqlite.prepare('DELETE FROM secrets WHERE data_source_id = ?').run(production.id);
    sqlite
      .prepare('INSERT INTO secrets SELECT * FROM older.secrets WHERE data_source_id = ?')
      .run(production.id);
    sqlite.close();
    await expect(openApp(folder).password(production.id)).rejects.toMatchObject({ code: 'SECRET_TAMPERED' });

    const revisions = `UPDATE data_sources SET secret_revisions = '{"password":1}' WHERE id = ?`;
    edit(folder, revisions, production.id);
    const again = openApp(folder);
    await again.vault.retry();
    expect(again.dataSources.integrityOf(production.id)).toBe('changed');
    expect(again.dataSources.integrityOf(other.id)).toBe('intact');
  });

  it('does not have an edited data source signed by a rotation', async () => {
    const folder = await folderWithPasswords();
    edit(
      folder,
      "UPDATE data_sources SET fields = json_set(fields, '$.readOnly', json('true')) WHERE id = ?",
      production.id,
    );
    const app = openApp(folder);
    await app.vault.rotate({ destroyOldKey: true }, unwatched);
    expect(app.dataSources.integrityOf(production.id)).toBe('changed');
    expect(await app.password(production.id)).toBe('hunter2');
  });

  it('does not make a passphrase unnecessary by editing how the key is said to be kept', async () => {
    const folder = await folderWithPasswords();
    const before = openApp(folder);
    await before.vault.setMode({ mode: 'passphrase', passphrase: 'correct horse' }, unwatched);
    before.close();
    edit(folder, "UPDATE vault SET mode = 'keychain', has_passphrase = 0");
    edit(folder, "UPDATE vault_keys SET home = 'keychain', is_wrapped = 0, wrapped = NULL");
    await expect(openApp(folder).password(production.id)).rejects.toMatchObject({
      code: 'VAULT_LOCKED_OR_MISSING_KEY',
    });
  });

  it('does not get the passphrase tried at a cost he can afford', async () => {
    const folder = await folderWithPasswords();
    const before = openApp(folder);
    await before.vault.setMode({ mode: 'passphrase', passphrase: 'correct horse' }, unwatched);
    before.close();
    // 8 KiB, 1 pass, 1 lane, in place of what the header says.
    edit(
      folder,
      "UPDATE vault_keys SET wrapped = CAST(substr(wrapped, 1, 2) || x'000000080000000100000001' || substr(wrapped, 15) AS BLOB)",
    );
    const app = openApp(folder);
    await expect(app.vault.unlock('correct horse')).rejects.toMatchObject({ code: 'VAULT_WRONG_KEY' });
    expect(app.vault.status()).toMatchObject({ lock: 'locked', problem: { code: 'VAULT_WRONG_KEY' } });
  });
});
