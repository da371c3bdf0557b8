import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import { neverAborted } from '../../../../src/main/base/abort.ts';
import type { SqlConnection } from '../../../../src/main/connectors/Connection.ts';
import { failureOf } from '../../../support/failureOf.ts';
import { fieldsFor } from '../../../support/postgresClusterFields.ts';
import { openSession } from '../../../support/postgresClusterSession.ts';

const server = inject('postgres');
const opened: SqlConnection[] = [];
const quiet = { signal: neverAborted };
const sleep = { text: 'SELECT pg_sleep(60)' };

async function open(): Promise<SqlConnection> {
  const session = await openSession(fieldsFor(server), { password: server.password });
  opened.push(session);
  return session;
}

afterEach(() => {
  for (const session of opened.splice(0)) session.destroy();
});

/** Waits until the server shows this of a backend. */
async function untilBackend(
  observer: SqlConnection,
  { backendId }: SqlConnection,
  state: string,
): Promise<void> {
  const look = { text: 'SELECT state FROM pg_stat_activity WHERE pid = $1', values: [backendId] };
  await vi.waitFor(async () => expect((await observer.query(look, quiet)).rows).toEqual([[state]]));
}

describe('cancelRunning', () => {
  it('stops what runs and sends away what waits, so that nothing runs after it', async () => {
    const [session, observer] = [await open(), await open()];
    const running = failureOf(session.query(sleep, quiet));
    const waiting = [1, 2, 3].map((number) =>
      failureOf(session.query({ text: `CREATE TABLE never_made_${number} (a int)` }, quiet)),
    );
    await untilBackend(observer, session, 'active');
    await session.cancelRunning();
    expect(session.isBusy).toBe(false);
    expect(await running).toMatchObject({ code: 'QUERY_CANCELLED', driverCode: '57014' });
    for (const failure of await Promise.all(waiting)) {
      expect(failure).toMatchObject({ code: 'CANCELLED', detail: 'The statement was not sent.' });
    }
    await untilBackend(observer, session, 'idle');
    const made = { text: "SELECT count(*) FROM pg_class WHERE relname LIKE 'never_made%'" };
    expect((await session.query(made, quiet)).rows).toEqual([['0']]);
  });

  it('does nothing to a session on which nothing runs', async () => {
    const session = await open();
    await session.cancelRunning();
    expect((await session.query({ text: 'SELECT 1' }, quiet)).rows).toEqual([['1']]);
  });

  it('reaches its own backend and no other', async () => {
    const [session, other, observer] = [await open(), await open(), await open()];
    const cancelled = failureOf(session.query(sleep, quiet));
    const spared = failureOf(other.query(sleep, quiet));
    await untilBackend(observer, session, 'active');
    await untilBackend(observer, other, 'active');
    await session.cancelRunning();
    expect((await cancelled).code).toBe('QUERY_CANCELLED');
    await untilBackend(observer, other, 'active');
    other.destroy();
    expect((await spared).code).toBe('CONNECTION_LOST');
  });

  it('never hits the statement that follows', async () => {
    const session = await open();
    for (let round = 0; round < 40; round += 1) {
      const first = session.query({ text: 'SELECT pg_sleep(0.001)' }, quiet).catch(() => null);
      await session.cancelRunning();
      const second = await session.query({ text: 'SELECT pg_sleep(0.002), 1' }, quiet);
      expect(second.rows).toEqual([['', '1']]);
      await first;
    }
  });

  it('lets nothing in while it is under way, and tells everybody who asked for it', async () => {
    const session = await open();
    const running = failureOf(session.query(sleep, quiet));
    const told = Promise.all([session.cancelRunning(), session.cancelRunning()]);
    expect((await failureOf(session.query({ text: 'SELECT 1' }, quiet))).code).toBe('CANCELLED');
    await told;
    await running;
    await session.ping(quiet);
  });

  it('ends with the session when that ends first', async () => {
    const session = await open();
    const running = failureOf(session.query(sleep, quiet));
    const told = session.cancelRunning();
    session.destroy();
    await told;
    expect((await running).code).toBe('QUERY_CANCELLED');
    await session.cancelRunning();
  });
});

describe('a session', () => {
  it('is busy from the call of a statement until its answer is there', async () => {
    const session = await open();
    expect(session.isBusy).toBe(false);
    const answer = session.query({ text: 'SELECT 1' }, quiet);
    expect(session.isBusy).toBe(true);
    await answer;
    expect(session.isBusy).toBe(false);
  });
});
