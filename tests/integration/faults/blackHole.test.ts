import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failureOf } from '../../support/failureOf.ts';
import { BlackHole } from '../../support/fakePostgresBlackHole.ts';
import type { Marks } from '../../support/faults/Administrator.ts';
import { FaultProxy } from '../../support/faults/FaultProxy.ts';
import { fastClock } from '../../support/faults/fastClock.ts';
import { sharedServers } from '../../support/faults/faultServers.ts';
import {
  ManagerUnderTest,
  type SourceAddress,
  type UnderTestOptions,
} from '../../support/faults/ManagerUnderTest.ts';
import { until } from '../../support/faults/until.ts';

describe.each(sharedServers)('$engine.name', (server) => {
  const { engine, password, administrator } = server;
  let proxy: FaultProxy;
  let source: ManagerUnderTest;
  let marks: Marks;

  /** The data source of this test, over the proxy unless another address is given. */
  function use(options: Partial<UnderTestOptions> = {}, address: SourceAddress = proxy): ManagerUnderTest {
    source = new ManagerUnderTest(address, { engine, password, ...options });
    return source;
  }

  beforeEach(async () => {
    proxy = await FaultProxy.start(server);
    marks = await administrator.createMarks();
  });

  afterEach(async () => {
    await source.dispose();
    proxy.dispose();
  });

  describe('a path that swallows everything, while connecting', () => {
    let hole: BlackHole;
    beforeEach(async () => {
      hole = await BlackHole.open();
    });
    afterEach(() => hole.dispose());

    it('fails at the deadline when not even TCP is answered (row 8)', async () => {
      use({ timeouts: { connectMs: 1_000 } }, hole);
      const failure = await failureOf(source.connect());
      expect(failure).toMatchObject({ code: 'CONNECT_TIMEOUT', driverCode: 'ETIMEDOUT', retryable: true });
      expect(failure.causes.join(' ')).toMatch(/firewall.*VPN/i);
      expect(source.statuses).toEqual(['connecting', 'reconnecting']);
    });

    it('fails at the deadline when TCP is taken and nothing else answered (row 8)', async () => {
      use({ timeouts: { connectMs: 1_000 } });
      proxy.blackHole();
      expect(await failureOf(source.connect())).toMatchObject({ code: 'CONNECT_TIMEOUT', retryable: true });
      await proxy.heal();
      await source.untilStatus('ready');
      expect(await source.run('select 1')).toEqual([['1']]);
    });

    it('lets go of the socket as soon as a person cancels (row 8)', async () => {
      use({ timeouts: { connectMs: 300_000 } });
      proxy.blackHole();
      const controller = new AbortController();
      const failing = failureOf(source.connect(controller.signal));
      await until(() => expect(proxy.seen.open).toBe(1));
      controller.abort();
      expect((await failing).code).toMatch(/^(CANCELLED|POOL_CLOSED)$/);
      await until(() => expect(proxy.seen.open).toBe(0));
      expect(source.state.status).toBe('idle');
    });
  });

  describe('connections that died without a word', () => {
    it('while nobody used them are found by the health check and replaced (row 9)', async () => {
      use({ clock: fastClock(10), timeouts: { connectMs: 20_000 } });
      await source.connect();
      await until(() => expect(proxy.seen).toMatchObject({ connections: 2, open: 2 }));
      proxy.loseOpen();
      await until(() => {
        expect(proxy.seen.connections).toBeGreaterThanOrEqual(4);
        expect(proxy.seen.open).toBe(2);
        // Under way is not enough.
        expect(source.state.status).toBe('ready');
      });
      await source.run(marks.sql('after'));
      expect(await marks.counts()).toEqual({ after: 1 });
      await source.untilStatus('ready');
    });

    it('are never lent: the borrower gets one that was opened anew (row 9)', async () => {
      const clock = fastClock(10);
      use({ clock, timeouts: { connectMs: 20_000 } });
      await source.connect();
      await administrator.untilBackends(source.applicationName, 2, 'idle');
      const dead = (await administrator.backends(source.applicationName)).map(({ pid }) => pid);
      // Past the window in which a connection counts as proven without a ping.
      await new Promise<void>((resolve) => clock.after(1_500, resolve));
      proxy.loseOpen();
      const [row] = await source.run(engine.words.sessionId);
      expect(dead).not.toContain(Number(row?.[0]));
      await source.run(marks.sql('after'));
      expect(await marks.counts()).toEqual({ after: 1 });
    });

    it('under a statement end it at its time-out; what the server did is done once (row 10)', async () => {
      use({ clock: fastClock(10), timeouts: { connectMs: 20_000, queryMs: 1_000 } });
      await source.connect();
      const failing = failureOf(source.run(marks.sql('swallowed', 0.5)));
      await administrator.untilBackends(source.applicationName, 1, 'active');
      proxy.loseOpen();
      const failure = await failing;
      expect(failure).toMatchObject({ code: 'QUERY_TIMEOUT' });
      expect(await source.run('select 1')).toEqual([['1']]);
      await until(async () => expect(await marks.counts()).toEqual({ swallowed: 1 }));
      await source.untilStatus('ready');
    });

    it('under a statement do not keep a person who cancels waiting, though no cancel gets through (row 10)', async () => {
      use({ clock: fastClock(10), timeouts: { connectMs: 20_000 } });
      await source.connect();
      const controller = new AbortController();
      const failing = failureOf(source.run(engine.words.sleep(1), controller.signal));
      await administrator.untilBackends(source.applicationName, 1, 'active');
      proxy.blackHole();
      controller.abort();
      const failure = await failing;
      expect(failure.code).toBe('QUERY_CANCELLED');
      expect(failure.detail).toContain('may still be running');
      await proxy.heal();
      await until(async () => expect(await source.run('select 1')).toEqual([['1']]));
    });

    it('do not keep the app from closing, idle or busy (row 10)', async () => {
      use();
      await source.connect();
      const failing = failureOf(source.run(engine.words.sleep(1)));
      await administrator.untilBackends(source.applicationName, 1, 'active');
      proxy.blackHole();
      // Its deadline is a second, and the server has another one to obey a cancel.
      const closing = source.dispose();
      await until(() => expect(proxy.seen.open).toBe(0), 4_000);
      await closing;
      await failing;
    });
  });
});
