import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import { sqlLanguageOf } from '../../../src/shared/engines/sqlLanguages.ts';
import type { RunInput } from '../../../src/shared/model/query.ts';
import { AppUnderTest } from '../../support/AppUnderTest.ts';
import { someFields, typedPassword } from '../../support/dataSources.ts';
import { fieldsFor } from '../../support/postgresClusterFields.ts';
import { openSession } from '../../support/postgresClusterSession.ts';

const { password, ...server } = inject('postgres');
const quiet = { signal: neverAborted };

const asAdmin = async (...statements: string[]): Promise<void> => {
  const admin = await openSession(fieldsFor(server), { password });
  try {
    for (const text of statements) await admin.query({ text }, quiet);
  } finally {
    await admin.close();
  }
};

beforeAll(async () => {
  await asAdmin(
    'CREATE DATABASE other_open',
    'CREATE DATABASE other_closed',
    'REVOKE CONNECT ON DATABASE other_closed FROM PUBLIC',
    "CREATE ROLE other_reader LOGIN PASSWORD 'pw-other'",
  );
  const inside = await openSession(fieldsFor({ ...server, database: 'other_open' }), { password });
  await inside.query({ text: 'CREATE TABLE only_here (id int)' }, quiet);
  await inside.close();
}, 60_000);

afterAll(() =>
  asAdmin(
    'DROP DATABASE other_open WITH (FORCE)',
    'DROP DATABASE other_closed WITH (FORCE)',
    'DROP ROLE other_reader',
  ),
);

/** An app with a saved data source, as a user who may not connect everywhere. */
async function start() {
  const app = new AppUnderTest();
  const fields = someFields({ ...server, user: 'other_reader' });
  const draft = { id: null, fields, secrets: typedPassword('pw-other') };
  const { id } = (await app.ok('dataSources.save', draft)).dataSource;
  await app.ok('dataSources.connect', { id, secret: null });
  return { app, id, draft };
}

const runOf = (sourceId: string, text: string): RunInput => ({
  ...{ tabId: randomUUID(), sourceId, parameters: [], acceptedRisks: [] },
  ...{ onError: 'stop', commit: 'auto', timeoutMs: null, rowLimit: null },
  statements: [{ text, data: null, modes: sqlLanguageOf('postgres').modes }],
});

describe('another database of the server of a data source', () => {
  it('is listed where the user may connect, and works with the stored password like a data source', async () => {
    const { app, id } = await start();
    const { databases } = await app.ok('server.databases', { id });
    const names = databases.map(({ name }) => name);
    expect(names).toContain('other_open');
    expect(databases.find(({ name }) => name === 'other_closed')?.refusal).toBe('missing-right');
    expect(names).not.toContain(server.database);
    expect(names).not.toContain('template1');
    const other = databases.find(({ name }) => name === 'other_open');
    if (other === undefined) throw new Error('It is not listed.');
    await app.ok('server.openDatabase', { id, database: 'other_open' });
    const batches = await app.stream('schema.names', { id: other.id });
    const nodes = batches.flatMap((batch) => batch.nodes);
    expect(nodes.some(({ name }) => name === 'only_here')).toBe(true);
    const messages = await app.stream('query.run', runOf(other.id, 'select current_database()'));
    expect(JSON.stringify(messages)).toContain('current_database');
    // Nothing of it is saved.
    const { dataSources } = await app.ok('dataSources.list', null);
    expect(dataSources.map(({ dataSource }) => dataSource.id)).toEqual([id]);
  });

  it('becomes a data source of its own, with the stored password', async () => {
    const { app, id } = await start();
    const { databases } = await app.ok('server.databases', { id });
    const other = databases.find(({ name }) => name === 'other_open')?.id ?? '';
    const { dataSource } = await app.ok('dataSources.duplicate', { id: other });
    expect(dataSource.name).toMatch(/ › other_open$/);
    await app.ok('dataSources.connect', { id: dataSource.id, secret: null });
    const messages = await app.stream('query.run', runOf(dataSource.id, 'select current_database()'));
    expect(JSON.stringify(messages)).not.toMatch(/"error":\{/);
    const closed = databases.find(({ name }) => name === 'other_closed')?.id ?? '';
    expect(await app.codeOf('dataSources.duplicate', { id: closed })).toBe('NOT_FOUND');
  });

  it('ends with its data source, and is edited with it', async () => {
    const { app, id, draft } = await start();
    const { databases } = await app.ok('server.databases', { id });
    const other = databases.find(({ name }) => name === 'other_open')?.id ?? '';
    await app.ok('server.openDatabase', { id, database: 'other_open' });
    const edit = {
      ...draft,
      id,
      fields: { ...draft.fields, readOnly: true },
      secrets: { password: { type: 'stored' } },
    };
    await app.ok('dataSources.save', edit as never);
    const messages = await app.stream('query.run', runOf(other, 'show default_transaction_read_only'));
    expect(messages.length).toBeGreaterThan(0);
    const refused = await app.stream('query.run', runOf(other, 'create temp table t (a int)'));
    expect(JSON.stringify(refused)).toMatch(/READ_ONLY/);
    await app.ok('dataSources.disconnect', { id });
    expect(await app.ok('dataSources.states', null)).toEqual({});
  });

  it('is never one that the server has not listed for this user', async () => {
    const { app, id } = await start();
    for (const database of ['other_closed', 'no_such_database', 'template0']) {
      expect(await app.codeOf('server.openDatabase', { id, database })).toBe('NOT_FOUND');
    }
    expect(
      await app.codeOf('schema.countRows', { id: randomUUID(), relation: { schema: 's', name: 'r' } }),
    ).toBe('NOT_FOUND');
  });
});
