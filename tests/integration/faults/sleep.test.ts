import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failureOf } from '../../support/failureOf.ts';
import type { Marks } from '../../support/faults/Administrator.ts';
import { FaultProxy } from '../../support/faults/FaultProxy.ts';
import { fastClock } from '../../support/faults/fastClock.ts';
import { sharedServers } from '../../support/faults/faultServers.ts';
import { ManagerUnderTest } from '../../support/faults/ManagerUnderTest.ts';
import { until } from '../../support/faults/until.ts';

describe.each(sharedServers)('$engine.name', (server) => {
  const { engine, password, administrator } = server;
  let proxy: FaultProxy;
  let source: ManagerUnderTest;
  let marks: Marks;

  /** A backoff, and a connect deadline (30 s), that would keep everybody waiting if waking up did not shorten them. */
  beforeEach(async () => {
    proxy = await FaultProxy.start(server);
    marks = await administrator.createMarks();
    source = new ManagerUnderTest(proxy, {
      engine,
      password,
      random: () => 0.99,
      timeouts: { connectMs: 30_000 },
    });
    await source.connect();
    await administrator.untilBackends(source.applicationName, 2, 'idle');
  });

  afterEach(async () => {
    await source.dispose();
    proxy.dispose();
  });

  /** All that the server had before is dead to us, and we are woken up. */
  const sleepAndWake = () => {
    source.manager.suspended();
    proxy.loseOpen();
    source.manager.resumed();
  };

  describe('after the machine slept', () => {
    it('dead connections are found and replaced within 5 s, with nobody asking (row 12)', async () => {
      sleepAndWake();
      await until(() => {
        expect(proxy.seen.connections).toBeGreaterThanOrEqual(4);
        expect(proxy.seen.open).toBe(2);
      }, 5_000);
      await source.untilStatus('ready');
      await source.run(marks.sql('after'));
      expect(await marks.counts()).toEqual({ after: 1 });
      expect(source.statuses).not.toContain('failed');
    });

    it('a statement that comes at once is run on a live connection, once (row 12)', async () => {
      // Used a moment ago: without the sleep it would be lent unseen.
      await source.run(marks.sql('before'));
      sleepAndWake();
      await Promise.all(['one', 'two', 'three'].map((mark) => source.run(marks.sql(mark))));
      expect(await marks.counts()).toEqual({ before: 1, one: 1, two: 1, three: 1 });
    });

    it('a statement that comes before anybody told us that the machine is awake is, too (row 12)', async () => {
      await source.dispose();
      // A ping has 5 s for its answer: here half a second.
      source = new ManagerUnderTest(proxy, {
        ...{ engine, password, clock: fastClock(10), timeouts: { connectMs: 20_000 } },
      });
      await source.run(marks.sql('before'));
      await administrator.untilBackends(source.applicationName, 2, 'idle');
      source.manager.suspended();
      proxy.loseOpen();
      await source.run(marks.sql('early'));
      expect(await marks.counts()).toEqual({ before: 1, early: 1 });
    });

    it('connections that lived through it are asked, and kept (row 12)', async () => {
      const before = await administrator.untilBackends(source.applicationName, 2);
      const { bytesToServer, bytesToClient } = proxy.seen;
      source.manager.suspended();
      source.manager.resumed();
      await until(() => {
        expect(proxy.seen.bytesToServer).toBeGreaterThan(bytesToServer);
        expect(proxy.seen.bytesToClient).toBeGreaterThan(bytesToClient);
      });
      expect(await administrator.untilBackends(source.applicationName, 2)).toEqual(before);
      await source.run(marks.sql('after'));
      expect(await marks.counts()).toEqual({ after: 1 });
      expect(source.statuses).toEqual(['connecting', 'ready']);
    });

    it('and the path is still away, it is ready within 3 s after the path is back, by itself (row 12)', async () => {
      proxy.blackHole();
      source.manager.suspended();
      source.manager.resumed();
      await source.untilReason('CONNECT_TIMEOUT');
      expect((await failureOf(source.run(marks.sql('no path')))).code).toBe('CIRCUIT_OPEN');
      await proxy.heal();
      await source.untilStatus('ready', 3_000);
      await source.run(marks.sql('after'));
      expect(await marks.counts()).toEqual({ after: 1 });
    });

    it.each(['resumed', 'networkChanged'] as const)(
      'and the path came back, %s tries at once, however long the wait was to be (row 12)',
      async (wake) => {
        proxy.refuse();
        proxy.cut('reset');
        const { until: probeAt } = await source.untilStatus('open-circuit');
        await proxy.heal();
        source.manager[wake]();
        await source.untilStatus('ready', 3_000);
        expect(Date.now()).toBeLessThan(probeAt);
        await source.run(marks.sql('after'));
        expect(await marks.counts()).toEqual({ after: 1 });
      },
    );
  });
});
