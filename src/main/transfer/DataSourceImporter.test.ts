import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type FieldOverrides,
  postgresConfig,
  someDataSource,
  someFields,
} from '../../../tests/support/dataSources.ts';
import { FakeClock } from '../../../tests/support/FakeClock.ts';
import { MemoryDataSources } from '../../../tests/support/MemoryDataSources.ts';
import { temporaryFolder } from '../../../tests/support/testStore.ts';
import type { ImportAction, ImportPreview } from '../../shared/model/transfer.ts';
import type { AuditRecord } from '../audit/Audit.ts';
import { AppError } from '../base/AppError.ts';
import { neverAborted } from '../base/abort.ts';
import { DataSourceImporter } from './DataSourceImporter.ts';
import { ExportDocument } from './ExportDocument.ts';
import type { FileEntry } from './exportFormat.ts';

const passphrase = 'correct horse battery';

function setUp() {
  const path = join(temporaryFolder(), 'backup.mooring');
  const saved = new MemoryDataSources();
  const audited: AuditRecord[] = [];
  const clock = new FakeClock();
  const backups = { count: 0, error: null as Error | null };
  const importer = new DataSourceImporter({
    dialogs: { chooseTarget: async () => null, chooseSource: async () => path },
    target: saved,
    backUp: async () => {
      if (backups.error !== null) throw backups.error;
      backups.count += 1;
    },
    audit: { record: (record) => audited.push(record) },
    clock,
  });

  const write = async (entries: readonly FileEntry[], isSealed = false) => {
    const document = new ExportDocument();
    for (const entry of entries) document.add(entry);
    writeFileSync(path, isSealed ? await document.sealed(passphrase) : document.readable());
  };
  const openFile = async () => importer.open(neverAborted);
  const apply = (importId: string, ...actions: ImportAction[]) => {
    const choices = actions.map((action, index) => ({ index, action }));
    return importer.apply({ importId, choices, withSecrets: true }, neverAborted);
  };
  return { path, saved, audited, clock, backups, importer, write, openFile, apply };
}

const idOf = (preview: ImportPreview): string => {
  if (preview.outcome === 'cancelled') throw new Error('Expected an open import.');
  return preview.importId;
};
const named = (name: string, overrides: FieldOverrides = {}): FileEntry => ({
  fields: someFields({ name, ...overrides }),
});

