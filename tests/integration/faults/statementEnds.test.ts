import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import { requireSql } from '../../../src/main/connectors/speaksSql.ts';
import { failureOf } from '../../support/failureOf.ts';
import type { Marks } from '../../support/faults/Administrator.ts';
import { sharedServers } from '../../support/faults/faultServers.ts';
import { ManagerUnderTest } from '../../support/faults/ManagerUnderTest.ts';

describe.each(sharedServers)('$engine.name', (server) => {
  const { engine, password, administrator } = server;
  let source: ManagerUnderTest;
  let marks: Marks;
  /** Of the one connection that the pool has. */
  let pid: number;

  beforeEach(async () => {
    marks = await administrator.createMarks();
    source = new ManagerUnderTest(server, {
      engine,
      password,
      pool: { min: 1, max: 1 },
      timeouts: { queryMs: 1_000 },
    });
    await source.connect();
    [pid = 0] = await administrator.untilBackends(source.applicationName, 1, 'idle');
  });

  afterEach(() => source.dispose());

  /** The session did not suffer: the same one serves the next statement, and nothing else runs. */
  async function expectSameSession(): Promise<void> {
    await source.run(marks.sql('next'));
    expect(await source.run(engine.words.sessionId)).toEqual([[String(pid)]]);
    expect(await administrator.backends(source.applicationName)).toMatchObject([{ pid, state: 'idle' }]);
    expect(source.statuses).toEqual(['connecting', 'ready']);
  }

  describe('a statement that ends before it is done (row 25)', () => {
    it('at the limit of time is told as that, and its connection serves the next one', async () => {
      const failure = await failureOf(source.run(marks.sql('too slow', 30)));
      expect(failure).toMatchObject({ code: 'QUERY_TIMEOUT', driverCode: engine.codes.statementTimeout });
      await expectSameSession();
      expect(await marks.counts()).toEqual({ next: 1 });
    });

    it('because its caller cancels is told as that, and its connection serves the next one', async () => {
      const controller = new AbortController();
      const failing = failureOf(source.run(marks.sql('cancelled', 30), controller.signal));
      await administrator.untilBackends(source.applicationName, 1, 'active');
      controller.abort();
      expect(await failing).toMatchObject({
        code: 'QUERY_CANCELLED',
        driverCode: engine.codes.statementCancelled,
      });
      await expectSameSession();
      expect(await marks.counts()).toEqual({ next: 1 });
    });

    it('because somebody cancels it on the server is no limit of time', async () => {
      const failing = failureOf(source.run(marks.sql('cancelled', 30)));
      await administrator.untilBackends(source.applicationName, 1, 'active');
      await administrator.query(engine.words.cancelStatement(pid));
      const failure = await failing;
      expect(failure).toMatchObject({ code: 'QUERY_CANCELLED', driverCode: engine.codes.statementCancelled });
      await expectSameSession();
      expect(await marks.counts()).toEqual({ next: 1 });
    });

    it('at a lock that does not come free is told as the lock', async () => {
      await source.run(marks.sql('contested'));
      const holder = new ManagerUnderTest(server, { engine, password, pool: { min: 0, max: 1 } });
      const contest = `update ${marks.table} set mark = 'changed'`;
      try {
        await holder.manager.withConnection(holder.id, neverAborted, async (lent) => {
          const connection = requireSql(lent);
          for (const text of ['begin', contest]) await connection.query({ text }, { signal: neverAborted });
          await source.run(engine.words.impatientWithLocks);
          const failure = await failureOf(source.run(contest));
          expect(failure).toMatchObject({ driverCode: engine.codes.lockTimeout, retryable: true });
          expect(failure.code).not.toBe('QUERY_CANCELLED');
          await connection.query({ text: 'rollback' }, { signal: neverAborted });
        });
        await expectSameSession();
      } finally {
        await holder.dispose();
      }
    });

    it('with cancels at any moment never stops the statement that follows', async () => {
      const statements = Array.from({ length: 40 }, async (_, at) => {
        const controller = new AbortController();
        const cancelled = source
          .run(marks.sql(`maybe ${at}`, 0.004), controller.signal)
          .catch((error: unknown) => error);
        setTimeout(() => controller.abort(), at);
        await source.run(marks.sql(`kept ${at}`));
        await cancelled;
      });
      await Promise.all(statements);
      const counts = await marks.counts();
      for (let at = 0; at < 40; at += 1) expect(counts[`kept ${at}`]).toBe(1);
      expect(Object.values(counts).every((count) => count === 1)).toBe(true);
      await expectSameSession();
    });
  });
});
