import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, inject, it } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import { sqlLanguageOf } from '../../../src/shared/engines/sqlLanguages.ts';
import type { RunInput } from '../../../src/shared/model/query.ts';
import { typedPassword } from '../../support/dataSources.ts';
import { fieldsFor } from '../../support/postgresClusterFields.ts';
import { type ServicesUnderTestOptions, servicesUnderTest } from '../../support/servicesUnderTest.ts';

const server = inject('postgres');
const { modes } = sqlLanguageOf('postgres');

type App = ReturnType<typeof servicesUnderTest>;

async function run(app: App, sourceId: string, ...texts: string[]): Promise<void> {
  const parameters: RunInput['parameters'] = [{ name: 'card', type: 'text', value: 'bound-secret' }];
  const input: RunInput = {
    ...{ tabId: randomUUID(), sourceId, parameters, acceptedRisks: [] },
    ...{ onError: 'continue', commit: 'auto', timeoutMs: null, rowLimit: null },
    statements: texts.map((text) => ({ text, data: null, modes })),
  };
  for await (const _batch of app.query.run(input, neverAborted));
}

const statementsOf = async (app: App, id: string) => {
  const sort = { column: 'calls', isDescending: true } as const;
  const input = { id, search: '', sort, offset: 0, limit: 100, revision: null };
  return (await app.statistics.page(input))?.statements ?? [];
};

async function appWithSource(options: ServicesUnderTestOptions = {}) {
  const app = servicesUnderTest(options);
  const draft = { id: null, fields: fieldsFor(server), secrets: typedPassword(server.password) };
  const { dataSource } = await app.dataSources.save(draft, neverAborted);
  return { app, dataSource };
}

describe('query statistics in the app', () => {
  it('count what people run, over a restart, and keep no value', async () => {
    const { app, dataSource } = await appWithSource();
    const { id } = dataSource;
    await run(
      app,
      id,
      ...['select 17 as n', 'SELECT 18 AS n', "select 'typed-secret', :card::text"],
      ...['select * from generate_series(1, 5000)', 'select * from missing'],
    );
    const before = await statementsOf(app, id);
    expect(before.map(({ text, calls, rows, errors }) => [text, calls, rows, errors])).toEqual(
      expect.arrayContaining([
        ['select ? as n', 2, 2, 0],
        ['select ?, ?::text', 1, 1, 0],
        ['select * from generate_series(?, ?)', 1, 5_000, 0],
        ['select * from missing', 1, 0, 1],
      ]),
    );
    expect(before).toHaveLength(4);
    const failed = before.find(({ errors }) => errors > 0)?.fingerprint ?? '';
    expect(app.statistics.detail(id, failed).errors).toEqual([{ code: '42P01', count: 1 }]);
    await app.shutdown();
    const sqlite = new Sqlite(join(app.folder, 'mooring.db'), { readonly: true });
    const kept = JSON.stringify(sqlite.prepare('SELECT * FROM statement_statistics').all());
    sqlite.close();
    expect(kept).toContain('generate_series(?, ?)');
    expect(kept).not.toMatch(/typed-secret|bound-secret/);

    const again = servicesUnderTest({ folder: app.folder, keychain: app.keychain });
    expect(await statementsOf(again, id)).toEqual(before);
    again.statistics.reset(id);
    expect(await statementsOf(again, id)).toEqual([]);
  });

  it('are not kept when that is not wanted', async () => {
    const { app, dataSource } = await appWithSource();
    await run(app, dataSource.id, 'select 1');
    app.app.setPreferences({ ...app.app.preferences(), keepsStatistics: false });
    expect(await statementsOf(app, dataSource.id)).toHaveLength(1);
    await app.shutdown();
    const again = servicesUnderTest({ folder: app.folder, keychain: app.keychain });
    expect(await statementsOf(again, dataSource.id)).toEqual([]);
  });

  it('mark what is slower than the threshold of the data source, as it is saved now', async () => {
    const { app, dataSource } = await appWithSource();
    // Twice the threshold below, by the server's clock; nothing here waits for a time to pass.
    const slow = 'select pg_sleep(0.02)';
    await run(app, dataSource.id, slow);
    const { id, createdAt: _created, updatedAt: _updated, ...fields } = dataSource;
    const timeouts = { ...fields.timeouts, slowStatementMs: 10 };
    await app.dataSources.save(
      { id, fields: { ...fields, timeouts }, secrets: { password: { type: 'stored' } } },
      neverAborted,
    );
    await run(app, id, slow);
    expect(await statementsOf(app, id)).toMatchObject([{ calls: 2, slow: 1 }]);
  });
});
