import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import { systemClock } from '../../../src/main/base/Clock.ts';
import { dryRun } from '../../../src/main/sync/copy/dryRun.ts';
import { shapeOf } from '../../../src/main/sync/reading/shapeOf.ts';
import { sqlLanguageOf } from '../../../src/shared/engines/sqlLanguages.ts';
import { defaultTimeoutSettings } from '../../../src/shared/model/poolSettings.ts';
import { realRunParts } from '../../support/nodeWorkerPort.ts';
import { someResource, someRestConfig } from '../../support/rest/someRest.ts';
import { TestApi } from '../../support/rest/TestApi.ts';
import { temporaryFolder } from '../../support/testStore.ts';
import {
  bundledSource,
  ownDatabase,
  RunUnderTest,
  somePipeline,
  tableDestination,
  tester,
} from './runUnderTest.ts';

const server = inject('postgres');
const fields = await ownDatabase(server);
const database = bundledSource(fields, { password: server.password });
const apiId = '00000000-0000-4000-8000-000000000002';

describe('An API as the source of a run', () => {
  const pushed = [{ column: 'updated', operator: 'at-least', parameter: 'since' }] as const;

  it.each([
    { name: 'filters by itself', filters: pushed },
    { name: 'knows no filter', filters: [] },
  ])('brings what is new once, where it $name', async ({ filters }) => {
    const items = [
      { id: 3, updated: '2026-01-01T10:00:05Z' },
      { id: 1, updated: '2026-01-01T10:00:00Z' },
      { id: 9, updated: null as string | null },
      { id: 2, updated: '2026-01-01T12:00:05+02:00' },
    ];
    const api = await TestApi.start(({ url }) => {
      const since = new URL(url ?? '', 'http://localhost').searchParams.get('since');
      return items.filter(
        ({ updated }) => since === null || (updated !== null && Date.parse(updated) >= Date.parse(since)),
      );
    });
    const resource = someResource({ primaryKey: ['id'], filters: [...filters] });
    const config = someRestConfig({ baseUrl: api.baseUrl, resources: [resource] });
    const engine = { kind: 'rest', config } as const;
    const source = bundledSource({ engine, timeouts: defaultTimeoutSettings }, {}, apiId);
    const { run, rows } = await tester(fields, server.password);
    await run('DROP TABLE IF EXISTS to_items');
    const runs = new RunUnderTest([source, database]);
    const relation = { schema: resource.group, name: resource.name };
    const pipeline = somePipeline('', 'to_items', {
      source: { type: 'relation', sourceId: apiId, relation },
      reading: { type: 'incremental', cursor: 'updated', lookback: 0 },
    });
    await runs.run(pipeline);
    items.push({ id: 4, updated: '2026-01-01T10:00:05Z' }, { id: 5, updated: '2026-01-01T10:00:01Z' });
    await runs.run(pipeline);
    const third = await runs.run(pipeline);
    const copied = await rows('SELECT id FROM to_items ORDER BY id');
    expect(copied.flat()).toEqual(['1', '2', '3', '4']);
    expect(third.progress.at(-1)?.readCount).toBe(0);
    expect(api.paths.at(-1)?.includes('since=')).toBe(filters.length > 0);
  });
});

