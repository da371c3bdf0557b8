import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { someDataSource } from '../../../tests/support/dataSources.ts';
import { FakeClock } from '../../../tests/support/FakeClock.ts';
import { MemoryDataSources } from '../../../tests/support/MemoryDataSources.ts';
import { temporaryFolder } from '../../../tests/support/testStore.ts';
import { AppError } from '../base/AppError.ts';
import { neverAborted } from '../base/abort.ts';
import { DataSourceExporter } from './DataSourceExporter.ts';
import { readImport } from './readImport.ts';

const passphrase = 'correct horse battery';
const sealing = { type: 'passphrase', passphrase } as const;
const withoutSecrets = { type: 'no-secrets' } as const;

function setUp() {
  const path = join(temporaryFolder(), 'backup.mooring');
  const saved = new MemoryDataSources();
  const asked: string[] = [];
  const chosen: { path: string | null } = { path };
  const exporter = new DataSourceExporter({
    source: saved,
    secrets: saved,
    dialogs: {
      chooseTarget: async (name) => {
        asked.push(name);
        return chosen.path;
      },
      chooseSource: async () => null,
    },
    clock: new FakeClock(new Date(2026, 2, 7).getTime()),
  });
  const exportAll = (protection: typeof sealing | typeof withoutSecrets, signal = neverAborted) =>
    exporter.export({ ids: [...saved.dataSources.keys()], protection }, signal);
  return { path, saved, asked, chosen, exporter, exportAll };
}

const readBack = async (path: string) => {
  const read = await readImport(readFileSync(path));
  return read.type === 'sealed' ? read.open(passphrase) : read.entries;
};

describe('DataSourceExporter', () => {
  it('writes a readable file that holds no password and asks the vault for none', async () => {
    const { path, saved, asked, exportAll } = setUp();
    const one = saved.add(someDataSource({ name: 'One' }), 'hunter2');
    saved.passwordErrors.set(one.id, new Error('The vault was asked.'));
    expect(await exportAll(withoutSecrets)).toEqual({
      outcome: 'saved',
      fileName: 'backup.mooring',
      dataSourceCount: 1,
      secretCount: 0,
      withoutSecret: [],
    });
    expect(asked).toEqual(['mooring-data-sources-2026-03-07.mooring']);
    expect(readFileSync(path, 'utf8')).not.toMatch(/hunter2|secret/);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const { id, createdAt: _createdAt, updatedAt: _updatedAt, ...fields } = one;
    expect(await readBack(path)).toEqual([
      { type: 'readable', id, folder: null, fields, secrets: new Map(), notes: [] },
    ]);
  });

  it('writes passwords only where nobody can read them', async () => {
    const { path, saved, exportAll } = setUp();
    saved.add(someDataSource({ name: 'With' }), 'hunter2');
    saved.add(someDataSource({ name: 'Without' }));
    saved.add(someDataSource({ name: 'Demo', origin: 'demo' }));
    expect(await exportAll(sealing)).toMatchObject({ dataSourceCount: 3, secretCount: 1, withoutSecret: [] });
    const bytes = readFileSync(path, 'latin1');
    for (const text of ['hunter2', Buffer.from('hunter2').toString('base64').slice(0, 8), 'With']) {
      expect(bytes).not.toContain(text);
    }
    expect(await readBack(path)).toMatchObject([
      { secrets: new Map([['password', Buffer.from('hunter2')]]) },
      { secrets: new Map() },
      { secrets: new Map(), fields: { origin: 'demo' } },
    ]);
  });

  it('leaves out a password that does not open, and names its data source', async () => {
    const { path, saved, exportAll } = setUp();
    const codes = ['SECRET_TAMPERED', 'DATA_SOURCE_CHANGED', 'VAULT_WRONG_KEY'] as const;
    for (const code of codes) {
      const { id } = saved.add(someDataSource({ name: code }), 'lost');
      saved.passwordErrors.set(id, new AppError(code, { title: code }));
    }
    saved.add(someDataSource({ name: 'Good' }), 'hunter2');
    expect(await exportAll(sealing)).toMatchObject({ secretCount: 1, withoutSecret: [...codes] });
    const passwords = (await readBack(path)).map((entry) =>
      entry.type === 'readable' ? entry.secrets.get('password') : null,
    );
    expect(passwords).toEqual([undefined, undefined, undefined, Buffer.from('hunter2')]);
  });

  it.each(['VAULT_UNAVAILABLE', 'VAULT_PASSPHRASE_REQUIRED', 'VAULT_LOCKED_OR_MISSING_KEY'] as const)(
    'writes no backup without passwords when the vault is closed (%s)',
    async (code) => {
      const { path, saved, exportAll } = setUp();
      const { id } = saved.add(someDataSource(), 'hunter2');
      saved.passwordErrors.set(id, new AppError(code, { title: code }));
      await expect(exportAll(sealing)).rejects.toMatchObject({ code });
      expect(existsSync(path)).toBe(false);
    },
  );

  it('writes nothing that could not be imported again', async () => {
    const { path, saved, exportAll } = setUp();
    const caPem = `-----BEGIN CERTIFICATE-----\n${'A'.repeat(65_000)}\n-----END CERTIFICATE-----`;
    for (let count = 0; count < 260; count += 1) {
      saved.add(someDataSource({ name: `With a certificate ${count}`, tls: { mode: 'verify-ca', caPem } }));
    }
    await expect(exportAll(withoutSecrets)).rejects.toMatchObject({ code: 'TOO_LARGE' });
    await expect(exportAll(sealing)).rejects.toMatchObject({ code: 'TOO_LARGE' });
    expect(existsSync(path)).toBe(false);
  });

  it('writes nothing when the dialog is cancelled, a data source is gone, or the call was given up', async () => {
    const { path, saved, chosen, exporter, exportAll } = setUp();
    saved.add(someDataSource());
    await expect(exportAll(sealing, AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
    const ids = [someDataSource().id];
    const gone = exporter.export({ ids, protection: withoutSecrets }, neverAborted);
    await expect(gone).rejects.toMatchObject({ code: 'NOT_FOUND' });
    chosen.path = null;
    expect(await exportAll(withoutSecrets)).toEqual({ outcome: 'cancelled' });
    expect(existsSync(path)).toBe(false);
  });
});
