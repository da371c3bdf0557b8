import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createVault } from '../../../src/main/app/createVault.ts';
import { openStore } from '../../../src/main/app/openStore.ts';
import { neverAborted } from '../../../src/main/base/abort.ts';
import { DataSourceService } from '../../../src/main/dataSources/DataSourceService.ts';
import { OtherDatabases } from '../../../src/main/dataSources/databases/OtherDatabases.ts';
import { SecretSource } from '../../../src/main/dataSources/secrets/SecretSource.ts';
import { SourceVerifier } from '../../../src/main/dataSources/secrets/SourceVerifier.ts';
import { silentLogger as logger } from '../../../src/main/observability/Logger.ts';
import type { ConnectionManager } from '../../../src/main/sessions/ConnectionManager.ts';
import type { DataSource, DataSourceChange, Draft } from '../../../src/shared/model/dataSource.ts';
import {
  edited,
  type FieldOverrides,
  someFields,
  storedPassword,
  typedPassword,
} from '../../support/dataSources.ts';
import { FakeClock } from '../../support/FakeClock.ts';
import { MemoryKeychain } from '../../support/MemoryKeychain.ts';
import { temporaryFolder } from '../../support/testStore.ts';

/** The manager's part here is only to be told; its own behaviour has its own tests. */
const noManager = { changed: async () => undefined, removed: async () => undefined };

/** Store, vault and service as the app builds them; `start` again is the next start of the app. */
function openService(folder = temporaryFolder(), keychain = new MemoryKeychain()) {
  const clock = new FakeClock();
  const store = openStore({ folder, keychain, clock, logger });
  onTestFinished(() => store.database.close());
  const { dataSources: repository, secrets, audit, backups } = store;
  const refuse = async () => false;
  const { vault, typed, obtained, release } = createVault({ store, ask: refuse, clock, logger });
  const verifier = new SourceVerifier({ repository, vault, typed, ask: refuse, audit });
  const manager = noManager as unknown as ConnectionManager;
  const backUp = () => backups.backUp();
  const guarded = { vault, obtained, release, verifier };
  const others = new OtherDatabases(repository);
  const options = { repository, ...guarded, others, manager, audit, backUp, clock, logger };
  const service = new DataSourceService(options);
  const changes: DataSourceChange[] = [];
  service.onChanged.on((change) => changes.push(change));
  return {
    service,
    /** What the window was told. */
    changes,
    /** The same service in an app that dies as it is about to write its line of the audit trail. */
    dying: new DataSourceService({
      ...options,
      audit: {
        record: () => {
          throw new Error('the app dies here');
        },
      },
    }),
    passwords: passwordsOf(new SecretSource({ repository, ...guarded, typed, audit })),
    repository,
    secrets,
    keychain,
    vault,
    typed,
    operations: () => audit.page({ before: null, limit: 100 }).entries.map(({ operation }) => operation),
    /** Changes the closed file behind the app's back, and starts again. */
    edit: (sql: string, ...values: unknown[]) => {
      store.database.close();
      const sqlite = new Sqlite(join(folder, 'mooring.db'));
      sqlite.prepare(sql).run(...values);
      sqlite.close();
      return openService(folder, keychain);
    },
    restart: () => {
      store.database.close();
      return openService(folder, keychain);
    },
  };
}

/** What the app knows of the one secret field that these data sources have. */
const passwordsOf = (secrets: SecretSource) => ({
  ofDataSource: (dataSource: DataSource) => secrets.ofDataSource(dataSource, 'password'),
  stored: (dataSource: DataSource) => secrets.stored(dataSource, 'password'),
  ofDraft: (unsaved: Draft, signal: AbortSignal) => secrets.ofDraft(unsaved, signal),
});

const draft = (secrets: Draft['secrets'], fields: FieldOverrides = {}, id: string | null = null): Draft => ({
  id,
  fields: someFields(fields),
  secrets,
});

const typed = typedPassword;

