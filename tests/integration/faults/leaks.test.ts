import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import type { Connection } from '../../../src/main/connectors/Connection.ts';
import { requireSql } from '../../../src/main/connectors/speaksSql.ts';
import { failureOf } from '../../support/failureOf.ts';
import type { Marks } from '../../support/faults/Administrator.ts';
import { sharedServers } from '../../support/faults/faultServers.ts';
import { JumpingClock } from '../../support/faults/JumpingClock.ts';
import { ManagerUnderTest } from '../../support/faults/ManagerUnderTest.ts';
import { until } from '../../support/faults/until.ts';

describe.each(sharedServers)('$engine.name', (server) => {
  const { engine, password, administrator } = server;
  let clock: JumpingClock;
  let source: ManagerUnderTest;
  let marks: Marks;

  beforeEach(async () => {
    marks = await administrator.createMarks();
    clock = new JumpingClock();
    source = new ManagerUnderTest(server, {
      engine,
      password,
      // One connection, so that whoever keeps it keeps everybody else waiting.
      pool: { min: 1, max: 1, leakWarningMs: 60_000, leakReclaimMs: 300_000, acquireTimeoutMs: 600_000 },
      clock,
    });
  });

  afterEach(() => source.dispose());

  const execute = (connection: Connection, text: string) =>
    requireSql(connection).query({ text }, { signal: neverAborted });
  const leakedNow = () => source.metrics.samples(source.id).at(-1)?.pool.leaked;

  describe('a borrower that never gives its connection back (row 28)', () => {
    it('is told after a minute with its place in the code, and counted', async () => {
      const lease = await source.manager.acquire(source.id, neverAborted);
      clock.skip(59_000);
      expect(source.log.lines.filter(({ level }) => level === 'warn')).toEqual([]);
      clock.skip(2_000);
      const warning = await until(() => {
        const found = source.log.lines.find(({ level }) => level === 'warn');
        expect(found).toBeDefined();
        return found;
      });
      expect(JSON.stringify(warning)).toContain('leaks.test');
      await until(() => expect(leakedNow()).toBe(1));
      lease.release();
      await until(() => expect(leakedNow()).toBe(0));
      expect(source.state.status).toBe('ready');
    });

    it('loses it after five minutes to those who wait, and what it began is rolled back', async () => {
      const lease = await source.manager.acquire(source.id, neverAborted);
      await execute(lease.connection, 'begin');
      await execute(lease.connection, marks.sql('never committed'));
      const waiting = source.run(marks.sql('next'));
      clock.skip(301_000);
      await waiting;
      expect(await failureOf(execute(lease.connection, marks.sql('too late')))).toMatchObject({
        code: 'CONNECTION_LOST',
      });
      expect(await marks.counts()).toEqual({ next: 1 });
      // Whatever a late release answers, the connection is not lent a second time.
      expect(() => {
        try {
          lease.release();
        } catch (error) {
          expect(error).toMatchObject({ code: 'LEASE_ALREADY_RELEASED' });
        }
      }).not.toThrow();
      expect(await source.run('select 1')).toEqual([['1']]);
      expect(await administrator.backends(source.applicationName)).toHaveLength(1);
      await source.untilStatus('ready');
    });

    it('is not suspected while its time has not come, however often others look', async () => {
      const lease = await source.manager.acquire(source.id, neverAborted);
      await execute(lease.connection, 'begin');
      clock.skip(20_000);
      await execute(lease.connection, marks.sql('kept'));
      await execute(lease.connection, 'commit');
      lease.release();
      expect(source.warnings).toEqual([]);
      expect(await marks.counts()).toEqual({ kept: 1 });
    });
  });

  describe('a connection that comes back', () => {
    const giveBackAfter = async (...statements: string[]) => {
      const lease = await source.manager.acquire(source.id, neverAborted);
      for (const statement of statements) await execute(lease.connection, statement).catch(() => undefined);
      lease.release();
    };

    it.each([
      ['in a transaction', () => ['begin', marks.sql('never committed')]],
      ['in a failed transaction', () => ['begin', marks.sql('never committed'), engine.words.faulty]],
    ])('%s is rolled back and never lent like that (row 29)', async (_, statements) => {
      await giveBackAfter(...statements());
      await source.run(marks.sql('next'));
      expect(await marks.counts()).toEqual({ next: 1 });
      const backends = await administrator.backends(source.applicationName);
      expect(backends).toHaveLength(1);
      expect(backends).toMatchObject([{ state: 'idle' }]);
      expect(source.state.status).toBe('ready');
    });

    it('while its statement runs is never lent like that: the statement is stopped on the server (row 29)', async () => {
      const lease = await source.manager.acquire(source.id, neverAborted);
      const abandoned = failureOf(execute(lease.connection, marks.sql('abandoned', 60)));
      const [pid = 0] = await administrator.untilBackends(source.applicationName, 1, 'active');
      lease.release();
      await source.run(marks.sql('next'));
      expect(['QUERY_CANCELLED', 'CONNECTION_LOST', 'CANCELLED']).toContain((await abandoned).code);
      await until(async () => {
        expect(
          (await administrator.backends(source.applicationName)).map((backend) => backend.pid),
        ).not.toContain(pid);
      });
      expect(await marks.counts()).toEqual({ next: 1 });
    });

    it('twice is refused the second time, and two borrowers never share it (row 30)', async () => {
      const lease = await source.manager.acquire(source.id, neverAborted);
      lease.release();
      expect(() => lease.release()).toThrow(expect.objectContaining({ code: 'LEASE_ALREADY_RELEASED' }));
      const order: string[] = [];
      const borrow = (name: string) =>
        source.manager.withConnection(source.id, neverAborted, async (connection) => {
          order.push(`${name} in`);
          await execute(connection, engine.words.sleep(0.02));
          order.push(`${name} out`);
        });
      await Promise.all([borrow('first'), borrow('second')]);
      expect(order).toEqual(['first in', 'first out', 'second in', 'second out']);
    });

    it('after the data source was disconnected is nobody’s trouble (row 30)', async () => {
      const lease = await source.manager.acquire(source.id, neverAborted);
      const disconnected = source.manager.disconnect(source.id);
      clock.skip(10_000);
      await disconnected;
      expect(() => lease.release()).not.toThrow();
      expect(source.state).toEqual({ status: 'idle' });
      await administrator.untilBackends(source.applicationName, 0);
      expect(await source.run('select 1')).toEqual([['1']]);
    });
  });
});
