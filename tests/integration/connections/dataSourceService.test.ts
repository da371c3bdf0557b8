import { describe, expect, it } from 'vitest';
import type { ConnectionManager } from '../../../src/main/connections/ConnectionManager.ts';
import { DataSourceService } from '../../../src/main/connections/DataSourceService.ts';
import { PasswordSource } from '../../../src/main/connections/PasswordSource.ts';
import { silentLogger } from '../../../src/main/observability/Logger.ts';
import { SqliteDataSourceRepository } from '../../../src/main/store/SqliteDataSourceRepository.ts';
import { SqliteSecretRepository } from '../../../src/main/store/SqliteSecretRepository.ts';
import { KeyRing } from '../../../src/main/vault/KeyRing.ts';
import { VaultManager } from '../../../src/main/vault/VaultManager.ts';
import type { DataSourceFields, Draft, PasswordInput } from '../../../src/shared/model/dataSource.ts';
import { someFields } from '../../support/dataSources.ts';
import { FakeClock } from '../../support/FakeClock.ts';
import { MemoryKeychain } from '../../support/MemoryKeychain.ts';
import { openTestStore } from '../../support/testStore.ts';

/** The manager's part here is only to be told; its own behaviour has its own tests. */
const noManager = { changed: async () => undefined, disconnect: async () => undefined };

function openService() {
  const database = openTestStore();
  const clock = new FakeClock();
  const logger = silentLogger;
  const repository = new SqliteDataSourceRepository(database, logger);
  const secrets = new SqliteSecretRepository(database);
  const keychain = new MemoryKeychain();
  const keyRing = new KeyRing({ keychain, secrets, clock, logger });
  const vault = new VaultManager({ keyRing, secrets, clock, logger });
  const manager = noManager as unknown as ConnectionManager;
  const service = new DataSourceService({ repository, secrets, vault, manager, clock, logger });
  return {
    service,
    repository,
    secrets,
    keychain,
    keyRing,
    passwords: new PasswordSource(repository, vault),
  };
}

const draft = (
  password: PasswordInput,
  fields: Partial<DataSourceFields> = {},
  id: string | null = null,
): Draft => ({ id, fields: someFields(fields), password });

const typed = (value: string): PasswordInput => ({ type: 'typed', value });

describe('DataSourceService over a real store and vault', () => {
  it('keeps a typed password so that only its data source opens it', async () => {
    const { service, passwords } = openService();
    const saved = await service.save(draft(typed('pässwörd 🔑')));
    expect(saved.password).toEqual({ stored: true });
    expect(await passwords.ofDataSource(saved.dataSource)).toBe('pässwörd 🔑');
  });

  it('keeps the stored password when something else than the host is edited', async () => {
    const { service, passwords } = openService();
    const { dataSource } = await service.save(draft(typed('secret')));
    const edited = await service.save(draft({ type: 'stored' }, { database: 'other' }, dataSource.id));
    expect(await passwords.ofDataSource(edited.dataSource)).toBe('secret');
  });

  it('asks for the password again when the host is edited, and saves nothing', async () => {
    const { service, passwords, repository } = openService();
    const { dataSource } = await service.save(draft(typed('secret')));
    const moved = draft({ type: 'stored' }, { host: 'evil.example.test' }, dataSource.id);
    await expect(service.save(moved)).rejects.toMatchObject({ code: 'PASSWORD_REQUIRED' });
    await expect(passwords.ofDraft(moved)).rejects.toMatchObject({ code: 'PASSWORD_REQUIRED' });
    expect(repository.find(dataSource.id)?.host).toBe(dataSource.host);
  });

  it('refuses to open a password whose data source was edited behind its back', async () => {
    const { service, passwords } = openService();
    const { dataSource } = await service.save(draft(typed('secret')));
    const forged = { ...dataSource, host: 'evil.example.test' };
    await expect(passwords.ofDataSource(forged)).rejects.toMatchObject({ code: 'SECRET_TAMPERED' });
  });

  it('saves neither fields nor password when the keychain is locked', async () => {
    const { service, keychain, keyRing } = openService();
    await service.save(draft(typed('first')));
    keyRing.lock();
    keychain.isLocked = true;
    await expect(service.save(draft(typed('second')))).rejects.toMatchObject({
      code: 'VAULT_LOCKED_OR_MISSING_KEY',
    });
    expect(service.list()).toHaveLength(1);
  });

  it('gives a copy its own name and its own sealed password', async () => {
    const { service, passwords, secrets } = openService();
    const { dataSource } = await service.save(draft(typed('secret')));
    const copy = await service.duplicate(dataSource.id);
    const again = await service.duplicate(dataSource.id);
    expect([copy.dataSource.name, again.dataSource.name]).toEqual(['Warehouse copy', 'Warehouse copy (2)']);
    await service.save(draft(typed('changed'), {}, dataSource.id));
    expect(await passwords.ofDataSource(copy.dataSource)).toBe('secret');
    expect(secrets.count()).toBe(3);
  });

  it('brings a deleted data source back with its password, until it is purged', async () => {
    const { service, passwords, repository, secrets } = openService();
    const { dataSource } = await service.save(draft(typed('secret')));
    await service.remove(dataSource.id);
    expect(service.list()).toEqual([]);
    const restored = service.restore(dataSource.id);
    expect(await passwords.ofDataSource(restored.dataSource)).toBe('secret');
    await service.remove(dataSource.id);
    repository.purgeRemoved();
    expect(secrets.count()).toBe(0);
    expect(() => service.restore(dataSource.id)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
  });

  it('forgets the password when the draft has none', async () => {
    const { service, secrets } = openService();
    const { dataSource } = await service.save(draft(typed('secret')));
    const saved = await service.save(draft({ type: 'none' }, {}, dataSource.id));
    expect(saved.password).toEqual({ stored: false });
    expect(secrets.count()).toBe(0);
  });
});