describe('DataSourceImporter, reading', () => {
  it('shows what is in a file and whose name is taken, and saves nothing', async () => {
    const { saved, write, openFile, backups } = setUp();
    const same = saved.add(someDataSource({ name: 'Same', host: 'db.example.test' }));
    const other = saved.add(someDataSource({ name: 'Other' }));
    await write([
      named('New', { host: '2001:db8::1' }),
      named(' sAME ', { host: 'DB.example.test' }),
      named('Other', { port: 5433 }),
    ]);
    expect(await openFile()).toMatchObject({
      outcome: 'ready',
      fileName: 'backup.mooring',
      items: [
        { index: 0, name: 'New', address: 'analyst@[2001:db8::1]:5432/warehouse', conflict: null },
        { index: 1, conflict: { id: same.id, name: 'Same', isSameAddress: true } },
        { index: 2, conflict: { id: other.id, name: 'Other', isSameAddress: false } },
      ],
    });
    expect([saved.dataSources.size, backups.count]).toEqual([2, 0]);
  });

  it('means, of several with the same name, the one that the file came from', async () => {
    const { saved, write, openFile } = setUp();
    saved.add(someDataSource({ name: 'Prod' }));
    const origin = saved.add(someDataSource({ name: 'PROD' }));
    await write([{ id: origin.id, fields: someFields({ name: 'prod' }) }]);
    expect(await openFile()).toMatchObject({ items: [{ conflict: { id: origin.id } }] });
  });

  it('shows no password, and lets a passphrase be typed again', async () => {
    const { write, openFile, importer } = setUp();
    await write([{ ...named('Secret'), secrets: { password: 'hunter2' } }], true);
    const locked = await openFile();
    expect(locked).toMatchObject({ outcome: 'locked' });
    const importId = idOf(locked);
    const wrong = importer.unlock(importId, 'something else', neverAborted);
    await expect(wrong).rejects.toMatchObject({ code: 'IMPORT_NOT_OPENED' });
    const ready = await importer.unlock(importId, passphrase, neverAborted);
    expect(ready).toMatchObject({ outcome: 'ready', importId, items: [{ hasSecret: true }] });
    expect(JSON.stringify(ready)).not.toContain('hunter2');
  });

  it('does not import an encrypted file before it was opened', async () => {
    const { write, openFile, apply } = setUp();
    await write([named('Secret')], true);
    await expect(apply(idOf(await openFile()), 'add')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('forgets a file after ten minutes, when it is discarded, when the app is locked, and the oldest of five', async () => {
    const { clock, write, openFile, apply, importer } = setUp();
    await write([named('One')]);
    const gone = async (importId: string) =>
      expect(apply(importId, 'add')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const old = idOf(await openFile());
    await clock.advance(10 * 60_000);
    await gone(old);
    const discarded = idOf(await openFile());
    importer.discard(discarded);
    await gone(discarded);
    const five = [];
    for (let count = 0; count < 5; count += 1) five.push(idOf(await openFile()));
    await gone(five[0] ?? '');
    expect(await apply(five[1] ?? '', 'add')).toMatchObject({ addedCount: 1 });
    importer.discardAll();
    await gone(five[4] ?? '');
    expect(clock.pendingCount).toBe(0);
  });

  it('keeps no secret when the window leaves while the file is being opened', async () => {
    const { clock, write, openFile, importer } = setUp();
    await write([{ ...named('Secret'), secrets: { password: 'hunter2' } }], true);
    const leaving = new AbortController();
    const unlocking = importer.unlock(idOf(await openFile()), passphrase, leaving.signal);
    leaving.abort();
    await expect(unlocking).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(clock.pendingCount).toBe(0);
  });
});

describe('DataSourceImporter, applying', () => {
  it('adds, replaces, keeps both and skips as chosen, after a backup', async () => {
    const { saved, audited, backups, write, openFile, apply } = setUp();
    const replaced = saved.add(someDataSource({ name: 'Replace', createdAt: 77 }), 'old');
    const kept = saved.add(someDataSource({ name: 'Keep' }), 'kept');
    await write([named('New'), named('Replace', { color: 'red' }), named('Keep'), named('Not this')]);
    const report = await apply(idOf(await openFile()), 'add', 'replace', 'keep-both');
    expect(report).toEqual({
      addedCount: 2,
      replacedCount: 1,
      skippedCount: 1,
      secretCount: 0,
      notes: [{ name: 'Keep', note: 'It is “Keep (2)” now, since its name was taken.' }],
      placements: [],
    });
    expect([...saved.dataSources.values()].map(({ name }) => name)).toEqual([
      'Replace',
      'Keep',
      'New',
      'Keep (2)',
    ]);
    expect(saved.dataSources.get(replaced.id)).toMatchObject({ color: 'red', createdAt: 77 });
    expect(saved.dataSources.get(kept.id)).toEqual(kept);
    expect(backups.count).toBe(1);
    expect(audited).toEqual([
      {
        operation: 'transfer.imported',
        details: { addedCount: 2, replacedCount: 1, skippedCount: 1, secretCount: 0 },
      },
    ]);
  });

  it('never hands a stored password to an address that a file names', async () => {
    const changes: FieldOverrides[] = [
      { host: 'evil.example.test' },
      { port: 5433 },
      { user: 'other' },
      { database: 'other' },
      { tls: { mode: 'encrypt', caPem: null } },
    ];
    for (const change of changes) {
      const { saved, write, openFile, apply } = setUp();
      const { id } = saved.add(someDataSource(), 'hunter2');
      await write([named('Warehouse', change)]);
      const report = await apply(idOf(await openFile()), 'replace');
      expect(saved.passwords.has(id)).toBe(false);
      expect(report.notes).toEqual([
        { name: 'Warehouse', note: expect.stringContaining('saved password was removed') },
      ]);
    }
  });

  it('leaves a stored password where it is when it goes to the same address', async () => {
    const { saved, write, openFile, apply } = setUp();
    const { id } = saved.add(someDataSource(), 'hunter2');
    await write([named('Warehouse', { color: 'red' })]);
    expect((await apply(idOf(await openFile()), 'replace')).notes).toEqual([]);
    expect(saved.passwords.get(id)).toBe('hunter2');
  });

  it('brings in the passwords of an encrypted file', async () => {
    const { saved, write, openFile, apply, importer } = setUp();
    const { id } = saved.add(someDataSource({ name: 'Old' }), 'old');
    const withPassword = (name: string, password: string) => ({ ...named(name), secrets: { password } });
    await write([withPassword('Old', 'new 🔑'), withPassword('New', '')], true);
    const importId = idOf(await openFile());
    await importer.unlock(importId, passphrase, neverAborted);
    expect(await apply(importId, 'replace', 'add')).toMatchObject({ secretCount: 2 });
    expect(saved.passwords.get(id)).toBe('new 🔑');
    expect([...saved.passwords.values()]).toEqual(['new 🔑', '']);
  });

  it('brings in an access token of 8,000 characters and a bundle of authorities of 200 kB', async () => {
    const { saved, write, openFile, apply, importer } = setUp();
    const token = 'eyJ0eXAi.'.repeat(900).slice(0, 8_000);
    const caPem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'.repeat(3_700);
    const tls = { mode: 'verify-full', caPem } as const;
    await write([{ ...named('Cloud', { tls }), secrets: { password: token } }], true);
    const importId = idOf(await openFile());
    await importer.unlock(importId, passphrase, neverAborted);
    expect(await apply(importId, 'add')).toMatchObject({ secretCount: 1 });
    expect([...saved.passwords.values()]).toEqual([token]);
    expect([...saved.dataSources.values()]).toMatchObject([{ engine: { config: { tls } } }]);
  });

  it('gives imported ones new ids', async () => {
    const { saved, write, openFile, apply } = setUp();
    const existing = saved.add(someDataSource({ name: 'Existing' }));
    await write([{ id: existing.id, fields: someFields({ name: 'Same id, other name' }) }]);
    await apply(idOf(await openFile()), 'add');
    expect(saved.dataSources.get(existing.id)).toEqual(existing);
    expect(saved.dataSources.size).toBe(2);
  });

  it('imports what can be read of a file, and says why the rest was not', async () => {
    const { path, saved, openFile, apply } = setUp();
    const dataSources = [{ fields: someFields({ name: 'Broken', port: 0 }) }, named('Good')];
    writeFileSync(path, JSON.stringify({ format: 'mooring-data-sources', version: 2, dataSources }));
    const report = await apply(idOf(await openFile()), 'add', 'add');
    expect(report).toMatchObject({ addedCount: 1, skippedCount: 1, notes: [{ name: 'Broken' }] });
    expect(saved.dataSources.size).toBe(1);
  });

  it('says in which folders those stood that come from another product, unless they replace one', async () => {
    const { path, saved, openFile, apply } = setUp();
    const kept = saved.add(someDataSource({ name: 'Kept' }));
    const server = (Name: string, Group: string) => ({
      ...{ Name, Group, Host: 'db.example.test', Port: 5432, MaintenanceDB: 'shop', Username: 'ann' },
      ConnectionParameters: { sslmode: 'require' },
    });
    const servers = [server('New', 'Work'), server('Kept', 'Work'), server('Loose', 'Servers')];
    writeFileSync(path, JSON.stringify({ Servers: { ...servers } }));
    const preview = await openFile();
    expect(preview).toMatchObject({ items: [{ folder: 'Work' }, { folder: 'Work' }, { folder: null }] });
    const { placements } = await apply(idOf(preview), 'add', 'replace', 'add');
    const added = [...saved.dataSources.values()].find(({ name }) => name === 'New');
    expect(placements).toEqual([{ id: added?.id, folder: 'Work' }]);
    expect(placements).not.toContainEqual({ id: kept.id, folder: 'Work' });
  });

  it('replaces a saved one once, however often the file has its name', async () => {
    const { saved, write, openFile, apply } = setUp();
    saved.add(someDataSource({ name: 'Twice' }));
    await write([named('Twice', { port: 1 }), named('Twice', { port: 2 })]);
    const report = await apply(idOf(await openFile()), 'replace', 'replace');
    expect(report).toMatchObject({ addedCount: 1, replacedCount: 1 });
    expect([...saved.dataSources.values()].map((one) => [one.name, postgresConfig(one).port])).toEqual([
      ['Twice', 1],
      ['Twice (2)', 2],
    ]);
  });

  it('refuses choices that do not fit, saves nothing, and lets them be corrected', async () => {
    const { saved, backups, write, openFile, apply, importer } = setUp();
    saved.add(someDataSource({ name: 'Taken' }));
    await write([named('Taken')]);
    const importId = idOf(await openFile());
    const twice = { index: 0, action: 'skip' } as const;
    await expect(apply(importId, 'add')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    for (const choices of [[twice, twice], [{ index: 1, action: 'add' as const }]]) {
      const applying = importer.apply({ importId, choices, withSecrets: true }, neverAborted);
      await expect(applying).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    }
    expect([saved.dataSources.size, backups.count]).toEqual([1, 0]);
    expect(await apply(importId, 'skip')).toMatchObject({ skippedCount: 1 });
    expect(backups.count).toBe(0);
  });

  it('replaces and adds nothing but what the person was shown', async () => {
    const { saved, write, openFile, apply } = setUp();
    const shown = saved.add(someDataSource({ name: 'Shown' }));
    await write([named('Shown'), named('Free')]);
    const importId = idOf(await openFile());
    saved.dataSources.delete(shown.id);
    const another = saved.add(someDataSource({ name: 'shown', id: randomUUID() }));
    await expect(apply(importId, 'replace')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    saved.add(someDataSource({ name: 'Free' }));
    await expect(apply(importId, 'skip', 'add')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(saved.dataSources.get(another.id)).toEqual(another);
  });

  it('changes nothing when the backup or the saving fails, and can be tried again', async () => {
    const { saved, audited, backups, write, openFile, apply } = setUp();
    await write([named('New')]);
    const importId = idOf(await openFile());
    backups.error = new AppError('DISK_FULL', { title: 'Full' });
    await expect(apply(importId, 'add')).rejects.toMatchObject({ code: 'DISK_FULL' });
    backups.error = null;
    saved.saveError = new AppError('VAULT_UNAVAILABLE', { title: 'No keychain' });
    await expect(apply(importId, 'add')).rejects.toMatchObject({ code: 'VAULT_UNAVAILABLE' });
    expect([saved.dataSources.size, audited]).toEqual([0, []]);
    expect(await apply(importId, 'add')).toMatchObject({ addedCount: 1 });
  });

  it('imports once when it is asked twice', async () => {
    const { saved, write, openFile, apply } = setUp();
    await write([named('New')]);
    const importId = idOf(await openFile());
    const both = await Promise.allSettled([apply(importId, 'add'), apply(importId, 'add')]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(saved.dataSources.size).toBe(1);
  });
});
