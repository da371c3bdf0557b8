import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import { AppError } from '../../../../src/main/base/AppError.ts';
import { neverAborted } from '../../../../src/main/base/abort.ts';
import { type Clock, systemClock } from '../../../../src/main/base/Clock.ts';
import type { SqlConnection } from '../../../../src/main/connectors/Connection.ts';
import { PostgresConnector } from '../../../../src/main/connectors/postgres/PostgresConnector.ts';
import { defaultTimeoutSettings } from '../../../../src/shared/model/poolSettings.ts';
import type { FieldOverrides } from '../../../support/dataSources.ts';
import { failureOf } from '../../../support/failureOf.ts';
import { fieldsFor } from '../../../support/postgresClusterFields.ts';
import { openSession } from '../../../support/postgresClusterSession.ts';

const server = inject('postgres');
const opened: SqlConnection[] = [];
const quiet = { signal: neverAborted };

async function open(overrides: FieldOverrides = {}, connector?: PostgresConnector): Promise<SqlConnection> {
  const options = { password: server.password, ...(connector === undefined ? {} : { connector }) };
  const session = await openSession(fieldsFor(server, overrides), options);
  opened.push(session);
  return session;
}

afterEach(() => {
  for (const session of opened.splice(0)) session.destroy();
});

/** Resolves when the server shows this of a backend: `active`, `idle`, or null when it is gone. */
async function untilBackend(
  observer: SqlConnection,
  pid: number | null,
  wanted: string | null,
): Promise<void> {
  for (;;) {
    const { rows } = await observer.query(
      { text: 'SELECT state FROM pg_stat_activity WHERE pid = $1', values: [pid] },
      quiet,
    );
    if ((rows[0]?.[0] ?? null) === wanted) return;
  }
}

const closedReason = (session: SqlConnection) =>
  new Promise<AppError | null>((resolve) => {
    session.onClosed(resolve);
  });

describe('a statement', () => {
  it("answers the server's own text, so that no digit is lost and no name is special", async () => {
    const session = await open();
    const text = `SELECT 12345678901234567890123.10::numeric AS "__proto__", true AS a, NULL AS a, 'infinity'::date,
                         9223372036854775807::int8, ARRAY[1, 2]`;
    const result = await session.query({ text }, quiet);
    expect(result.fields.map(({ name }) => name)).toEqual(['__proto__', 'a', 'a', 'date', 'int8', 'array']);
    expect(result.rows).toEqual([
      ['12345678901234567890123.10', 't', null, 'infinity', '9223372036854775807', '{1,2}'],
    ]);
  });

  it('sends values apart from the SQL, whatever they hold', async () => {
    const session = await open();
    const values = ["'; DROP TABLE x; --", 1.5, true, null] as const;
    const { rows } = await session.query(
      { text: 'SELECT $1::text, $2::float8, $3::bool, $4::text', values },
      quiet,
    );
    expect(rows).toEqual([["'; DROP TABLE x; --", '1.5', 't', null]]);
  });

  it('is one statement: a second one in the same text is refused', async () => {
    const session = await open();
    expect(await failureOf(session.query({ text: 'SELECT 1; SELECT 2' }, quiet))).toMatchObject({
      code: 'QUERY_FAILED',
      driverCode: '42601',
    });
  });

  it('with a NUL is refused before the server could run its first half', async () => {
    const session = await open();
    const failure = await failureOf(session.query({ text: 'SELECT 1\0 WHERE false' }, quiet));
    expect(failure.code).toBe('INVALID_INPUT');
  });

  it("that fails tells the server's words and leaves the session usable", async () => {
    const session = await open();
    const failure = await failureOf(session.query({ text: 'SELECT nonsense' }, quiet));
    expect(failure).toMatchObject({ code: 'QUERY_FAILED', driverCode: '42703', retryable: false });
    expect(failure.detail).toContain('column "nonsense" does not exist');
    expect((await session.query({ text: 'SELECT 1' }, quiet)).rows).toEqual([['1']]);
  });

  it('waits its turn', async () => {
    const session = await open();
    const answers = await Promise.all(
      [1, 2, 3].map((value) =>
        session.query({ text: 'SELECT $1::int, pg_sleep(0.01)', values: [value] }, quiet),
      ),
    );
    expect(answers.map(({ rows }) => rows[0]?.[0])).toEqual(['1', '2', '3']);
  });

  it('whose caller gives up while it waits its turn is never sent', async () => {
    const session = await open();
    const controller = new AbortController();
    const running = session.query({ text: 'SELECT pg_sleep(0.1)' }, quiet);
    const waiting = failureOf(session.query({ text: 'CREATE TABLE never_sent (a int)' }, controller));
    controller.abort();
    expect((await waiting).code).toBe('CANCELLED');
    await running;
    const { rows } = await session.query({ text: "SELECT to_regclass('never_sent')" }, quiet);
    expect(rows).toEqual([[null]]);
  });

  it('that asks for a file to be sent fails instead of waiting for ever', async () => {
    const session = await open();
    await session.query({ text: 'CREATE TEMP TABLE t (a int)' }, quiet);
    expect((await failureOf(session.query({ text: 'COPY t FROM STDIN' }, quiet))).code).toBe('COPY_REFUSED');
    await session.ping(quiet);
  });

  it('tells whether a transaction is open, also a failed one', async () => {
    const session = await open();
    expect(session.isInTransaction).toBe(false);
    await session.query({ text: 'BEGIN' }, quiet);
    expect(session.isInTransaction).toBe(true);
    await failureOf(session.query({ text: 'SELECT nonsense' }, quiet));
    expect(session.isInTransaction).toBe(true);
    await session.ping(quiet);
    await session.query({ text: 'ROLLBACK' }, quiet);
    expect(session.isInTransaction).toBe(false);
  });
});

