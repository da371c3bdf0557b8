import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { neverAborted } from '../../src/main/base/abort.ts';
import type { SqlConnection } from '../../src/main/connectors/Connection.ts';
import type { Notice } from '../../src/shared/model/query.ts';
import { failureOf } from '../support/failureOf.ts';
import { decodedRowsOf, rowsOf } from '../support/streamRows.ts';
import type { ConformanceServer } from './ConformanceServer.ts';
import { openSession } from './openSession.ts';

const quiet = { signal: neverAborted };

/** What every engine does with statements. */
export function statementsConform(server: () => ConformanceServer): void {
  let session: SqlConnection;

  beforeAll(async () => {
    await server().execute(server().sql.dropSchema('conformance'));
    await server().execute('CREATE SCHEMA conformance');
    await server().execute('CREATE TABLE conformance.notes (id INT PRIMARY KEY, note VARCHAR(80))');
  });

  afterAll(() => server().execute(server().sql.dropSchema('conformance')));

  const open = async (options: Parameters<typeof openSession>[1] = {}) => {
    session = await openSession(server(), options);
    return session;
  };

  afterEach(() => session.destroy());

  const run = (text: string, signal = neverAborted) => session.run({ text }, { signal });
  const firstCell = async (text: string) => (await session.query({ text }, quiet)).rows[0]?.[0];
  const works = async () => expect(await firstCell('SELECT 1')).toBe('1');

  describe('a statement', () => {
    it("returns the server's own text for every kind of value", async () => {
      await open();
      const { values } = server().sql;
      const stream = await run(`SELECT ${values.map(([expression]) => expression).join(', ')}`);
      expect(await rowsOf(stream)).toEqual([values.map(([, text]) => text)]);
    });

    it('has the same text for every kind of value in its bytes', async () => {
      await open();
      const { values } = server().sql;
      const stream = await run(`SELECT ${values.map(([expression]) => expression).join(', ')}`);
      expect(await decodedRowsOf(stream)).toEqual([values.map(([, text]) => text)]);
    });

    it('says of what kind its values are, and whether it returns rows', async () => {
      await open();
      const stream = await run("SELECT 1 AS a, 1.5 AS b, CAST('2026-01-02' AS DATE) AS c, 'x' AS d");
      expect(stream.columns.map(({ kind }) => kind)).toEqual(['integer', 'decimal', 'date', 'text']);
      expect(stream.returnsRows).toBe(true);
      await stream.close();
      expect((await run('CREATE TABLE conformance.kinds (id INT)')).returnsRows).toBe(false);
    });

    it('tells what the server warns of before it has ended, and never again', async () => {
      await open();
      const notices: Notice[] = [];
      const onNotice = (notice: Notice) => notices.push(notice);
      for (const text of [server().sql.warns, 'SELECT 1']) {
        const stream = await session.run({ text }, { ...quiet, onNotice });
        await rowsOf(stream);
        await stream.nextResult();
      }
      expect(notices).toMatchObject([
        { severity: expect.stringMatching(/warning/i), message: expect.stringContaining('careful') },
      ]);
    });

    it('keeps two columns of one name apart', async () => {
      await open();
      const stream = await run('SELECT 1 AS id, 2 AS id');
      expect(stream.columns.map(({ name }) => name)).toEqual(['id', 'id']);
      expect(await rowsOf(stream)).toEqual([['1', '2']]);
    });

    it('says how many rows it changed', async () => {
      await open();
      const stream = await run("INSERT INTO conformance.notes VALUES (1, 'a'), (2, 'b'), (3, NULL)");
      expect(await rowsOf(stream)).toEqual([]);
      expect(stream.affectedCount).toBe(3);
      expect(await stream.nextResult()).toBe(false);
    });

    it('takes values apart from its text, whatever they hold', async () => {
      await open();
      const note = `'; DROP TABLE conformance.notes; -- \\' "x" \\`;
      const values = { text: server().sql.insertNote, values: [10, note] };
      await session.query(values, quiet);
      expect(await firstCell('SELECT note FROM conformance.notes WHERE id = 10')).toBe(note);
    });

    it('never runs a second one that hides behind a semicolon', async () => {
      await open();
      await failureOf(rowsOfRun('SELECT 1; CREATE TABLE conformance.oops (id INT)'));
      const { code } = await failureOf(rowsOfRun('SELECT * FROM conformance.oops'));
      expect(code).toBe('QUERY_FAILED');
      await works();
    });

    const rowsOfRun = async (text: string) => rowsOf(await run(text));

    it('fails with the words of the server and leaves the session usable', async () => {
      await open();
      const failure = await failureOf(rowsOfRun('SELECT * FROM conformance.nowhere'));
      expect(failure).toMatchObject({ code: 'QUERY_FAILED', retryable: false });
      expect(failure.driverCode).not.toBeNull();
      expect(failure.detail).toContain('nowhere');
      await works();
    });
  });

  describe('a stream', () => {
    it('brings every row once, in order, however slowly they are taken', async () => {
      await open();
      const stream = await run(server().sql.countTo(20_000));
      const rows = await rowsOf(stream);
      expect(rows).toHaveLength(20_000);
      expect(rows.at(-1)).toEqual(['20000']);
      expect(rows.every(([n], index) => n === String(index + 1))).toBe(true);
      await works();
    });

    it('brings the same rows as bytes', async () => {
      await open();
      const rows = await decodedRowsOf(await run(server().sql.countTo(20_000)));
      expect(rows).toHaveLength(20_000);
      expect(rows.every(([n], index) => n === String(index + 1))).toBe(true);
      await works();
    });

    it('never brings more rows than are asked for', async () => {
      await open();
      const stream = await run(server().sql.countTo(1_000));
      expect(await stream.next(7)).toHaveLength(7);
      await stream.close();
    });

    it('can be left in the middle: the rest is cancelled, and the session goes on', async () => {
      await open();
      const stream = await run(server().sql.countTo(5_000_000));
      expect((await stream.next(10)).length).toBeGreaterThan(0);
      await stream.close();
      await works();
      expect(session.isBusy).toBe(false);
    });

    it('ends with CANCELLED when it is aborted, also while the server computes, and the session goes on', async () => {
      await open();
      const controller = new AbortController();
      const running = rowsOf(await run(server().sql.countTo(5_000_000), controller.signal));
      controller.abort();
      expect((await failureOf(running)).code).toBe('QUERY_CANCELLED');
      await works();
    });
  });

  describe('a statement that takes too long', () => {
    it('is cancelled on the server by its caller', async () => {
      await open();
      const controller = new AbortController();
      const sleeping = session.query({ text: server().sql.sleep(60) }, { signal: controller.signal });
      controller.abort();
      expect((await failureOf(sleeping)).code).toBe('QUERY_CANCELLED');
      await works();
    });

    it('is told as cancelled also where the server answers it as if it had ended', async () => {
      await open();
      await rowsOf(await run('SELECT 1'));
      for (let round = 0; round < 2; round += 1) {
        const controller = new AbortController();
        const sleeping = async () => rowsOf(await run(server().sql.sleep(60), controller.signal));
        const failure = failureOf(sleeping());
        await vi.waitFor(() => expect(session.isBusy).toBe(true));
        controller.abort();
        expect((await failure).code).toBe('QUERY_CANCELLED');
      }
      await works();
    });

    it('ends by a time limit of its own, shorter or longer, and the next one has that of the data source', async () => {
      await open({ timeouts: { queryMs: 1_000 } });
      const limited = async (text: string, limitMs: number) =>
        rowsOf(await session.run({ text }, { ...quiet, limitMs }));
      expect((await failureOf(limited(server().sql.sleep(60), 100))).code).toBe('QUERY_TIMEOUT');
      // Longer than the data source's limit, which the server keeps.
      expect(await limited(server().sql.sleep(1.5), 10_000)).toHaveLength(1);
      const { code } = await failureOf(session.query({ text: server().sql.busy }, quiet));
      expect(code).toBe('QUERY_TIMEOUT');
      await works();
    });

    it('ends by the time-out of the data source', async () => {
      await open({ timeouts: { queryMs: 1_000 } });
      const { code } = await failureOf(session.query({ text: server().sql.busy }, quiet));
      expect(code).toBe('QUERY_TIMEOUT');
      await works();
    });

    it('never takes the next statement with it', async () => {
      await open();
      for (let round = 0; round < 20; round += 1) {
        const controller = new AbortController();
        const first = session
          .query({ text: 'SELECT 1' }, { signal: controller.signal })
          .catch(() => undefined);
        controller.abort();
        const second = session.query({ text: 'SELECT 2' }, quiet);
        await first;
        expect((await second).rows).toEqual([['2']]);
      }
    });
  });

  describe('a read-only session', () => {
    it('reads, and refuses every write', async () => {
      await open({ readOnly: true });
      expect(await firstCell('SELECT count(*) FROM conformance.notes')).not.toBeNull();
      for (const text of [
        "INSERT INTO conformance.notes VALUES (99, 'x')",
        'CREATE TABLE conformance.never (id INT)',
        'DROP TABLE conformance.notes',
      ]) {
        expect((await failureOf(session.query({ text }, quiet))).code).toBe('READ_ONLY');
      }
      await works();
    });
  });
}
