import { afterAll, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { AppError } from '../../../../src/main/base/AppError.ts';
import { neverAborted } from '../../../../src/main/base/abort.ts';
import type {
  CopySource,
  RunOptions,
  SessionMessage,
  SqlConnection,
} from '../../../../src/main/connectors/Connection.ts';
import type { Row, StatementStream } from '../../../../src/main/connectors/RowStream.ts';
import type { Notice } from '../../../../src/shared/model/query.ts';
import { failureOf } from '../../../support/failureOf.ts';
import { fieldsFor } from '../../../support/postgresClusterFields.ts';
import { openSession } from '../../../support/postgresClusterSession.ts';
import { rowsOf } from '../../../support/streamRows.ts';

const server = inject('postgres');
const quiet = { signal: neverAborted };
const sessions: SqlConnection[] = [];

async function open(overrides: { readonly queryMs?: number; readonly readOnly?: boolean } = {}) {
  const { readOnly = false, queryMs = 60_000 } = overrides;
  const fields = fieldsFor(server, { readOnly });
  const limited = { ...fields, timeouts: { ...fields.timeouts, queryMs } };
  const session = await openSession(limited, { password: server.password });
  sessions.push(session);
  return session;
}

/** The rows of a statement that is read to its end. */
async function readToEnd(stream: StatementStream): Promise<readonly Row[]> {
  const rows = await rowsOf(stream);
  await stream.nextResult();
  return rows;
}

let session: SqlConnection;
const run = async (text: string, options: Partial<RunOptions> = {}, values?: (string | number | null)[]) =>
  session.run({ text, ...(values !== undefined && { values }) }, { ...quiet, ...options });
const all = async (text: string, options: Partial<RunOptions> = {}) => readToEnd(await run(text, options));
const works = async () => expect(await all('SELECT 1')).toEqual([['1']]);

/** The statement of the session waits for a lock, as another session sees it. */
const untilBlocked = (observer: SqlConnection) =>
  vi.waitFor(async () => {
    const text = `SELECT 1 FROM pg_stat_activity WHERE pid = ${session.backendId} AND wait_event_type = 'Lock'`;
    expect((await observer.query({ text }, quiet)).rows).toHaveLength(1);
  });

/** Whoever touches the table waits until the session that this gives ends its transaction. */
async function withhold(): Promise<SqlConnection> {
  const other = await open();
  await other.query({ text: 'BEGIN' }, quiet);
  await other.query({ text: 'LOCK TABLE copied' }, quiet);
  return other;
}

const piecesOf = (...pieces: readonly string[]): CopySource => {
  const rest = pieces.map((piece) => Buffer.from(piece));
  return async () => rest.shift() ?? null;
};

beforeAll(async () => {
  session = await open();
  await session.query({ text: 'CREATE TABLE copied (id int PRIMARY KEY, note text)' }, quiet);
});

beforeEach(async () => {
  session = await open();
  await session.query({ text: 'TRUNCATE copied' }, quiet);
});

afterAll(async () => {
  await session.query({ text: 'DROP TABLE copied' }, quiet);
  for (const opened of sessions) opened.destroy();
});

describe('COPY', () => {
  it('loads what it is fed, in pieces of any size', async () => {
    const stream = await run('COPY copied FROM STDIN', {
      copyFrom: piecesOf('1\tfi', 'rst\n2\t', '', '\\N\n'),
    });
    await stream.nextResult();
    expect(stream).toMatchObject({ command: 'COPY', affectedCount: 2, returnsRows: false });
    expect(await all('SELECT * FROM copied ORDER BY id')).toEqual([
      ['1', 'first'],
      ['2', null],
    ]);
  });

  it('takes no more from its source than the server takes', async () => {
    const line = Buffer.from(`${'x'.repeat(1_000_000)}\n`);
    const other = await open();
    await other.query({ text: 'BEGIN' }, quiet);
    await other.query({ text: 'INSERT INTO copied VALUES (1)' }, quiet);
    let count = 0;
    // The first line waits for the other session, and the server for it.
    const loading = all('COPY copied FROM STDIN', {
      copyFrom: async () => {
        count += 1;
        if (count === 1) return Buffer.from('1\ta\n');
        return count > 100 ? null : Buffer.concat([Buffer.from(`${count}\t`), line]);
      },
    });
    await untilBlocked(other);
    const asked = count;
    expect(asked).toBeLessThan(50);
    await other.query({ text: 'ROLLBACK' }, quiet);
    await loading;
    expect(await all('SELECT count(*) FROM copied')).toEqual([['100']]);
  });

  it.each([
    ['COPY copied FROM STDIN'],
    ['-- with a comment\ncopy (SELECT 1) TO STDOUT'],
    ['COPY (SELECT g FROM generate_series(1, 5000000) g) TO STDOUT'],
  ])('is refused at once without anything to copy from or to: %s', async (text) => {
    expect((await failureOf(run(text))).code).toBe('COPY_REFUSED');
    await works();
  });

  it('fails with what its source fails with, and loads nothing', async () => {
    const gone = new AppError('FILE_FAILED', { title: 'The file is gone' });
    let isFirst = true;
    const failure = await failureOf(
      run('COPY copied FROM STDIN', {
        copyFrom: async () => {
          if (!isFirst) throw gone;
          isFirst = false;
          return Buffer.from('1\ta\n');
        },
      }),
    );
    expect(failure).toBe(gone);
    expect(await all('SELECT count(*) FROM copied')).toEqual([['0']]);
  });

  it('stops asking its source when the server has refused a line', async () => {
    let count = 0;
    const failure = await failureOf(
      run('COPY copied FROM STDIN', {
        copyFrom: async () => {
          count += 1;
          await new Promise((resolve) => setImmediate(resolve));
          return Buffer.from(`${count === 3 ? 'three' : count}\ta\n`.repeat(1));
        },
      }),
    );
    expect(failure).toMatchObject({ code: 'QUERY_FAILED', driverCode: '22P02' });
    const asked = count;
    await works();
    expect(count - asked).toBeLessThan(2);
  });

  it('that fails before it takes data leaves the session in order', async () => {
    await all(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$`);
    await all('CREATE TRIGGER refusing BEFORE INSERT ON copied EXECUTE FUNCTION refuse()');
    for (const copyFrom of [piecesOf('1\ta\n'), undefined]) {
      expect(await failureOf(run('COPY copied FROM STDIN', copyFrom && { copyFrom }))).toBeInstanceOf(
        AppError,
      );
      await works();
    }
    await all('DROP FUNCTION refuse CASCADE');
  });

  it('is cancelled while it waits for its source', async () => {
    const controller = new AbortController();
    const copying = run('COPY copied FROM STDIN', {
      signal: controller.signal,
      copyFrom: () => {
        controller.abort();
        return new Promise(() => undefined);
      },
    });
    expect((await failureOf(copying)).code).toBe('QUERY_CANCELLED');
    await works();
  });

  it('gives all that the server sends, in order, one piece at a time', async () => {
    const pieces: string[] = [];
    let isTaking = false;
    const stream = await run('COPY (SELECT g FROM generate_series(1, 300000) g) TO STDOUT', {
      copyTo: async (bytes) => {
        expect(isTaking).toBe(false);
        isTaking = true;
        await new Promise((resolve) => setImmediate(resolve));
        pieces.push(bytes.toString());
        isTaking = false;
      },
    });
    const lines = pieces.join('').split('\n');
    expect(lines.length).toBe(300_001);
    expect(lines.every((line, index) => index === 300_000 || line === String(index + 1))).toBe(true);
    expect(stream.command).toBe('COPY');
    await works();
  });

  it('fails with what its taker fails with', async () => {
    const full = new AppError('DISK_FULL', { title: 'The disk is full' });
    const failure = await failureOf(
      run('COPY (SELECT g FROM generate_series(1, 5000000) g) TO STDOUT', {
        copyTo: () => Promise.reject(full),
      }),
    );
    expect(failure).toBe(full);
    await works();
  });

  it('works with a longer time limit than that of the data source, and on a read-only one', async () => {
    session = await open({ queryMs: 300, readOnly: true });
    const pieces: Buffer[] = [];
    // Longer than the data source's limit, which the server keeps.
    await all('COPY (SELECT pg_sleep(0.6)) TO STDOUT', {
      limitMs: 5_000,
      copyTo: async (bytes) => void pieces.push(bytes),
    });
    expect(Buffer.concat(pieces).toString()).toBe('\n');
    expect(await all('SHOW statement_timeout')).toEqual([['300ms']]);
  });
});

describe('notices', () => {
  it('come in order, as they are, before the end, and none is lost with an error', async () => {
    const other = await withhold();
    const notices: Notice[] = [];
    let isOver = false;
    const text = `DO $$ BEGIN RAISE NOTICE '  one  '; RAISE WARNING 'two' USING HINT = 'h', DETAIL = 'd', ERRCODE = '01234';
      PERFORM 1 FROM copied; RAISE NOTICE 'three'; RAISE EXCEPTION 'stop'; END $$`;
    const running = failureOf(run(text, { onNotice: (notice) => notices.push(notice) })).finally(() => {
      isOver = true;
    });
    await vi.waitFor(() => expect(notices).toHaveLength(2));
    expect(isOver).toBe(false);
    await other.query({ text: 'ROLLBACK' }, quiet);
    expect(await running).toMatchObject({ code: 'QUERY_FAILED', driverCode: 'P0001' });
    expect(notices).toEqual([
      { severity: 'NOTICE', message: '  one  ', detail: null, hint: null, code: '00000' },
      { severity: 'WARNING', message: 'two', detail: 'd', hint: 'h', code: '01234' },
      { severity: 'NOTICE', message: 'three', detail: null, hint: null, code: '00000' },
    ]);
    await all('SELECT 1', { onNotice: (notice) => notices.push(notice) });
    expect(notices).toHaveLength(3);
  });

  it('of other sessions come as notifications, while idle and while a statement runs', async () => {
    const messages: SessionMessage[] = [];
    session.onMessage((message) => messages.push(message));
    await all('LISTEN news');
    const other = await open();
    await other.query({ text: `NOTIFY news, 'hi'` }, quiet);
    const from = { channel: 'news', backendId: other.backendId };
    await vi.waitFor(() =>
      expect(messages).toEqual([{ type: 'notification', notification: { ...from, payload: 'hi' } }]),
    );
    const withholding = await withhold();
    const waiting = all('SELECT count(*) FROM copied');
    await untilBlocked(other);
    await other.query({ text: `NOTIFY news, 'again'` }, quiet);
    await withholding.query({ text: 'ROLLBACK' }, quiet);
    await waiting;
    await vi.waitFor(() => expect(messages).toHaveLength(2));
  });
});

describe('a time limit of one statement', () => {
  it('is shorter than that of the data source', async () => {
    const failure = await failureOf(all('SELECT pg_sleep(20)', { limitMs: 200 }));
    expect(failure).toMatchObject({ code: 'QUERY_TIMEOUT', message: expect.stringContaining('0.2 s') });
    await works();
  });

  it('is longer, and that of the session is back after it, however it ends', async () => {
    session = await open({ queryMs: 300 });
    // Longer than the data source's limit, which the server keeps.
    await all('SELECT pg_sleep(0.6)', { limitMs: 5_000 });
    expect(await all('SHOW statement_timeout')).toEqual([['300ms']]);
    await failureOf(all('SELECT 1/0', { limitMs: 5_000 }));
    expect(await all('SHOW statement_timeout')).toEqual([['300ms']]);
    expect((await failureOf(all('SELECT pg_sleep(20)', { limitMs: 700 }))).message).toContain('0.7 s');
    await all(`SET statement_timeout = '7s'`, { limitMs: 5_000 });
    await all('SELECT 1', { limitMs: 5_000 });
    expect(await all('SHOW statement_timeout')).toEqual([['7s']]);
  });

  it('holds inside a transaction, and for what must run outside of one', async () => {
    session = await open({ queryMs: 300 });
    await all('BEGIN', { limitMs: 5_000 });
    // Longer than the data source's limit, which the server keeps.
    await all('SELECT pg_sleep(0.6)', { limitMs: 5_000 });
    await failureOf(all('SELECT 1/0', { limitMs: 5_000 }));
    expect(session.isTransactionFailed).toBe(true);
    await failureOf(all('SELECT 1', { limitMs: 5_000 }));
    const stream = await run('COMMIT', { limitMs: 5_000 });
    await stream.nextResult();
    expect(stream.command).toBe('ROLLBACK');
    expect(session.isTransactionFailed).toBe(false);
    expect(await all('SHOW statement_timeout')).toEqual([['300ms']]);
    await all('VACUUM copied', { limitMs: 5_000 });
    expect(await all('SHOW statement_timeout')).toEqual([['300ms']]);
  });
});

describe('a statement of which only some rows are read', () => {
  it('leaves an open transaction open', async () => {
    await all('BEGIN');
    const stream = await run('SELECT g FROM generate_series(1, 5000000) g', { maxRows: 3 });
    expect(await readToEnd(stream)).toEqual([['1'], ['2'], ['3']]);
    await stream.close();
    expect(session).toMatchObject({ isInTransaction: true, isTransactionFailed: false });
    await works();
    await all('COMMIT');
  });

  it('has done all of its work', async () => {
    const stream = await run('INSERT INTO copied SELECT g FROM generate_series(1, 9) g RETURNING id', {
      maxRows: 2,
    });
    expect(await stream.next(2)).toHaveLength(2);
    await stream.close();
    expect(await all('SELECT count(*) FROM copied')).toEqual([['9']]);
  });
});

describe('an error', () => {
  it.each([
    ['SELECT 1 +\n  nowhere', 13],
    [`SELECT '😀😀', nowhere`, 15],
    ['  selec 1', 2],
    ['SELECT 1/0', null],
    [`DO $$ BEGIN PERFORM nowhere; END $$`, null],
  ])('of %j is at %s, in UTF-16 units', async (text, position) => {
    expect((await failureOf(all(text))).position).toBe(position);
  });
});

describe('parameters', () => {
  it('are bound as they are, and their type is left to the server', async () => {
    const pw = `$2y$10$:n'x\\`;
    const stream = await run('SELECT $1 AS pw, $2::int + 1 AS n, $1 AS again', {}, [pw, '7']);
    expect(await readToEnd(stream)).toEqual([[pw, '8', pw]]);
  });
});

describe('rows as bytes', () => {
  it('hold the text of each cell, also one of 70 MB', async () => {
    const stream = await run(`SELECT 1 AS id, repeat('x', 70000000) AS t UNION ALL SELECT 2, 'small'`);
    const lengths: number[][] = [];
    for (;;) {
      const { bytes, starts } = await stream.nextEncoded();
      if (starts.length === 0) break;
      for (const start of starts) lengths.push([bytes.readInt32BE(start), bytes.readInt32BE(start + 5)]);
    }
    expect(lengths).toEqual([
      [1, 70_000_000],
      [1, 5],
    ]);
    await works();
  });
});