describe('cancelling', () => {
  it('stops the statement on the server, and the session can be used again', async () => {
    const [session, observer] = [await open(), await open()];
    const controller = new AbortController();
    const sleeping = failureOf(session.query({ text: 'SELECT pg_sleep(60)' }, controller));
    await untilBackend(observer, session.backendId, 'active');
    controller.abort();
    expect(await sleeping).toMatchObject({ code: 'QUERY_CANCELLED', driverCode: '57014' });
    await untilBackend(observer, session.backendId, 'idle');
    expect((await session.query({ text: 'SELECT 1' }, quiet)).rows).toEqual([['1']]);
  });

  it('never hits the statement that follows', async () => {
    const session = await open();
    for (let round = 0; round < 40; round += 1) {
      const controller = new AbortController();
      const first = session.query({ text: 'SELECT pg_sleep(0.001)' }, controller).catch(() => null);
      const second = session.query({ text: 'SELECT pg_sleep(0.002), 1' }, quiet);
      controller.abort();
      await first;
      expect((await second).rows).toEqual([['', '1']]);
    }
  });

  it('passes on why the caller gave up', async () => {
    const session = await open();
    const controller = new AbortController();
    const sleeping = failureOf(session.query({ text: 'SELECT pg_sleep(60)' }, controller));
    controller.abort(new AppError('SHUTTING_DOWN', { title: 'Mooring is closing' }));
    expect((await sleeping).code).toBe('SHUTTING_DOWN');
  });

  it('by somebody else on the server is told apart from our own', async () => {
    const [session, observer] = [await open(), await open()];
    const sleeping = failureOf(session.query({ text: 'SELECT pg_sleep(60)' }, quiet));
    await untilBackend(observer, session.backendId, 'active');
    await observer.query({ text: 'SELECT pg_cancel_backend($1)', values: [session.backendId] }, quiet);
    const failure = await sleeping;
    expect(failure).toMatchObject({ code: 'QUERY_CANCELLED', driverCode: '57014' });
    expect(failure.message).toContain('on the server');
  });
});

describe('time limits', () => {
  it("the server's own ends a statement and keeps the session", async () => {
    const session = await open({ timeouts: { ...defaultTimeoutSettings, queryMs: 1_000 } });
    const failure = await failureOf(session.query({ text: 'SELECT pg_sleep(60)' }, quiet));
    expect(failure).toMatchObject({ code: 'QUERY_TIMEOUT', driverCode: '57014', retryable: false });
    await session.ping(quiet);
  });

  it('ours cancels on the server and keeps the session', async () => {
    const session = await open();
    const options = { signal: neverAborted, timeoutMs: 100 };
    const failure = await failureOf(session.query({ text: 'SELECT pg_sleep(60)' }, options));
    expect(failure).toMatchObject({ code: 'QUERY_TIMEOUT', driverCode: '57014', retryable: false });
    await session.ping(quiet);
  });

  it('a lock that takes too long is told apart', async () => {
    const [holder, session] = [await open(), await open()];
    await holder.query({ text: 'CREATE TABLE IF NOT EXISTS contended (a int)' }, quiet);
    await holder.query({ text: 'BEGIN' }, quiet);
    await holder.query({ text: 'LOCK TABLE contended' }, quiet);
    await session.query({ text: "SET lock_timeout = '50ms'" }, quiet);
    const failure = await failureOf(session.query({ text: 'SELECT * FROM contended' }, quiet));
    expect(failure).toMatchObject({ code: 'QUERY_TIMEOUT', driverCode: '55P03', retryable: true });
    await holder.query({ text: 'ROLLBACK' }, quiet);
    await holder.query({ text: 'DROP TABLE contended' }, quiet);
  });
});

