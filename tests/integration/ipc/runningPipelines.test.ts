import pg from 'pg';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import type { Pipeline } from '../../../src/shared/model/pipelines.ts';
import { AppUnderTest } from '../../support/AppUnderTest.ts';
import { someFields } from '../../support/dataSources.ts';
import { somePipeline } from '../../support/somePipeline.ts';

/** An app with a data source on the shared server, with a table of the test's own. */
async function appOnServer(): Promise<{ app: AppUnderTest; pipeline: Pipeline }> {
  const { host, port, user, database, password } = inject('postgres');
  const client = new pg.Client({ host, port, user, database, password });
  await client.connect();
  const schema = `previews_${Date.now()}`;
  await client.query(`CREATE SCHEMA ${schema}`);
  await client.query(
    `CREATE TABLE ${schema}.visits (id bigint PRIMARY KEY, seen_at timestamptz NOT NULL, mail text)`,
  );
  await client.query(
    `INSERT INTO ${schema}.visits VALUES (9007199254740993, '2026-05-06 12:00+02', 'a@b.example')`,
  );
  onTestFinished(async () => {
    await client.query(`DROP SCHEMA ${schema} CASCADE`);
    await client.end();
  });
  const app = new AppUnderTest();
  const fields = someFields({ host, port, user, database });
  const { dataSource } = await app.ok('dataSources.save', { id: null, fields, secrets: {} });
  const { id } = dataSource;
  await app.ok('dataSources.connect', {
    id,
    secret: { field: 'password', value: password, remember: false },
  });
  const pipeline = somePipeline(
    { from: id, to: id },
    {
      source: { type: 'relation', sourceId: id, relation: { schema, name: 'visits' } },
      destination: {
        ...{ type: 'table', sourceId: id, table: { schema, name: 'visits_copy' } },
        ...{ mode: 'upsert', key: ['id'] },
      },
    },
  );
  return { app, pipeline };
}

describe('a pipeline that is made', { timeout: 180_000 }, () => {
  it('shows what its source gives, the table it would make, and the first rows as they would arrive', async () => {
    const { app, pipeline } = await appOnServer();
    const shape = await app.ok('pipelines.shape', { source: pipeline.source });
    expect(shape).toMatchObject({ key: ['id'], cursors: ['id', 'seen_at'] });
    const draft = { id: null, pipeline: { ...pipeline, shape: shape.columns } };
    const plan = await app.ok('pipelines.plan', draft);
    expect(plan).toMatchObject({ tableExists: false, problems: [], drift: [] });
    expect(plan.createSql).toMatch(/visits_copy/);
    const rows = await app.ok('pipelines.dryRun', draft);
    expect(rows.columns.map(({ name }) => name)).toEqual(['id', 'seen_at', 'mail']);
    expect(rows.rows).toEqual([
      ['9007199254740993', expect.stringContaining('2026-05-06 10:00:00'), 'a@b.example'],
    ]);
  });

  it('is run by a worker of its own, and the history says what it did', async () => {
    const { app, pipeline } = await appOnServer();
    const { columns: shape } = await app.ok('pipelines.shape', { source: pipeline.source });
    const input = { id: null, revision: null, pipeline: { ...pipeline, shape } };
    const { id } = await app.ok('pipelines.save', input);
    const { id: runId } = await app.ok('pipelines.run', { id, again: false });
    const page = { pipelineId: id, before: null, limit: 10 };
    await expect
      .poll(async () => (await app.ok('runs.page', page))[0]?.state, { timeout: 150_000, interval: 100 })
      .toBe('succeeded');
    const [run] = await app.ok('runs.page', page);
    expect(run).toMatchObject({ id: runId, attempt: 1, progress: { readCount: 1, writtenCount: 1 } });
    expect(await app.ok('runs.log', { id: runId })).not.toEqual([]);
    const [summary] = await app.ok('pipelines.list', null);
    expect(summary?.recent).toMatchObject([{ state: 'succeeded', writtenCount: 1 }]);
  });
});
