import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/main/observability/Logger.ts';
import { SqliteDataSourceRepository } from '../../../src/main/store/SqliteDataSourceRepository.ts';
import { SqliteSecretRepository } from '../../../src/main/store/SqliteSecretRepository.ts';
import { endpointHash } from '../../../src/main/vault/endpointBinding.ts';
import { KeyRing } from '../../../src/main/vault/KeyRing.ts';
import { VaultManager } from '../../../src/main/vault/VaultManager.ts';
import type { DataSource } from '../../../src/shared/model/dataSource.ts';
import { someDataSource } from '../../support/dataSources.ts';
import { FakeClock } from '../../support/FakeClock.ts';
import { MemoryKeychain } from '../../support/MemoryKeychain.ts';
import { openTestStore, temporaryFolder } from '../../support/testStore.ts';

const keychain = new MemoryKeychain();
const production = someDataSource({ name: 'production', host: 'db.example.test' });
const other = someDataSource({ name: 'other', host: 'db.example.test' });

/** Store and vault as the app has them; `password` opens what is saved for a data source as it is saved now. */
function openApp(folder: string) {
  const database = openTestStore({ folder });
  const dataSources = new SqliteDataSourceRepository(database, silentLogger);
  const secrets = new SqliteSecretRepository(database);
  const parts = { secrets, clock: new FakeClock(), logger: silentLogger };
  const vault = new VaultManager({ ...parts, keyRing: new KeyRing({ ...parts, keychain }) });
  const refOf = ({ id }: DataSource) => ({ dataSourceId: id, field: 'password' });
  return {
    save: async (dataSource: DataSource, password: string): Promise<void> => {
      const sealed = await vault.prepareSeal(refOf(dataSource), password, endpointHash(dataSource));
      dataSources.transaction(() => {
        dataSources.put(dataSource);
        secrets.put(sealed);
      });
    },
    password: (id: string): Promise<string | null> => {
      const saved = dataSources.find(id);
      if (saved === null) throw new Error('It was not saved.');
      return vault.open(refOf(saved), endpointHash(saved));
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
    expect(readFileSync(join(folder, 'mooring.db')).includes(production.host)).toBe(true);
  });

  it.each([
    ['host', '$.host', 'evil.example.test'],
    ['port', '$.port', 6_543],
    ['user', '$.user', 'postgres'],
    ['database', '$.database', 'postgres'],
    ['TLS mode', '$.tls.mode', 'encrypt'],
    ['demo mark', '$.demo', 1],
  ])('does not get the password sent elsewhere by editing the %s', async (_, path, value) => {
    const folder = await folderWithPasswords();
    const json = path === '$.demo' ? "json('true')" : '?';
    const values = path === '$.demo' ? [path, production.id] : [path, value, production.id];
    edit(folder, `UPDATE data_sources SET fields = json_set(fields, ?, ${json}) WHERE id = ?`, ...values);
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
});