describe('DataSourceService over a real store and vault', () => {
  it('keeps a typed password so that only its data source opens it', async () => {
    const { service, passwords } = openService();
    const saved = await service.save(draft(typed('pässwörd 🔑')), neverAborted);
    expect(saved.secrets).toEqual({ password: { stored: true } });
    expect(await passwords.ofDataSource(saved.dataSource)).toBe('pässwörd 🔑');
  });

  it('keeps the stored password when something else than the endpoint is edited', async () => {
    const { service, passwords } = openService();
    const { dataSource } = await service.save(draft(typed('secret')), neverAborted);
    const recoloured = await service.save(
      draft(storedPassword, { color: 'red' }, dataSource.id),
      neverAborted,
    );
    expect(await passwords.ofDataSource(recoloured.dataSource)).toBe('secret');
  });

  it('asks for the password again when the host is edited and the person refuses, and saves nothing', async () => {
    const { service, passwords, repository } = openService();
    const { dataSource } = await service.save(draft(typed('secret')), neverAborted);
    const moved = draft(storedPassword, { host: 'evil.example.test' }, dataSource.id);
    await expect(service.save(moved, neverAborted)).rejects.toMatchObject({ code: 'PASSWORD_REQUIRED' });
    await expect(passwords.ofDraft(moved, neverAborted)).rejects.toMatchObject({ code: 'PASSWORD_REQUIRED' });
    expect(repository.find(dataSource.id)?.engine).toEqual(dataSource.engine);
  });

  it('refuses to open a password whose data source was edited behind its back', async () => {
    const { service, passwords } = openService();
    const { dataSource } = await service.save(draft(typed('secret')), neverAborted);
    const forged = edited(dataSource, { host: 'evil.example.test' });
    await expect(passwords.ofDataSource(forged)).rejects.toMatchObject({ code: 'SECRET_TAMPERED' });
  });

  it('saves neither fields nor password when the keychain is locked', async () => {
    const { service, keychain, vault } = openService();
    await service.save(draft(typed('first')), neverAborted);
    vault.lock();
    keychain.isLocked = true;
    await expect(service.save(draft(typed('second')), neverAborted)).rejects.toMatchObject({
      code: 'VAULT_LOCKED_OR_MISSING_KEY',
    });
    expect(service.list().dataSources).toHaveLength(1);
  });

  it('gives a copy its own name and its own sealed password', async () => {
    const { service, passwords, secrets } = openService();
    const { dataSource } = await service.save(draft(typed('secret')), neverAborted);
    const copy = await service.duplicate(dataSource.id, neverAborted);
    const again = await service.duplicate(dataSource.id, neverAborted);
    expect([copy.dataSource.name, again.dataSource.name]).toEqual(['Warehouse copy', 'Warehouse copy (2)']);
    await service.save(draft(typed('changed'), {}, dataSource.id), neverAborted);
    expect(await passwords.ofDataSource(copy.dataSource)).toBe('secret');
    expect(secrets.count()).toBe(3);
  });

  it('brings a deleted data source back with its password, until it is purged', async () => {
    const { service, passwords, repository, secrets } = openService();
    const { dataSource } = await service.save(draft(typed('secret')), neverAborted);
    await service.remove(dataSource.id);
    expect(service.list().dataSources).toEqual([]);
    const restored = service.restore(dataSource.id);
    expect(await passwords.ofDataSource(restored.dataSource)).toBe('secret');
    await service.remove(dataSource.id);
    repository.purgeRemoved();
    expect(secrets.count()).toBe(0);
    expect(() => service.restore(dataSource.id)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
  });

  it('forgets the password when the draft has none', async () => {
    const { service, secrets } = openService();
    const { dataSource } = await service.save(draft(typed('secret')), neverAborted);
    const saved = await service.save(draft({}, {}, dataSource.id), neverAborted);
    expect(saved.secrets).toEqual({});
    expect(secrets.count()).toBe(0);
  });

  it('keeps a password that goes where it went before, also while the keychain is locked', async () => {
    const { service, passwords, keychain, vault } = openService();
    const { dataSource } = await service.save(draft(typed('secret')), neverAborted);
    vault.lock();
    keychain.isLocked = true;
    const renamed = await service.save(
      draft(storedPassword, { name: 'Renamed' }, dataSource.id),
      neverAborted,
    );
    expect(renamed.integrity).toBe('unsigned');
    keychain.isLocked = false;
    expect(await passwords.ofDataSource(renamed.dataSource)).toBe('secret');
  });

  it('saves all of several data sources, each with a name of its own, or none of them', async () => {
    const { service, keychain, vault, operations } = openService();
    const recorded: string[] = [];
    const drafts = [draft(typed('one')), draft(typed('two')), draft({})];
    const saved = await service.saveAll(drafts, () => recorded.push('told'), neverAborted);
    expect(saved.map(({ dataSource }) => dataSource.name)).toEqual([
      'Warehouse',
      'Warehouse (2)',
      'Warehouse (3)',
    ]);
    expect(saved.map(({ secrets }) => 'password' in secrets)).toEqual([true, true, false]);
    expect(recorded).toEqual(['told']);
    expect(operations()).not.toContain('data-source.saved');

    vault.lock();
    keychain.isLocked = true;
    const failing = service.saveAll([draft({}), draft(typed('no key'))], () => undefined, neverAborted);
    await expect(failing).rejects.toMatchObject({ code: 'VAULT_LOCKED_OR_MISSING_KEY' });
    expect(service.list().dataSources).toHaveLength(3);
  });

  it('saves a password that was typed to connect, and tells the audit trail', async () => {
    const { service, passwords, operations } = openService();
    const { dataSource } = await service.save(draft({}), neverAborted);
    await service.keepSecret(dataSource.id, { field: 'password', value: 'typed' }, dataSource);
    expect(await passwords.stored(dataSource)).toBe('typed');
    expect(operations()).toEqual(['secret.used', 'secret.saved', 'vault.key-created', 'data-source.saved']);
  });

  it('prefers a password that was typed, and asks nothing of vault and keychain for it', async () => {
    const { service, passwords, keychain, typed: typedPasswords } = openService();
    const { dataSource } = await service.save(draft(typed('stored')), neverAborted);
    const readCount = keychain.readCount;
    keychain.isLocked = true;
    typedPasswords.set(dataSource.id, dataSource, { field: 'password', value: 'by hand' });
    expect(await passwords.ofDataSource(dataSource)).toBe('by hand');
    expect(keychain.readCount).toBe(readCount);
  });
});

describe('what the audit trail says of the list', () => {
  it('is written with the removal or not at all, and so for bringing back', async () => {
    const { service, dying } = openService();
    const { dataSource } = await service.save(draft({}), neverAborted);
    await expect(dying.remove(dataSource.id)).rejects.toThrow('dies');
    expect(service.list().dataSources).toHaveLength(1);
    await service.remove(dataSource.id);
    expect(() => dying.restore(dataSource.id)).toThrow('dies');
    expect(service.list().dataSources).toHaveLength(0);
  });

  it('is written with the removal of a damaged one or not at all', async () => {
    const first = openService();
    await first.service.save(draft({}), neverAborted);
    const { service, dying } = first.edit("UPDATE data_sources SET fields = 'no JSON'");
    const [damaged] = service.list().damaged;
    await expect(dying.removeDamaged(damaged?.id ?? '')).rejects.toThrow('dies');
    expect(service.list().damaged).toEqual([damaged]);
  });

  it('has a line for each removed data source that the next start deletes for good', async () => {
    const { service, restart } = openService();
    const { dataSource } = await service.save(draft({}), neverAborted);
    await service.save(draft({}, { name: 'Kept' }), neverAborted);
    await service.remove(dataSource.id);
    const { service: next, operations } = restart();
    expect(operations()[0]).toBe('data-source.purged');
    expect(operations().filter((operation) => operation === 'data-source.purged')).toHaveLength(1);
    expect(() => next.restore(dataSource.id)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
  });
});

describe('what the window is told of the list', () => {
  it('is what changed, numbered without a gap, so that the first list and the changes make the last list', async () => {
    const { service, changes } = openService();
    const { dataSource } = await service.save(draft(typed('secret')), neverAborted);
    await service.save(draft(storedPassword, { name: 'Renamed' }, dataSource.id), neverAborted);
    const copy = await service.duplicate(dataSource.id, neverAborted);
    await service.remove(dataSource.id);
    const restored = service.restore(dataSource.id);
    expect(changes.map(({ revision }) => revision)).toEqual([1, 2, 3, 4, 5]);
    expect(copy.revision).toBe(3);
    expect(changes[3]).toEqual({ type: 'some', revision: 4, changed: [], removed: [dataSource.id] });
    const { revision, ...summary } = restored;
    expect(changes[4]).toEqual({ type: 'some', revision, changed: [summary], removed: [] });
    expect(service.list()).toMatchObject({ revision: 5 });
    expect(service.list().dataSources).toContainEqual(summary);
  });

  it('is to read again after an import', async () => {
    const { service, changes } = openService();
    await service.saveAll([draft({}), draft({})], () => undefined, neverAborted);
    expect(changes).toEqual([{ type: 'all', revision: 1 }]);
    await service.save(draft({}), neverAborted);
    expect(service.list().dataSources.map(({ dataSource }) => dataSource.name)).toContain('Warehouse (3)');
  });

  it('never has one that was removed meanwhile: it is not saved or confirmed either', async () => {
    const { service, changes } = openService();
    const { dataSource } = await service.save(draft({}), neverAborted);
    await service.remove(dataSource.id);
    const toldCount = changes.length;
    const gone = { code: 'NOT_FOUND' };
    await expect(service.save(draft({}, {}, dataSource.id), neverAborted)).rejects.toMatchObject(gone);
    await expect(service.confirm(dataSource.id)).rejects.toMatchObject(gone);
    await expect(service.remove(dataSource.id)).rejects.toMatchObject(gone);
    expect(changes).toHaveLength(toldCount);
  });
});

describe('a data source that was changed outside of the app', () => {
  const rename = "UPDATE data_sources SET fields = replace(fields, 'Warehouse', 'Warehause')";

  it('is told as changed, keeps its password from every server, and works again once confirmed', async () => {
    const first = openService();
    const { dataSource } = await first.service.save(draft(typed('secret')), neverAborted);
    const { service, passwords, operations } = first.edit(rename);
    const [listed] = service.list().dataSources;
    expect(listed?.integrity).toBe('changed');
    await expect(passwords.stored(dataSource)).rejects.toMatchObject({ code: 'DATA_SOURCE_CHANGED' });
    expect(operations()[0]).toBe('data-source.changed-outside');

    const confirmed = await service.confirm(dataSource.id);
    expect(confirmed.integrity).toBe('intact');
    expect(await passwords.stored(confirmed.dataSource)).toBe('secret');
    expect(operations()).toContain('data-source.confirmed');
  });

  it('is found by its signature, although the digest was made to fit', async () => {
    const first = openService();
    const { dataSource } = await first.service.save(draft(typed('secret'), { readOnly: true }), neverAborted);
    const attacker = first.edit('SELECT 1');
    // What an attacker with this source code would do: save by the app's own code, without its key.
    const revisions = attacker.repository.inspect(dataSource.id)?.secretRevisions ?? {};
    attacker.repository.put({ ...dataSource, readOnly: false }, revisions);
    const forged = attacker.edit('UPDATE data_sources SET mac = ?, mac_key_version = 1', Buffer.alloc(32, 1));
    expect(forged.service.list().dataSources[0]?.integrity).toBe('unchecked');
    await expect(forged.passwords.stored(dataSource)).rejects.toMatchObject({ code: 'DATA_SOURCE_CHANGED' });
    expect(forged.service.list().dataSources[0]?.integrity).toBe('changed');
  });

  it('is found when it carries the signature of a key that is not the active one', async () => {
    const first = openService();
    const { dataSource } = await first.service.save(draft(typed('secret'), { readOnly: true }), neverAborted);
    const unknown = first.edit('UPDATE data_sources SET mac_key_version = 7');
    expect(unknown.service.list().dataSources[0]?.integrity).toBe('changed');

    await unknown.service.confirm(dataSource.id);
    const row = unknown.repository.inspect(dataSource.id);
    await unknown.vault.rotate(
      { destroyOldKey: false },
      { signal: neverAborted, onProgress: () => undefined },
    );
    expect(unknown.service.list().dataSources[0]?.integrity).toBe('intact');
    expect(await unknown.passwords.stored(dataSource)).toBe('secret');
    expect(row?.integrity).toBe('intact');
    const replayed = unknown.edit('UPDATE data_sources SET mac_key_version = 1');
    expect(replayed.service.list().dataSources[0]?.integrity).toBe('changed');
  });

  it('does not get an older password back, put under it alone', async () => {
    const first = openService();
    const { dataSource } = await first.service.save(draft(typed('old')), neverAborted);
    const row = first.secrets.find({ dataSourceId: dataSource.id, field: 'password' });
    await first.service.save(draft(typed('new'), {}, dataSource.id), neverAborted);
    const replayed = first.edit(
      'UPDATE secrets SET envelope = ?, revision = ?',
      row?.envelope,
      row?.revision,
    );
    const saved = replayed.service.list().dataSources[0]?.dataSource ?? dataSource;
    await expect(replayed.passwords.stored(saved)).rejects.toMatchObject({ code: 'SECRET_TAMPERED' });
  });

  it('gets no password that was put under it while it has none', async () => {
    const first = openService();
    const { dataSource } = await first.service.save(draft(typed('removed')), neverAborted);
    const row = first.secrets.find({ dataSourceId: dataSource.id, field: 'password' });
    await first.service.save(draft({}, {}, dataSource.id), neverAborted);
    const forged = first.edit(
      'INSERT INTO secrets (data_source_id, field, envelope, key_version, revision) VALUES (?, ?, ?, ?, ?)',
      dataSource.id,
      'password',
      row?.envelope,
      row?.keyVersion,
      row?.revision,
    );
    await expect(forged.passwords.stored(dataSource)).rejects.toMatchObject({ code: 'SECRET_TAMPERED' });
  });

  it('keeps the passwords of a session when a key is made for them', async () => {
    const { service, passwords, vault, restart } = openService();
    const work = { signal: neverAborted, onProgress: () => undefined };
    await vault.setMode({ mode: 'session' }, work);
    const { dataSource } = await service.save(draft(typed('held')), neverAborted);
    await vault.setMode({ mode: 'keychain' }, work);
    expect(await passwords.stored(dataSource)).toBe('held');
    const again = restart();
    expect(await again.passwords.stored(dataSource)).toBe('held');
    expect(again.service.list().dataSources[0]?.integrity).toBe('intact');
  });

  it('that cannot be read is listed, kept through a restart, and removed only into a backup', async () => {
    const first = openService();
    const { dataSource } = await first.service.save(draft(typed('secret')), neverAborted);
    await first.service.save(draft(typed('other'), { name: 'Other' }), neverAborted);
    const { service, restart } = first.edit(
      'UPDATE data_sources SET fields = replace(fields, \'"port":5432\', \'"port":0\') WHERE id = ?',
      dataSource.id,
    );
    expect(service.list().damaged).toEqual([
      { id: dataSource.id, name: 'Warehouse', problems: ['engine.config.port: too_small'] },
    ]);
    expect(service.list().dataSources.map((summary) => summary.dataSource.name)).toEqual(['Other']);
    await service.removeDamaged(dataSource.id);
    expect(restart().service.list().damaged).toEqual([]);
  });

  it('saved without a key is unsigned until it is confirmed', async () => {
    const { service, keychain, vault } = openService();
    await service.save(draft(typed('secret')), neverAborted);
    vault.lock();
    keychain.isLocked = true;
    const saved = await service.save(draft({}, { name: 'Offline' }), neverAborted);
    expect(saved.integrity).toBe('unsigned');
    keychain.isLocked = false;
    expect((await service.confirm(saved.dataSource.id)).integrity).toBe('intact');
  });
});