describe('A table as the source of a run', () => {
  it('is masked and filtered on its way into a file, and goes on in the next one', async () => {
    const folder = temporaryFolder();
    const { run } = await tester(fields, server.password);
    await run(
      'DROP TABLE IF EXISTS people',
      'CREATE TABLE people (id bigint PRIMARY KEY, email text, info jsonb, born date)',
      `INSERT INTO people VALUES (1, 'ann@example.com', '{"n": 1.10, "tags": ["a"]}', '1990-01-02'),
        (2, 'bob@example.com', NULL, NULL), (3, 'skip@example.com', '{}', NULL)`,
    );
    const text = { type: 'text', length: null } as const;
    const plain = { cast: null, mask: null };
    const pipeline = somePipeline('people', '', {
      reading: { type: 'incremental', cursor: 'id', lookback: 0 },
      filters: [{ column: 'email', operator: 'excludes', value: 'skip' }],
      columns: [
        {
          name: 'email',
          origin: { type: 'column', name: 'email' },
          cast: text,
          mask: { type: 'truncate', length: 3 },
        },
        { name: 'n', origin: { type: 'json', name: 'info', path: ['n'] }, ...plain },
        { name: 'tag', origin: { type: 'json', name: 'info', path: ['tags', '0'] }, ...plain },
        { name: 'year', origin: { type: 'expression', text: 'coalesce(year(born), 0)' }, ...plain },
        { name: 'id', origin: { type: 'column', name: 'id' }, ...plain },
      ],
      destination: { type: 'file', folder, name: 'people-{run}', format: { type: 'ndjson' } },
    });
    const runs = new RunUnderTest([database]);
    const lines = async ({ result }: Awaited<ReturnType<typeof runs.run>>) =>
      (await readFile(join(folder, result.outcome.fileName ?? ''), 'utf8')).trimEnd().split('\n');
    expect(await lines(await runs.run(pipeline))).toEqual([
      '{"email":"ann","n":"1.10","tag":"a","year":1990,"id":1}',
      '{"email":"bob","n":null,"tag":null,"year":0,"id":2}',
    ]);
    await run("INSERT INTO people VALUES (4, 'dan@example.com', NULL, NULL)");
    expect(await lines(await runs.run(pipeline))).toEqual([
      '{"email":"dan","n":null,"tag":null,"year":0,"id":4}',
    ]);
  });

  it('puts rows that cannot be made into a file, up to the limit', async () => {
    const folder = join(temporaryFolder(), 'rejects');
    const { run, rows } = await tester(fields, server.password);
    await run(
      'DROP TABLE IF EXISTS answers, to_answers',
      'CREATE TABLE answers (id int PRIMARY KEY, n text)',
      "INSERT INTO answers VALUES (1, '41'), (2, 'many'), (3, '43')",
    );
    const integer = { type: 'integer', bits: 32, isUnsigned: false } as const;
    const pipeline = somePipeline('answers', 'to_answers', {
      columns: [
        { name: 'id', origin: { type: 'column', name: 'id' }, cast: null, mask: null },
        { name: 'n', origin: { type: 'column', name: 'n' }, cast: integer, mask: null },
      ],
    });
    const runs = new RunUnderTest([database]);
    await expect(runs.run(pipeline)).rejects.toMatchObject({ code: 'ROWS_REFUSED', retryable: false });
    const { result, progress } = await runs.run(
      { ...pipeline, maxRejectedRows: 1 },
      { rejectsFolder: folder },
    );
    expect(await rows('SELECT id, n FROM to_answers ORDER BY id')).toEqual([
      ['1', '41'],
      ['3', '43'],
    ]);
    expect(progress.at(-1)).toMatchObject({ readCount: 3, writtenCount: 2, rejectedCount: 1 });
    const rejected = await readFile(join(folder, result.rejectsFile ?? ''), 'utf8');
    expect(rejected).toBe('{"reason":"Column “n”: “many” is no number.","cells":["2","many"]}\n');
  });

  it('grows with its source, or stops and names what has changed (S17)', async () => {
    const { run, rows } = await tester(fields, server.password);
    await run(
      'DROP TABLE IF EXISTS scores, to_scores',
      'CREATE TABLE scores (id int PRIMARY KEY, score integer, nick varchar(11))',
      "INSERT INTO scores VALUES (1, 5, 'ann')",
    );
    const runs = new RunUnderTest([database]);
    const pipeline = somePipeline('scores', 'to_scores', {
      destination: tableDestination('to_scores', 'upsert', ['id']),
    });
    const { result } = await runs.run(pipeline);
    await run(
      'ALTER TABLE scores ALTER score TYPE numeric, ALTER nick TYPE varchar(35)',
      "INSERT INTO scores VALUES (2, 3.7, repeat('x', 30))",
    );
    const known = { ...pipeline, shape: [...result.shape] };
    const stopped = expect(runs.run(known)).rejects;
    await stopped.toMatchObject({
      code: 'PIPELINE_DRIFTED',
      message: expect.stringContaining('“score” was integer'),
    });
    const evolving = { ...known, drift: { newColumns: 'add', changedTypes: 'widen' } as const };
    await runs.run(evolving);
    expect(await rows('SELECT id, score, length(nick) FROM to_scores ORDER BY id')).toEqual([
      ['1', '5', '3'],
      ['2', '3.7', '30'],
    ]);
  });
});

describe('What a pipeline would do', () => {
  it('shows the shape of a source, and its first rows as they would arrive', async () => {
    const { run } = await tester(fields, server.password);
    await run(
      'DROP TABLE IF EXISTS shown',
      'CREATE TABLE shown (id int PRIMARY KEY, at timestamptz, note text)',
      "INSERT INTO shown SELECT n, '2026-01-01 12:00+02', 'n ' || n FROM generate_series(1, 150) n",
    );
    const { connection, connector } = await realRunParts().connect(database, {
      signal: neverAborted,
      loadsRows: false,
    });
    onTestFinished(() => connection.close());
    const base = { connection, connector, language: sqlLanguageOf('postgres'), signal: neverAborted };
    const { source } = somePipeline('shown', '');
    const shape = await shapeOf({ ...base, source });
    expect(shape).toMatchObject({
      key: ['id'],
      cursors: ['id', 'at'],
      rowCount: { value: 150, accuracy: 'exact' },
    });
    expect(shape.sample).toHaveLength(20);
    const query = { type: 'query', sourceId: database.id, text: 'TABLE shown' } as const;
    expect((await shapeOf({ ...base, source: query })).sample).toHaveLength(20);
    const pipeline = somePipeline('shown', '', {
      filters: [{ column: 'id', operator: 'greater', value: '1' }],
    });
    const options = { ...base, pipeline, planned: null, maskKey: Buffer.alloc(32), clock: systemClock };
    const dry = await dryRun(options);
    expect(dry.readCount).toBe(100);
    expect(dry.rows[0]).toEqual(['2', '2026-01-01 10:00:00Z', 'n 2']);
  });
});
