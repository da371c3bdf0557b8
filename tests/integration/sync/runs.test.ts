import { describe, expect, inject, it } from 'vitest';
import type { RunParts } from '../../../src/main/sync/copy/RunParts.ts';
import { realRunParts } from '../../support/nodeWorkerPort.ts';
import {
  askable,
  bundledSource,
  ownDatabase,
  RunUnderTest,
  somePipeline,
  tableDestination,
  tester,
} from './runUnderTest.ts';

const server = inject('postgres');
const fields = await ownDatabase(server);
const source = bundledSource(fields, { password: server.password });
const incremental = (cursor: string, lookback = 0) => ({ type: 'incremental', cursor, lookback }) as const;
const ids = 'SELECT id, count(*) FROM to_visits GROUP BY id ORDER BY id';
const once = (...values: readonly number[]) => values.map((id) => [String(id), '1']);

describe('An incremental run', () => {
  it('copies a row that has come with the value of the saved cursor, once (S01)', async () => {
    const { run, rows } = await tester(fields, server.password);
    await run(
      'DROP TABLE IF EXISTS visits, to_visits',
      'CREATE TABLE visits (id int PRIMARY KEY, seen_at timestamp)',
      "INSERT INTO visits VALUES (1, '2026-01-01 10:00:00'), (2, '2026-01-01 10:00:05'), (3, '2026-01-01 10:00:05')",
    );
    for (const mode of ['upsert', 'append'] as const) {
      await run('DROP TABLE IF EXISTS to_visits', 'DELETE FROM visits WHERE id > 3');
      const runs = new RunUnderTest([source]);
      const key = mode === 'upsert' ? ['id'] : [];
      const destination = tableDestination('to_visits', mode, key);
      const pipeline = somePipeline('visits', 'to_visits', { reading: incremental('seen_at'), destination });
      await runs.run(pipeline);
      await run("INSERT INTO visits VALUES (4, '2026-01-01 10:00:05')");
      const second = await runs.run(pipeline);
      expect(await rows(ids)).toEqual(once(1, 2, 3, 4));
      const third = await runs.run(pipeline);
      expect(await rows(ids)).toEqual(once(1, 2, 3, 4));
      expect(third.result.outcome.watermark).toBe('2026-01-01 10:00:05');
      expect([second, third].map(({ progress }) => progress.at(-1)?.readCount)).toEqual([1, 0]);
    }
  });

  it('keeps its cursor when nothing has come, and goes on from it (S05a)', async () => {
    const { run, rows } = await tester(fields, server.password);
    await run(
      'DROP TABLE IF EXISTS visits, to_visits',
      'CREATE TABLE visits (id int PRIMARY KEY, seen_at timestamptz)',
      "INSERT INTO visits SELECT n, '2026-01-01 10:00+00'::timestamptz + n * interval '1 s' FROM generate_series(1, 3) n",
    );
    const runs = new RunUnderTest([source]);
    const pipeline = somePipeline('visits', 'to_visits', { reading: incremental('seen_at') });
    const first = await runs.run(pipeline);
    const second = await runs.run(pipeline);
    expect(second.result.outcome.watermark).toBe(first.result.outcome.watermark);
    await run("INSERT INTO visits VALUES (4, '2026-01-01 10:00:09+00')");
    const third = await runs.run(pipeline);
    expect([first, second, third].map(({ progress }) => progress.at(-1)?.readCount)).toEqual([3, 0, 1]);
    expect(await rows(ids)).toEqual(once(1, 2, 3, 4));
  });

  it('reads again what became visible late, and never goes back (S04)', async () => {
    const { run, rows } = await tester(fields, server.password);
    const late = await tester(fields, server.password);
    await run(
      'DROP TABLE IF EXISTS visits, to_visits',
      'CREATE TABLE visits (id int PRIMARY KEY, seen_at timestamptz)',
    );
    await late.run('BEGIN', "INSERT INTO visits VALUES (1, '2026-01-01 12:00:00.100+00')");
    await run("INSERT INTO visits VALUES (2, '2026-01-01 12:00:00.200+00')");
    const runs = new RunUnderTest([source]);
    const destination = tableDestination('to_visits', 'upsert', ['id']);
    const pipeline = somePipeline('visits', 'to_visits', {
      reading: incremental('seen_at', 300),
      destination,
    });
    const first = await runs.run(pipeline);
    await late.run('COMMIT');
    await runs.run(pipeline);
    expect(await rows(ids)).toEqual(once(1, 2));
    await run('DELETE FROM visits WHERE id = 2');
    const third = await runs.run(pipeline);
    expect(third.result.outcome.watermark).toBe(first.result.outcome.watermark);
    expect(third.result.outcome.watermark).toContain(':00:00.2');
  });

  it('says that rows without a value of the cursor are left out', async () => {
    const { run } = await tester(fields, server.password);
    await run(
      'DROP TABLE IF EXISTS visits, to_visits',
      'CREATE TABLE visits (id int PRIMARY KEY, n numeric)',
      'INSERT INTO visits VALUES (1, NULL), (2, 12345678901234567890.5)',
    );
    const pipeline = somePipeline('visits', 'to_visits', { reading: incremental('n') });
    const { log, result } = await new RunUnderTest([source]).run(pipeline);
    expect(log.join('\n')).toContain('Rows without a value in “n” are not copied');
    expect(result.outcome.watermark).toBe('12345678901234567890.5');
  });

  it('reads a query by its cursor, whatever stands behind it', async () => {
    const { run, rows } = await tester(fields, server.password);
    await run(
      'DROP TABLE IF EXISTS visits, to_visits',
      'CREATE TABLE visits (id bigint PRIMARY KEY)',
      'INSERT INTO visits SELECT generate_series(1, 3)',
    );
    const text = "SELECT id, ';' AS mark FROM visits ; -- the end";
    const query = { type: 'query', sourceId: source.id, text } as const;
    const pipeline = somePipeline('', 'to_visits', { source: query, reading: incremental('id') });
    const runs = new RunUnderTest([source]);
    await runs.run(pipeline);
    await run('INSERT INTO visits VALUES (9007199254740993)');
    const second = await runs.run(pipeline);
    expect(await rows(ids)).toEqual(once(1, 2, 3).concat([['9007199254740993', '1']]));
    expect(second.progress.at(-1)?.readCount).toBe(1);
    expect((await runs.run(pipeline)).progress.at(-1)?.readCount).toBe(0);
  });

  it('refuses queries that do not only read, and modes that do not go with it', async () => {
    const { run } = await tester(fields, server.password);
    await run('DROP TABLE IF EXISTS visits, to_visits', 'CREATE TABLE visits (id int PRIMARY KEY)');
    const runs = new RunUnderTest([source]);
    const failing = (changes: Parameters<typeof somePipeline>[2]) =>
      expect(runs.run(somePipeline('visits', 'to_visits', changes))).rejects;
    const query = (text: string) => ({ source: { type: 'query', sourceId: source.id, text } }) as const;
    await failing(query('DELETE FROM visits RETURNING id')).toMatchObject({ code: 'PIPELINE_INVALID' });
    await failing(query('SELECT 1; SELECT 2')).toMatchObject({ code: 'PIPELINE_INVALID' });
    await failing(query('SELECT * FROM visits WHERE id = $1')).toMatchObject({ code: 'PIPELINE_INVALID' });
    const destination = tableDestination('to_visits', 'overwrite');
    await failing({ reading: incremental('id'), destination }).toMatchObject({ code: 'PIPELINE_INVALID' });
    await failing({ reading: incremental('id', 5) }).toMatchObject({ code: 'PIPELINE_INVALID' });
    await failing({ reading: incremental('gone') }).toMatchObject({ code: 'PIPELINE_DRIFTED' });
  });
});

