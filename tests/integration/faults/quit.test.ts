import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import type { Connection } from '../../../src/main/connectors/Connection.ts';
import { requireSql } from '../../../src/main/connectors/speaksSql.ts';
import type { Marks } from '../../support/faults/Administrator.ts';
import { FaultProxy } from '../../support/faults/FaultProxy.ts';
import { sharedServers } from '../../support/faults/faultServers.ts';
import { JumpingClock } from '../../support/faults/JumpingClock.ts';
import { ManagerUnderTest } from '../../support/faults/ManagerUnderTest.ts';
import { until } from '../../support/faults/until.ts';

describe.each(sharedServers)('$engine.name', (server) => {
  const { engine, password, administrator } = server;
  /** What running work gets at a quit, in these tests. */
  const deadlineMs = 500;
  /** Deadline, a second for the server to obey, a second to say goodbye, and what a busy machine adds. */
  const limitMs = deadlineMs + 4_000;

  /** The same where a statement is to end by itself meanwhile. */
  const patientMs = 2_000;

  let proxy: FaultProxy;
  let clock: JumpingClock;
  let source: ManagerUnderTest;
  let marks: Marks;

  beforeEach(async () => {
    proxy = await FaultProxy.start(server);
    marks = await administrator.createMarks();
    clock = new JumpingClock();
    source = new ManagerUnderTest(proxy, { engine, password, pool: { min: 2, max: 4 }, clock });
  });

  afterEach(async () => {
    await source.dispose();
    proxy.dispose();
  });

  const execute = (connection: Connection, text: string) =>
    requireSql(connection).query({ text }, { signal: neverAborted });
  const outcomeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: { code?: string }) => error.code ?? 'unknown',
    );

  /** Quits, and tells how long it took. */
  async function quit(deadline = deadlineMs): Promise<number> {
    const startedMs = performance.now();
    await source.manager.close(deadline);
    return performance.now() - startedMs;
  }

  /** The server knows nothing of us any more; a busy one needs a moment to let go of what was ended. */
  async function expectNothingLeft(): Promise<void> {
    await until(async () => expect(await administrator.backends(source.applicationName)).toEqual([]));
    expect(clock.pendingCount).toBe(0);
  }

  describe('a quit (row 43)', () => {
    it('in the middle of statements, a transaction and a crowd that waits ends all of them and leaves nothing', async () => {
      const holder = new ManagerUnderTest(server, { engine, password, pool: { min: 1, max: 1 } });
      await holder.run(engine.words.takeLock(marks.table));
      const short = outcomeOf(source.run(marks.sqlUnderLock('short', marks.table)));
      const long = [1, 2].map((at) => outcomeOf(source.run(marks.sql(`long ${at}`, 60))));
      const lease = await source.manager.acquire(source.id, neverAborted);
      await execute(lease.connection, 'begin');
      await execute(lease.connection, marks.sql('never committed'));
      await administrator.untilBackends(source.applicationName, 3, 'active');
      const waiting = Array.from({ length: 50 }, () => outcomeOf(source.run(marks.sql('never sent'))));

      const quitting = quit(patientMs);
      // The short one can end now, within what running work gets.
      await holder.dispose();
      expect(await quitting).toBeLessThan(patientMs - deadlineMs + limitMs);
      expect(await short).toBe('done');
      expect(new Set(await Promise.all(waiting))).toEqual(new Set(['POOL_CLOSED']));
      for (const outcome of await Promise.all(long)) {
        expect(['QUERY_CANCELLED', 'CONNECTION_LOST', 'POOL_CLOSED', 'CANCELLED']).toContain(outcome);
      }
      await expectNothingLeft();
      expect(await marks.counts()).toEqual({ short: 1 });
      expect(await outcomeOf(source.run('select 1'))).toBe('SHUTTING_DOWN');
    });

    it('while it connects to a server that does not answer is not kept waiting', async () => {
      proxy.blackHole();
      const connecting = outcomeOf(source.run('select 1'));
      await until(() => expect(proxy.seen.connections).toBeGreaterThan(0));
      expect(await quit()).toBeLessThan(limitMs);
      expect(['POOL_CLOSED', 'CANCELLED', 'SHUTTING_DOWN']).toContain(await connecting);
      await until(() => expect(proxy.seen.open).toBe(0));
      await expectNothingLeft();
    });

    it('while it waits for its next attempt ends the waiting', async () => {
      proxy.refuse();
      await outcomeOf(source.run('select 1'));
      expect(['reconnecting', 'open-circuit']).toContain(source.state.status);
      await quit();
      await expectNothingLeft();
      expect(source.state).toEqual({ status: 'idle' });
    });

    it('with a path that has gone dead under a running statement is over within its limit', async () => {
      const running = outcomeOf(source.run(marks.sql('unknown', 1)));
      await administrator.untilBackends(source.applicationName, 1, 'active');
      proxy.blackHole();
      expect(await quit()).toBeLessThan(limitMs);
      expect(['QUERY_CANCELLED', 'CONNECTION_LOST', 'POOL_CLOSED', 'CANCELLED']).toContain(await running);
      expect(clock.pendingCount).toBe(0);
      await until(() => expect(proxy.seen.open).toBe(0));
    });
  });
});
