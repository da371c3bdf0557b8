import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openTestVaultStore } from '../../../tests/support/testStore.ts';
import type { KeyVersionRecord } from '../vault/VaultRepository.ts';
import { SqliteVaultRepository } from './SqliteVaultRepository.ts';

const someKey = (overrides: Partial<KeyVersionRecord> = {}): KeyVersionRecord => ({
  version: 1,
  state: 'active',
  check: randomBytes(32),
  createdAt: 5,
  retiredAt: null,
  home: 'keychain',
  itemNumber: 7,
  isWrapped: false,
  wrapped: null,
  ...overrides,
});

const corrupt = expect.objectContaining({ code: 'STORE_CORRUPT' });

describe('SqliteVaultRepository', () => {
  it('keeps one vault id, the protection and the last rotation', () => {
    const { database, vault } = openTestVaultStore();
    expect(vault.protection()).toEqual({ mode: null, hasPassphrase: false });
    expect(vault.lastRotationAt()).toBeNull();
    vault.setProtection({ mode: 'passphrase', hasPassphrase: true });
    vault.setLastRotationAt(9);

    const again = new SqliteVaultRepository(database);
    expect(again.vaultId()).toBe(vault.vaultId());
    expect(again.protection()).toEqual({ mode: 'passphrase', hasPassphrase: true });
    expect(again.lastRotationAt()).toBe(9);
  });

  it('gives back each key version as it was put, replaces it by version, and removes it', () => {
    const { vault } = openTestVaultStore();
    const retired = someKey({ state: 'retired', retiredAt: 8 });
    const inFile = someKey({ version: 2, home: 'file', isWrapped: true, wrapped: randomBytes(100) });
    const next = someKey({ version: 3, state: 'next', isWrapped: true, itemNumber: 2 ** 47 });
    for (const record of [next, inFile, someKey({ version: 1, state: 'next' }), retired]) {
      vault.putKeyVersion(record);
    }
    expect(vault.keyVersions()).toEqual([retired, inFile, next]);
    vault.removeKeyVersion(2);
    expect(vault.keyVersions()).toEqual([retired, next]);
  });

  it('has room for one active key only', () => {
    const { vault } = openTestVaultStore();
    const active = someKey();
    vault.putKeyVersion(active);
    expect(() => vault.putKeyVersion(someKey({ version: 2 }))).toThrow();
    expect(vault.keyVersions()).toEqual([active]);
  });

  it('remembers each leftover once, until it is taken back', () => {
    const { vault } = openTestVaultStore();
    for (const account of ['b', 'a', 'b']) vault.addLeftover(account);
    expect(vault.leftovers()).toEqual(['a', 'b']);
    vault.removeLeftover('b');
    expect(vault.leftovers()).toEqual(['a']);
  });

  it('undoes everything of a transaction that fails, also what other repositories wrote', () => {
    const { vault, secrets } = openTestVaultStore();
    const work = () =>
      vault.transaction(() => {
        vault.putKeyVersion(someKey());
        const envelope = randomBytes(40);
        secrets.put({ dataSourceId: 'a', field: 'password', envelope, keyVersion: 1, revision: 1 });
        throw new Error('The third step failed.');
      });
    expect(work).toThrow('third step');
    expect(vault.keyVersions()).toEqual([]);
    expect(secrets.count()).toBe(0);
  });

  it.each([
    ['its state is none', "UPDATE vault_keys SET state = 'strange'"],
    ['it is to be in the file and is not', "UPDATE vault_keys SET home = 'file'"],
    ['it is in the file without a passphrase', "UPDATE vault_keys SET home = 'file', wrapped = x'00'"],
    ['it is in two places', "UPDATE vault_keys SET wrapped = x'00'"],
    ['its version is none', 'UPDATE vault_keys SET version = 0'],
  ])('calls the store damaged when of a key record %s: no key may be trusted or made', (_, damage) => {
    const { database, vault } = openTestVaultStore();
    vault.putKeyVersion(someKey());
    database.prepare(damage).run();
    expect(() => vault.keyVersions()).toThrow(corrupt);
  });

  it.each([
    ['is gone', 'DELETE FROM vault'],
    ['has no id', "UPDATE vault SET vault_id = 'x'"],
    ['has a mode that is none', "UPDATE vault SET mode = 'plain'"],
    ['is there twice', "INSERT INTO vault (vault_id) VALUES ('x')"],
  ])('calls the store damaged when the vault’s row %s', (_, damage) => {
    const { database, vault } = openTestVaultStore();
    database.prepare(damage).run();
    expect(() => vault.protection()).toThrow(corrupt);
    expect(() => new SqliteVaultRepository(database)).toThrow(corrupt);
  });
});