describe('A run that mirrors', () => {
  it('says that it has added the column of deletions to a table that was there', async () => {
    const { run } = await tester(fields, server.password);
    await run(
      'DROP TABLE IF EXISTS visits, to_visits',
      'CREATE TABLE visits (id int PRIMARY KEY)',
      'CREATE TABLE to_visits (id int PRIMARY KEY)',
    );
    const destination = tableDestination('to_visits', 'mirror', ['id']);
    const { result } = await new RunUnderTest([source]).run(
      somePipeline('visits', 'to_visits', { destination }),
    );
    expect(result.outcome.addedColumns).toEqual(['_deleted_at']);
  });
});

describe('A run that an earlier attempt has brought to its end', () => {
  it('says what that has done, and lists no table beside the destination', async () => {
    const { run, rows } = await tester(fields, server.password);
    await run(
      'DROP TABLE IF EXISTS visits, to_visits',
      'CREATE TABLE visits (id int)',
      'CREATE TABLE to_visits (id int PRIMARY KEY)',
      'INSERT INTO visits SELECT generate_series(1, 3)',
      'INSERT INTO to_visits SELECT generate_series(1, 5)',
    );
    const pipeline = somePipeline('visits', 'to_visits', {
      destination: tableDestination('to_visits', 'overwrite'),
    });
    const runId = crypto.randomUUID();
    const runs = new RunUnderTest([source]);
    const first = await runs.run(pipeline, { runId });
    const { result, progress } = await runs.run(pipeline, { runId });
    expect(result.outcome).toEqual(first.result.outcome);
    expect(result.outcome).toMatchObject({ rowsBefore: 5, rowsAfter: 3 });
    expect(progress.at(-1)).toMatchObject({ readCount: 3, writtenCount: 3 });
    expect(await rows(`SELECT staging FROM mooring_pipelines WHERE run_id = '${runId}'`)).toEqual([['[]']]);
  });
});

