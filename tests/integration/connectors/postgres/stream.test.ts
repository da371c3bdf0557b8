import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { neverAborted } from '../../../../src/main/base/abort.ts';
import type { SqlConnection } from '../../../../src/main/connectors/Connection.ts';
import type { Row, RowStream } from '../../../../src/main/connectors/RowStream.ts';
import { failureOf } from '../../../support/failureOf.ts';
import { fieldsFor } from '../../../support/postgresClusterFields.ts';
import { openSession } from '../../../support/postgresClusterSession.ts';
import { rowsOf } from '../../../support/streamRows.ts';

const server = inject('postgres');
const quiet = { signal: neverAborted };
const million = 1_000_000;

let observer: SqlConnection;
const opened: SqlConnection[] = [];

async function open(overrides: Parameters<typeof fieldsFor>[1] = {}): Promise<SqlConnection> {
  const session = await openSession(fieldsFor(server, overrides), { password: server.password });
  opened.push(session);
  return session;
}

beforeAll(async () => {
  observer = await openSession(fieldsFor(server), { password: server.password });
  await observer.query({ text: 'CREATE TABLE streamed (id int)' }, quiet);
});

afterEach(async () => {
  for (const session of opened.splice(0)) await session.close();
});

afterAll(async () => {
  await observer.query({ text: 'DROP TABLE streamed' }, quiet);
  await observer.close();
});

/** All rows that are left, in batches. */
async function* batchesOf(stream: RowStream): AsyncGenerator<readonly Row[]> {
  for (let rows = await stream.next(1_000); rows.length > 0; rows = await stream.next(1_000)) yield rows;
}

/** What the server is doing for this session. */
async function activityOf({ backendId }: SqlConnection): Promise<unknown> {
  const text = 'SELECT state, wait_event FROM pg_stat_activity WHERE pid = $1';
  const { rows } = await observer.query({ text, values: [backendId] }, quiet);
  return rows[0];
}

