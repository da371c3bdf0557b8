import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import { failureOf } from '../../support/failureOf.ts';
import type { Marks } from '../../support/faults/Administrator.ts';
import { FaultProxy } from '../../support/faults/FaultProxy.ts';
import { sharedServers } from '../../support/faults/faultServers.ts';
import { ManagerUnderTest } from '../../support/faults/ManagerUnderTest.ts';
import { until } from '../../support/faults/until.ts';

describe.each(sharedServers)('$engine.name', (server) => {
  const { engine, password, administrator } = server;
  const quiet = { signal: neverAborted };
  let proxy: FaultProxy;
  let source: ManagerUnderTest;
  let marks: Marks;

  beforeEach(async () => {
    proxy = await FaultProxy.start(server);
    marks = await administrator.createMarks();
    source = new ManagerUnderTest(proxy, { engine, password });
    await source.connect();
  });

  afterEach(async () => {
    await source.dispose();
    proxy.dispose();
  });

  describe('a transaction whose connection is lost', () => {
    it('fails loudly: nothing of it is there, and none of its statements is run outside of it (row 3)', async () => {
      const codes: string[] = [];
      const failure = await failureOf(
        source.manager.transaction(source.id, neverAborted, async (transaction) => {
          await transaction.query({ text: marks.sql('first') }, quiet);
          const [pid = 0] = await administrator.untilBackends(
            source.applicationName,
            1,
            'idle in transaction',
          );
          await administrator.terminate([pid]);
          await until(() => expect(transaction.isOpen).toBe(false));
          // Work that goes on as if nothing had happened.
          for (const mark of ['second', 'third']) {
            codes.push((await failureOf(transaction.query({ text: marks.sql(mark) }, quiet))).code);
          }
        }),
      );
      expect(failure.code).toBe('TRANSACTION_LOST');
      expect(codes).toEqual(['TRANSACTION_LOST', 'TRANSACTION_LOST']);
      await source.run(marks.sql('after'));
      expect(await marks.counts()).toEqual({ after: 1 });
    });

    it('on its commit says that the commit may or may not have taken effect, and nobody commits again (row 11)', async () => {
      const failing = failureOf(
        source.manager.transaction(source.id, neverAborted, async (transaction) => {
          await transaction.query({ text: marks.sql('once') }, quiet);
          // What the server says of the commit does not come in time.
          proxy.delay({ toClientMs: 60_000 });
        }),
      );
      await until(async () => expect(await marks.counts()).toEqual({ once: 1 }));
      proxy.delay({});
      proxy.cut('reset');
      const failure = await failing;
      expect(failure).toMatchObject({ code: 'TRANSACTION_LOST', retryable: false });
      expect(`${failure.message} ${failure.detail}`).toMatch(/may or may not have taken effect/);
      expect(await source.run('select 1')).toEqual([['1']]);
      expect(await marks.counts()).toEqual({ once: 1 });
    });
  });
});