describe('A run that appends all rows', () => {
  it('goes on behind those of a run that failed for a row, and copies each once (S21c)', async () => {
    const { run, rows } = await tester(fields, server.password);
    await run(
      'DROP TABLE IF EXISTS many, to_many',
      'CREATE TABLE many (id int PRIMARY KEY, name text)',
      'CREATE TABLE to_many (id int PRIMARY KEY, name text)',
      "ALTER TABLE to_many ADD CHECK (name <> 'bad')",
      "INSERT INTO many SELECT n, CASE n WHEN 130000 THEN 'bad' ELSE 'good' END FROM generate_series(1, 140000) n",
    );
    const runs = new RunUnderTest([source]);
    const pipeline = somePipeline('many', 'to_many');
    const first = crypto.randomUUID();
    await expect(runs.run(pipeline, { runId: first })).rejects.toMatchObject({ code: 'ROWS_REFUSED' });
    expect(Number((await rows('SELECT count(*) FROM to_many'))[0]?.[0])).toBeGreaterThan(0);
    await run("UPDATE many SET name = 'mended' WHERE id = 130000");
    const { log } = await runs.run(pipeline, { continues: [first] });
    expect(log.join('\n')).toContain('Goes on behind the rows that an earlier run has appended');
    expect(await rows('SELECT count(*), count(DISTINCT id) FROM to_many')).toEqual([['140000', '140000']]);
    // One that has come to its end is not gone on from: all rows are appended once more.
    await run('ALTER TABLE to_many DROP CONSTRAINT to_many_pkey');
    await runs.run(pipeline);
    expect(await rows('SELECT count(*) FROM to_many')).toEqual([['280000']]);
  });
});

describe('A run that is stopped', () => {
  /** Stops behind a batch, or fails there. */
  function interrupted(behind: number, interrupt: () => void): RunParts {
    const parts = realRunParts();
    return {
      ...parts,
      batch: { rows: 40_000, bytes: 8 * 1024 * 1024 },
      openSink(request) {
        const sink = parts.openSink(request);
        let count = 0;
        return {
          begin: () => sink.begin(),
          finish: (position) => sink.finish(position),
          close: () => sink.close(),
          async write(...batch) {
            const outcome = await sink.write(...batch);
            count += 1;
            if (count === behind) interrupt();
            return outcome;
          },
        };
      },
    };
  }

  it.each(['append', 'upsert', 'overwrite'] as const)('goes on behind its last batch: %s', async (mode) => {
    const { run, rows } = await tester(fields, server.password);
    await run(
      'DROP TABLE IF EXISTS many, to_many',
      'CREATE TABLE many (id int PRIMARY KEY, name text)',
      "INSERT INTO many SELECT n, 'name ' || n FROM generate_series(1, 140000) n",
    );
    const destination = tableDestination('to_many', mode, mode === 'upsert' ? ['id'] : []);
    const pipeline = somePipeline('many', 'to_many', { destination });
    const runId = crypto.randomUUID();
    const pause = askable();
    const paused = new RunUnderTest(
      [source],
      interrupted(2, () => pause.ask('pause')),
    );
    await expect(paused.run(pipeline, { runId }, pause.taken)).rejects.toMatchObject({ code: 'CANCELLED' });
    const pipelineId = paused.bundle(pipeline).pipelineId;
    const lost = interrupted(1, () => {
      throw new Error('gone');
    });
    await expect(new RunUnderTest([source], lost).run(pipeline, { runId, pipelineId })).rejects.toThrow(
      'gone',
    );
    const { result, progress, log } = await new RunUnderTest([source]).run(pipeline, { runId, pipelineId });
    expect(log.join('\n')).toContain('Goes on behind the 120,000 rows');
    expect(await rows('SELECT count(*), count(DISTINCT id), max(name) FROM to_many')).toEqual([
      ['140000', '140000', 'name 99999'],
    ]);
    expect(progress.at(-1)).toMatchObject({ phase: 'finishing', readCount: 140_000, totalCount: 140_000 });
    expect(result.outcome.rowsAfter).toBe(mode === 'overwrite' ? 140_000 : null);
  });
});
