import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { type Pipeline, unchosen } from '../../../src/shared/model/pipelines.ts';
import { AppUnderTest } from '../../support/AppUnderTest.ts';
import { someFields } from '../../support/dataSources.ts';
import { somePipeline } from '../../support/somePipeline.ts';

async function sourceIn(app: AppUnderTest, name: string): Promise<string> {
  const draft = { id: null, fields: someFields({ name }), secrets: {} };
  return (await app.ok('dataSources.save', draft)).dataSource.id;
}

/** An app with two data sources, and what copies from one to the other. */
async function appWith(changes: Partial<Pipeline> = {}) {
  const app = new AppUnderTest();
  const from = await sourceIn(app, 'Shop');
  const to = await sourceIn(app, 'Reports');
  const pipeline = somePipeline({ from, to }, changes);
  const save = (one: Pipeline) => app.ok('pipelines.save', { id: null, revision: null, pipeline: one });
  return { app, from, to, pipeline, save };
}

function edit(app: AppUnderTest, sql: string): void {
  const sqlite = new Sqlite(join(app.folder, 'mooring.db'));
  sqlite.exec(sql);
  sqlite.close();
}

describe('a pipeline', { timeout: 60_000 }, () => {
  it('is saved, listed, written to a file without ids, and read from it on this and on another computer', async () => {
    const { app, pipeline, save, from } = await appWith();
    const { id } = await save(pipeline);
    const [summary] = await app.ok('pipelines.list', null);
    expect(summary).toMatchObject({ id, sourceText: 'Shop · public.visits', problem: null, run: null });
    expect(summary?.nextAt).toBeGreaterThan(Date.now());
    app.chosenFile = join(app.folder, 'visits.json');
    await app.ok('pipelines.saveFile', { id });
    const text = readFileSync(app.chosenFile, 'utf8');
    expect(text).toContain('"name": "Shop"');
    expect(text).not.toMatch(new RegExp(`${from}|${id}|mooring-test`));
    expect(await app.ok('pipelines.openFile', null)).toEqual(pipeline);
    const other = new AppUnderTest();
    other.chosenFile = app.chosenFile;
    const imported = await other.ok('pipelines.openFile', null);
    expect(imported?.source.sourceId).toBe(unchosen.sourceId);
    const saved = { id: null, revision: null, pipeline: imported };
    expect(await other.codeOf('pipelines.save', saved)).toBe('PIPELINE_INVALID');
  });

  it('says where the mistake in a file is', async () => {
    const { app, pipeline, save } = await appWith();
    app.chosenFile = join(app.folder, 'visits.json');
    await app.ok('pipelines.saveFile', { id: (await save(pipeline)).id });
    const text = readFileSync(app.chosenFile, 'utf8');
    writeFileSync(app.chosenFile, text.replace('"append"', '"apend"'));
    const answer = await app.send('pipelines.openFile', null);
    expect(answer).toMatchObject({
      error: { code: 'IMPORT_INVALID', detail: expect.stringContaining('pipeline.destination.mode') },
    });
    writeFileSync(app.chosenFile, text.replace('"version": 1', '"version": 2'));
    expect(await app.codeOf('pipelines.openFile', null)).toBe('IMPORT_TOO_NEW');
  });

  it('is refused with all that is wrong with it', async () => {
    const { app, pipeline, to } = await appWith({
      reading: { type: 'incremental', cursor: 'seen_at', lookback: 300 },
      schedule: { type: 'cron', expression: '@daily', timeZone: 'UTC', missed: 'once' },
    });
    const folder = { type: 'file', folder: '/etc', name: 'a/b', format: { type: 'ndjson' } } as const;
    const file = { ...pipeline, destination: folder };
    const answer = await app.send('pipelines.save', { id: null, revision: null, pipeline: file });
    const { detail } = answer.ok ? { detail: '' } : answer.error;
    expect(detail.split('\n')).toHaveLength(4);
    const table = {
      type: 'table',
      sourceId: to,
      table: { schema: 'a', name: 'b' },
      mode: 'upsert',
      key: [],
    } as const;
    const keyless = { ...pipeline, destination: table, schedule: { type: 'manual' } };
    expect(await app.send('pipelines.save', { id: null, revision: null, pipeline: keyless })).toMatchObject({
      error: { code: 'PIPELINE_INVALID', detail: expect.stringContaining('key') },
    });
  });

  it('writes files only into a folder that a person chose', async () => {
    const { app, pipeline } = await appWith();
    const destination = {
      type: 'file',
      folder: app.folder,
      name: 'visits-{date}',
      format: { type: 'ndjson' },
    } as const;
    const input = { id: null, revision: null, pipeline: { ...pipeline, destination } };
    expect(await app.codeOf('pipelines.save', input)).toBe('PIPELINE_INVALID');
    await app.ok('pipelines.chooseFolder', null);
    expect(await app.codeOf('pipelines.save', input)).toBe('ok');
  });

  it('is not saved over what somebody else has saved, and can be brought back under its id', async () => {
    const { app, pipeline, save } = await appWith();
    const { id } = await save(pipeline);
    await app.ok('pipelines.setEnabled', { id, isEnabled: false });
    expect(await app.codeOf('pipelines.save', { id, revision: 1, pipeline })).toBe('PIPELINE_CHANGED');
    const removed = await app.ok('pipelines.remove', { id });
    expect(await app.ok('pipelines.list', null)).toEqual([]);
    if (removed === null) throw new Error('It was not read');
    expect(await app.ok('pipelines.save', removed)).toMatchObject({ id, pipeline: { isEnabled: false } });
  });

  it('stays when its data source is removed, and says so', async () => {
    const { app, from, pipeline, save } = await appWith();
    await save(pipeline);
    await app.ok('dataSources.remove', { id: from });
    const [summary] = await app.ok('pipelines.list', null);
    expect(summary).toMatchObject({ sourceText: 'Removed data source · public.visits' });
    expect(summary?.problem).toContain('source no longer exists');
  });

  it('may not follow one that follows it in turn', async () => {
    const { app, pipeline, save } = await appWith();
    const first = await save(pipeline);
    const second = await save({ ...pipeline, schedule: { type: 'after', pipelineId: first.id } });
    const circle = { ...pipeline, schedule: { type: 'after', pipelineId: second.id } };
    expect(await app.codeOf('pipelines.save', { id: first.id, revision: 1, pipeline: circle })).toBe(
      'PIPELINE_INVALID',
    );
    expect(await app.codeOf('pipelines.get', { id: randomUUID() })).toBe('NOT_FOUND');
  });

  it('that is turned off is told again when the one that it follows is removed', async () => {
    const { app, pipeline, save } = await appWith();
    const { id: pipelineId } = await save(pipeline);
    const { id } = await save({ ...pipeline, schedule: { type: 'after', pipelineId }, isEnabled: false });
    app.published.splice(0);
    await app.ok('pipelines.remove', { id: pipelineId });
    const problem = expect.stringContaining('no longer exists');
    expect(app.published).toContainEqual({
      name: 'pipelines.changed',
      payload: { type: 'changed', summary: expect.objectContaining({ id, problem }) },
    });
  });

  it('that cannot be read is shown, and kept until a person removes it', async () => {
    const { app, pipeline, save } = await appWith();
    const { id } = await save(pipeline);
    await app.life.shutdown();
    edit(app, `UPDATE pipelines SET fields = replace(fields, '"append"', '"other"')`);
    const next = new AppUnderTest(app.folder);
    expect(await next.ok('pipelines.list', null)).toMatchObject([
      { id, name: 'Visits', problem: expect.stringContaining('cannot be read') },
    ]);
    expect(await next.ok('pipelines.remove', { id })).toBeNull();
    expect(await next.ok('pipelines.list', null)).toEqual([]);
  });
});
