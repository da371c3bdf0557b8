import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openTestStore } from '../../../tests/support/testStore.ts';
import { SqliteSecretRepository } from './SqliteSecretRepository.ts';

const someSecret = () => ({
  dataSourceId: randomUUID(),
  field: 'password',
  envelope: randomBytes(64),
  keyVersion: 1,
  revision: 1,
});

describe('SqliteSecretRepository', () => {
  it('gives back a sealed secret byte for byte and replaces it by data source and field', () => {
    const secrets = new SqliteSecretRepository(openTestStore());
    const password = someSecret();
    const passphrase = { ...password, field: 'passphrase', envelope: randomBytes(64) };
    secrets.put(password);
    secrets.put(passphrase);
    const next = { ...password, envelope: randomBytes(80), keyVersion: 2, revision: 2 };
    secrets.put(next);
    expect(secrets.find(next)).toEqual(next);
    expect(secrets.listFor(password.dataSourceId)).toEqual([passphrase, next]);
    expect(secrets.count()).toBe(2);

    secrets.remove(password);
    expect(secrets.find(password)).toBeNull();
    expect(secrets.listFor(password.dataSourceId)).toEqual([passphrase]);
  });

  it('keeps one vault id and the key versions, and has room for one active key only', () => {
    const database = openTestStore();
    const secrets = new SqliteSecretRepository(database);
    const record = { version: 1, state: 'active', check: randomBytes(32), createdAt: 5 } as const;
    secrets.addKeyVersion(record);
    expect(new SqliteSecretRepository(database).vaultId()).toBe(secrets.vaultId());
    expect(secrets.keyVersions()).toEqual([record]);
    expect(() => secrets.addKeyVersion({ ...record, version: 2 })).toThrow();
    expect(() => secrets.addKeyVersion({ ...record, state: 'retired' })).toThrow();
    expect(secrets.keyVersions()).toEqual([record]);
  });

  it('calls the store damaged when the vault’s id or a key record is: no key may be made in that case', () => {
    const database = openTestStore();
    const secrets = new SqliteSecretRepository(database);
    secrets.addKeyVersion({ version: 1, state: 'active', check: randomBytes(32), createdAt: 5 });
    database.prepare("UPDATE vault_keys SET state = 'strange'").run();
    expect(() => secrets.keyVersions()).toThrow(expect.objectContaining({ code: 'STORE_CORRUPT' }));
    database.prepare('DELETE FROM vault').run();
    expect(() => new SqliteSecretRepository(database)).toThrow(
      expect.objectContaining({ code: 'STORE_CORRUPT' }),
    );
  });
});