describe('the end of a session', () => {
  it('by an administrator while idle is noticed at once, with the reason', async () => {
    const [session, observer] = [await open(), await open()];
    const closed = closedReason(session);
    await observer.query({ text: 'SELECT pg_terminate_backend($1)', values: [session.backendId] }, quiet);
    expect(await closed).toMatchObject({ code: 'CONNECTION_LOST', driverCode: '57P01', retryable: true });
    expect(session.isUsable).toBe(false);
    expect((await failureOf(session.query({ text: 'SELECT 1' }, quiet))).detail).toContain('was not sent');
  });

  it('in the middle of a statement says that the statement may have run', async () => {
    const [session, observer] = [await open(), await open()];
    const closed = closedReason(session);
    const sleeping = failureOf(session.query({ text: 'SELECT pg_sleep(60)' }, quiet));
    await untilBackend(observer, session.backendId, 'active');
    await observer.query({ text: 'SELECT pg_terminate_backend($1)', values: [session.backendId] }, quiet);
    const failure = await sleeping;
    expect(failure).toMatchObject({ code: 'CONNECTION_LOST', driverCode: '57P01', retryable: false });
    expect(failure.detail).toContain('may or may not have run');
    expect(await closed).toMatchObject({ code: 'CONNECTION_LOST', driverCode: '57P01' });
  });

  it('by close says goodbye, and the listener hears no reason', async () => {
    const [session, observer] = [await open(), await open()];
    const closed = closedReason(session);
    await session.close();
    await session.close();
    expect(await closed).toBeNull();
    await untilBackend(observer, session.backendId, null);
  });

  it('by destroy in the middle of a statement ends the statement', async () => {
    const session = await open();
    const sleeping = failureOf(session.query({ text: 'SELECT pg_sleep(60)' }, quiet));
    session.destroy();
    expect((await sleeping).code).toBe('CONNECTION_LOST');
  });

  it('is told to a listener that comes late', async () => {
    const session = await open();
    await session.close();
    expect(await closedReason(session)).toBeNull();
  });

  it('leaves no timer behind', async () => {
    const clock = new CountingClock();
    const session = await open({}, new PostgresConnector(clock));
    const controller = new AbortController();
    const sleeping = failureOf(session.query({ text: 'SELECT pg_sleep(60)' }, controller));
    controller.abort();
    await sleeping;
    await session.ping(quiet);
    expect(clock.pendingCount).toBe(0);
    await session.close();
    expect(clock.pendingCount).toBe(0);
  });
});

describe.runIf(process.platform === 'linux')('the socket of a session', () => {
  it('is probed by the operating system while it is idle', async () => {
    const session = await open();
    const { rows } = await session.query({ text: 'SELECT inet_client_port()' }, quiet);
    const localPort = Number(rows[0]?.[0]).toString(16).toUpperCase().padStart(4, '0');
    const isProbed = () =>
      readFileSync('/proc/net/tcp', 'utf8')
        .split('\n')
        .map((line) => line.trim().split(/\s+/))
        // The sixth field is the kind of timer that runs: 02 is the one of keepalive (man 5 proc).
        .some(([, local, , , , timer]) => local?.endsWith(`:${localPort}`) && timer?.startsWith('02:'));
    await vi.waitFor(() => expect(isProbed()).toBe(true));
  });
});

/** The real clock, counting the timers that are set. */
class CountingClock implements Clock {
  pendingCount = 0;
  readonly monotonicMs = systemClock.monotonicMs;
  readonly wallMs = systemClock.wallMs;

  after(delayMs: number, work: () => void) {
    let isPending = true;
    const end = () => {
      if (isPending) this.pendingCount -= 1;
      isPending = false;
    };
    this.pendingCount += 1;
    const timer = systemClock.after(delayMs, () => {
      end();
      work();
    });
    return {
      cancel: () => {
        end();
        timer.cancel();
      },
    };
  }
}
