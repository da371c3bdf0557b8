import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failureOf } from '../../support/failureOf.ts';
import type { Marks } from '../../support/faults/Administrator.ts';
import { FaultProxy } from '../../support/faults/FaultProxy.ts';
import { sharedServers } from '../../support/faults/faultServers.ts';
import { JumpingClock } from '../../support/faults/JumpingClock.ts';
import { ManagerUnderTest } from '../../support/faults/ManagerUnderTest.ts';
import { until } from '../../support/faults/until.ts';

describe.each(sharedServers)('$engine.name', (server) => {
  const { engine, password, administrator } = server;
  let proxy: FaultProxy;
  let clock: JumpingClock;
  let source: ManagerUnderTest;
  let marks: Marks;

  beforeEach(async () => {
    proxy = await FaultProxy.start(server);
    marks = await administrator.createMarks();
    clock = new JumpingClock();
    source = new ManagerUnderTest(proxy, { engine, password, timeouts: { connectMs: 30_000 }, clock });
  });

  afterEach(async () => {
    await source.dispose();
    proxy.dispose();
  });

  const pidsNow = async () => (await administrator.backends(source.applicationName)).map(({ pid }) => pid);
  const healthNow = () => source.metrics.samples(source.id).at(-1)?.healthMs ?? 0;

  describe('a slow server (row 26)', () => {
    it('that takes a second for each answer is slow, not dead', async () => {
      await source.connect();
      const before = await administrator.untilBackends(source.applicationName, 2, 'idle');
      proxy.delay({ toServerMs: 500, toClientMs: 500 });
      // A health check is due, and after it the next borrower's connection is due to be validated.
      clock.skip(35_000);
      // Not the quick one of before; timers may ring a moment early.
      await until(() => expect(healthNow()).toBeGreaterThan(950));
      await source.run(marks.sql('slow'));
      expect(await marks.counts()).toEqual({ slow: 1 });
      expect(await pidsNow()).toEqual(before);
      expect(source.statuses).toEqual(['connecting', 'ready']);
    });

    it('is slow, not dead, when the machine wakes up either', async () => {
      await source.connect();
      const before = await administrator.untilBackends(source.applicationName, 2, 'idle');
      proxy.delay({ toServerMs: 300, toClientMs: 300 });
      source.manager.resumed();
      expect(await source.run('select 1')).toEqual([['1']]);
      expect(await pidsNow()).toEqual(expect.arrayContaining(before));
      expect(source.state.status).toBe('ready');
    });

    it('that sends a large answer drop by drop is read to the end', async () => {
      await source.connect();
      const before = await administrator.untilBackends(source.applicationName, 2, 'idle');
      proxy.throttle({ bytesPerSecond: 40_000, sliceBytes: 4_000 });
      const reading = source.run(engine.words.largeAnswer(60));
      const other = source.run('select 1');
      expect((await reading).map(([text]) => Number.parseInt(text ?? '', 10))).toEqual(
        Array.from({ length: 60 }, (_, at) => at + 1),
      );
      expect(await other).toEqual([['1']]);
      expect(await pidsNow()).toEqual(before);
      expect(source.statuses).toEqual(['connecting', 'ready']);
    });
  });

  describe('a connection that the network ends (row 27)', () => {
    it('in one direction while it is idle is replaced before anybody notices', async () => {
      await source.connect();
      const before = await administrator.untilBackends(source.applicationName, 2, 'idle');
      const connections = proxy.seen.connections;
      proxy.cut('half-close');
      await until(() => expect(proxy.seen.connections).toBeGreaterThan(connections));
      await source.run(marks.sql('after'));
      expect(await marks.counts()).toEqual({ after: 1 });
      await source.untilStatus('ready');
      await until(async () => expect((await pidsNow()).filter((pid) => before.includes(pid))).toEqual([]));
    });

    it('in one direction while a statement runs fails it once, and says that it may have run', async () => {
      await source.connect();
      const before = await administrator.untilBackends(source.applicationName, 2, 'idle');
      const failing = failureOf(source.run(marks.sql('half', 1)));
      await administrator.untilBackends(source.applicationName, 1, 'active');
      proxy.cut('half-close');
      const failure = await failing;
      expect(failure).toMatchObject({ code: 'CONNECTION_LOST', retryable: false });
      expect(failure.detail).toContain('may or may not have run');
      // The idle connection was cut too: what is sent before its end arrived would be lost as well.
      await administrator.untilReplaced(source.applicationName, before, 2);
      await source.run(marks.sql('after'));
      const counts = await marks.counts();
      expect(counts).toMatchObject({ after: 1 });
      expect(counts.half ?? 0).toBeLessThanOrEqual(1);
    });

    it('after part of the answer fails the statement: what came is not taken for all of it', async () => {
      await source.connect();
      proxy.limitData(100_000);
      const failure = await failureOf(source.run(engine.words.largeAnswer(500)));
      expect(failure.code).toBe('CONNECTION_LOST');
      await proxy.heal();
      // Those that are open keep their limit.
      proxy.cut('reset');
      await until(() => expect(proxy.seen.open).toBeGreaterThan(0));
      await source.untilStatus('ready');
      expect(await source.run(engine.words.largeAnswer(500))).toHaveLength(500);
      await source.untilStatus('ready');
    });

    it('so slowly that nobody answers a goodbye does not keep a data source from closing', async () => {
      await source.connect();
      await administrator.untilBackends(source.applicationName, 2, 'idle');
      proxy.freeze();
      await source.manager.disconnect(source.id);
      expect(source.state).toEqual({ status: 'idle' });
      expect(source.statuses.slice(-2)).toEqual(['closing', 'idle']);
      await until(() => expect(proxy.seen.open).toBe(0));
      proxy.thaw();
      await administrator.untilBackends(source.applicationName, 0);
    });
  });
});