describe('a statement that runs as a stream', () => {
  it('has its columns with the names of their types, built-in ones and those of people', async () => {
    const session = await open();
    await session.query({ text: "CREATE TYPE stream_mood AS ENUM ('good')" }, quiet);
    const text = `SELECT 1::int8 AS a, 2.50::numeric(12,2) AS b, ARRAY['x'] AS c, 'good'::stream_mood AS d, NULL AS e`;
    const stream = await session.run({ text }, quiet);
    expect(stream.columns).toEqual([
      { name: 'a', type: 'bigint', kind: 'integer' },
      { name: 'b', type: 'numeric', kind: 'decimal' },
      { name: 'c', type: 'text[]', kind: 'array' },
      { name: 'd', type: 'public.stream_mood', kind: 'text' },
      { name: 'e', type: 'text', kind: 'text' },
    ]);
    expect(await rowsOf(stream)).toEqual([['1', '2.50', '{x}', 'good', null]]);
    await session.query({ text: 'DROP TYPE stream_mood' }, quiet);
  });

  it('knows a type that was created after its first statement from the second time on', async () => {
    const session = await open();
    await rowsOf(await session.run({ text: 'SELECT 1' }, quiet));
    await session.query({ text: 'CREATE TYPE late AS (a int)' }, quiet);
    const typesOf = async () => {
      const stream = await session.run({ text: 'SELECT ROW(1)::late, streamed FROM streamed' }, quiet);
      await rowsOf(stream);
      return stream.columns.map(({ type }) => type);
    };
    expect(await typesOf()).toEqual([
      expect.stringMatching(/^type \d+$/),
      expect.stringMatching(/^type \d+$/),
    ]);
    expect(await typesOf()).toEqual(['public.late', 'public.streamed']);
    await session.query({ text: 'DROP TYPE late' }, quiet);
  });

  it('of a million rows brings all of them in order, and memory stays flat', async () => {
    const session = await open();
    const text = `SELECT i, repeat('x', 100) FROM generate_series(1, ${million}) i`;
    const before = process.memoryUsage().rss;
    const stream = await session.run({ text }, quiet);
    let count = 0;
    let mostBytes = 0;
    for await (const batch of batchesOf(stream)) {
      for (const [id] of batch) {
        count += 1;
        if (id !== String(count)) throw new Error(`Row ${count} is ${id}`);
      }
      mostBytes = Math.max(mostBytes, process.memoryUsage().rss - before);
    }
    expect(count).toBe(million);
    expect(stream.affectedCount).toBeNull();
    // All of them together would take up about 200 MB.
    expect(mostBytes).toBeLessThan(100 * 1024 * 1024);
  });

  it('makes the server wait for a reader who is slow', async () => {
    const session = await open();
    const text = `SELECT repeat('x', 1000) FROM generate_series(1, ${million})`;
    const stream = await session.run({ text }, quiet);
    await vi.waitFor(async () => expect(await activityOf(session)).toEqual(['active', 'ClientWrite']), {
      timeout: 10_000,
    });
    expect((await stream.next(10)).length).toBeGreaterThan(0);
    await stream.close();
    expect(await activityOf(session)).toMatchObject(['idle', expect.anything()]);
  });

  it('is cancelled on the server when it is closed in the middle, and the session goes on', async () => {
    const session = await open();
    const text = `SELECT i, pg_sleep(i / 100000) FROM generate_series(1, ${million}) i`;
    const stream = await session.run({ text }, quiet);
    expect((await stream.next(10)).length).toBe(10);
    const next = session.query({ text: 'SELECT 1' }, quiet);
    await stream.close();
    await stream.close();
    expect(await stream.next(10)).toEqual([]);
    expect((await next).rows).toEqual([['1']]);
    expect(session.isBusy).toBe(false);
    expect(session.isUsable).toBe(true);
  });

  it('ends with the abort of its signal, and the session goes on', async () => {
    const session = await open();
    const cancel = new AbortController();
    const text = `SELECT i, pg_sleep(i / 100000) FROM generate_series(1, ${million}) i`;
    const stream = await session.run({ text }, { signal: cancel.signal });
    await stream.next(10);
    cancel.abort();
    expect((await failureOf(rowsOf(stream))).code).toBe('QUERY_CANCELLED');
    expect((await session.query({ text: 'SELECT 2' }, quiet)).rows).toEqual([['2']]);
  });

  it('ends with the abort of its signal also while nobody reads it', async () => {
    const session = await open();
    const cancel = new AbortController();
    const text = `SELECT repeat('x', 1000) FROM generate_series(1, ${million})`;
    const stream = await session.run({ text }, { signal: cancel.signal });
    await vi.waitFor(async () => expect(await activityOf(session)).toEqual(['active', 'ClientWrite']), {
      timeout: 10_000,
    });
    cancel.abort();
    await vi.waitFor(() => expect(session.isBusy).toBe(false), { timeout: 10_000 });
    expect((await failureOf(rowsOf(stream))).code).toBe('QUERY_CANCELLED');
    await session.ping(quiet);
  });

  it('ends with an error after the rows before it', async () => {
    const session = await open();
    const stream = await session.run({ text: 'SELECT 10 / (5 - i) FROM generate_series(1, 9) i' }, quiet);
    const rows: Row[] = [];
    const failure = await failureOf(
      (async () => {
        for await (const batch of batchesOf(stream)) rows.push(...batch);
      })(),
    );
    expect(rows).toEqual([['2'], ['3'], ['5'], ['10']]);
    expect(failure).toMatchObject({ code: 'QUERY_FAILED', driverCode: '22012' });
    expect((await failureOf(stream.next(1))).driverCode).toBe('22012');
    await session.ping(quiet);
  });

  it('is refused before it has columns when the server does not take it', async () => {
    const session = await open();
    const failure = await failureOf(session.run({ text: 'SELECT nothing' }, quiet));
    expect(failure).toMatchObject({ code: 'QUERY_FAILED', driverCode: '42703' });
  });

  it('ends at the time limit of the server', async () => {
    const { timeouts } = fieldsFor(server);
    const session = await open({ timeouts: { ...timeouts, queryMs: 1_000 } });
    const text = 'SELECT i, pg_sleep(0.2) FROM generate_series(1, 1000) i';
    const stream = await session.run({ text }, quiet);
    expect((await failureOf(rowsOf(stream))).code).toBe('QUERY_TIMEOUT');
  });

  it('says how many rows it changed, and that there is one result only', async () => {
    const session = await open();
    const affected = async (text: string) => {
      const stream = await session.run({ text }, quiet);
      expect(await stream.nextResult()).toBe(false);
      return stream.affectedCount;
    };
    expect(await affected('INSERT INTO streamed VALUES (1), (2), (3)')).toBe(3);
    expect(await affected('UPDATE streamed SET id = 0 WHERE id > 1 RETURNING id')).toBe(2);
    expect(await affected('CREATE TEMPORARY TABLE copied AS SELECT * FROM streamed')).toBe(3);
    expect(await affected('SELECT * FROM streamed')).toBeNull();
    expect(await affected('DELETE FROM streamed')).toBe(3);
    expect(await affected('SET application_name = DEFAULT')).toBeNull();
  });

  it('cannot write on a read-only data source', async () => {
    const session = await open({ readOnly: true });
    const failure = await failureOf(session.run({ text: 'DELETE FROM streamed' }, quiet));
    expect(failure.code).toBe('READ_ONLY');
    const switching = session.run({ text: 'SET TRANSACTION READ WRITE' }, quiet);
    expect((await failureOf(switching)).code).toBe('READ_ONLY');
  });

  it('ends with the loss of its session', async () => {
    const session = await open();
    const text = `SELECT i, pg_sleep(i / 100000) FROM generate_series(1, ${million}) i`;
    const stream = await session.run({ text }, quiet);
    await stream.next(10);
    const values = [session.backendId];
    await observer.query({ text: 'SELECT pg_terminate_backend($1)', values }, quiet);
    expect((await failureOf(rowsOf(stream))).code).toBe('CONNECTION_LOST');
    await stream.close();
  });
});
