import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../../tests/support/FakeClock.ts';
import { FakeOpener, nth } from '../../../../tests/support/FakeConnection.ts';
import { failureOf } from '../../../../tests/support/failureOf.ts';
import { poolUnderTest } from '../../../../tests/support/poolUnderTest.ts';
import type { PoolSettings } from '../../../shared/model/poolSettings.ts';
import type { SessionEvent } from '../../../shared/model/query.ts';
import { AppError } from '../../base/AppError.ts';
import { neverAborted } from '../../base/abort.ts';
import type { ConnectionPool } from '../../sessions/pool/ConnectionPool.ts';
import { TabSession } from './TabSession.ts';

describe('TabSession', () => {
  let clock: FakeClock;
  let opener: FakeOpener;
  let pool: ConnectionPool;
  let events: SessionEvent[];
  let session: TabSession;

  const create = (settings: Partial<PoolSettings> = {}) => {
    pool = poolUnderTest(clock, opener, settings);
    session = new TabSession({
      tabId: 'tab',
      sourceId: 'source',
      acquire: (signal) => pool.acquire(signal),
      clock,
      emit: (event) => events.push(event),
    });
  };

  beforeEach(() => {
    clock = new FakeClock();
    opener = new FakeOpener();
    events = [];
    create();
  });

  const use = () => session.use(neverAborted, async (connection) => connection);
  const hold = () => session.use(neverAborted, async () => session.noted(['temporary-table']));

  it('gives its connection back some time after the last statement when nothing holds it', async () => {
    const connection = await use();
    await clock.advance(9_000);
    expect(await use()).toBe(connection);
    await clock.advance(9_999);
    expect(pool.stats()).toMatchObject({ inUse: 1, leaked: 0 });
    expect(events).toEqual([]);
    await clock.advance(1);
    expect(pool.stats()).toMatchObject({ inUse: 0, idle: 1 });
    expect(events).toEqual([{ type: 'session', tabId: 'tab', session: null }]);
  });

  it('gives it back at once when somebody waits, also when that was during a statement', async () => {
    create({ max: 1 });
    await use();
    const first = await pool.acquire(neverAborted);
    first.release();
    let end: () => void = () => undefined;
    const running = session.use(neverAborted, () => new Promise<void>((resolve) => (end = resolve)));
    await settle();
    const second = pool.acquire(neverAborted);
    end();
    await running;
    expect((await second).connection).toBe(nth(opener, 0));
  });

  it('keeps it for as long as something holds it, and it is no leak', async () => {
    await hold();
    await clock.advance(3_600_000);
    expect(pool.stats()).toMatchObject({ inUse: 1, leaked: 0 });
    expect(session.view).toMatchObject({ holds: ['temporary-table'] });
  });

  it('never gives a session with state to anybody else', async () => {
    await hold();
    await session.close();
    await settle();
    expect(nth(opener, 0).isClosedPolitely).toBe(true);
    expect(pool.stats().total).toBe(0);
  });

  it('can be ended by hand, but not while something runs or a transaction is open', async () => {
    await hold();
    const running = session.use(neverAborted, async (connection) => {
      await expect(async () => session.giveUp()).rejects.toMatchObject({ code: 'INVALID_INPUT' });
      nth(opener, 0).isInTransaction = true;
      session.noted();
      return connection;
    });
    await running;
    expect(() => session.giveUp()).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    await session.use(neverAborted, async () => {
      nth(opener, 0).isInTransaction = false;
      session.noted();
    });
    session.giveUp();
    await settle();
    expect(nth(opener, 0).isClosedPolitely).toBe(true);
    expect(events).toEqual([{ type: 'session', tabId: 'tab', session: null }]);
  });

  it('says that objects were defined once others can see them, and not when they went with the session', async () => {
    const told = { type: 'defined', tabId: 'tab', sourceId: 'source' };
    const run = (isInTransaction: boolean, defines: boolean) =>
      session.use(neverAborted, async () => {
        nth(opener, opener.opened.length - 1).isInTransaction = isInTransaction;
        if (defines) session.defined();
        session.noted();
      });
    await run(false, true);
    expect(events).toEqual([told]);
    await run(true, true);
    await run(true, false);
    expect(events).toEqual([told]);
    await run(false, false);
    await run(false, false);
    expect(events).toEqual([told, told]);
    await run(true, true);
    await session.close();
    await run(false, false);
    expect(events.filter(({ type }) => type === 'defined')).toEqual([told, told]);
  });

  it('runs one statement at a time', async () => {
    const running = session.use(neverAborted, () => new Promise<void>(() => undefined));
    await settle();
    expect((await failureOf(use())).code).toBe('INVALID_INPUT');
    void running;
  });

  it('aborts what runs as a cancelled statement, and waits until it has ended', async () => {
    const running = session.use(
      neverAborted,
      (_, signal) =>
        new Promise<void>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    );
    const failure = failureOf(running);
    await settle();
    await session.cancel();
    expect(session.isRunning).toBe(false);
    expect((await failure).code).toBe('QUERY_CANCELLED');
  });

  it('says what is gone when the server ends a session that holds something', async () => {
    await hold();
    nth(opener, 0).lose();
    expect(events.map(({ type }) => type)).toEqual(['session', 'lost']);
    expect(events[1]).toMatchObject({ error: { code: 'CONNECTION_LOST' } });
    expect(session.view).toBeNull();
    expect(await use()).not.toBe(nth(opener, 0));
  });

  it('says nothing of a loss when nothing was lost', async () => {
    await use();
    nth(opener, 0).lose();
    expect(events).toEqual([{ type: 'session', tabId: 'tab', session: null }]);
  });

  it('ends as soon as nothing runs when its pool closes', async () => {
    await hold();
    const closing = pool.close(60_000);
    expect(events.map(({ type }) => type)).toEqual(['session', 'lost']);
    await closing;
    expect(nth(opener, 0).isClosedPolitely).toBe(true);
  });

  it('sends nothing over a session that does not answer, and says what is gone', async () => {
    await session.use(neverAborted, async () => {
      nth(opener, 0).isInTransaction = true;
      session.noted(['setting']);
    });
    await clock.advance(30_000);
    nth(opener, 0).answerPing = async () => {
      nth(opener, 0).isUsable = false;
      throw new AppError('CONNECTION_LOST', { title: 'gone' });
    };
    const failure = await failureOf(use());
    expect(failure.code).toBe('TRANSACTION_LOST');
    expect(failure.detail).toContain('changed settings');
    expect(session.view).toBeNull();
  });

  it('must answer before a statement is sent when it was idle for long', async () => {
    await hold();
    await clock.advance(30_000);
    await use();
    expect(nth(opener, 0).pingCount).toBe(1);
    await use();
    expect(nth(opener, 0).pingCount).toBe(1);
  });
});
