import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AppError, isAppError } from '../../../src/main/base/AppError.ts';
import type { Marks } from '../../support/faults/Administrator.ts';
import { FaultProxy } from '../../support/faults/FaultProxy.ts';
import { fastClock } from '../../support/faults/fastClock.ts';
import { sharedServers } from '../../support/faults/faultServers.ts';
import { ManagerUnderTest } from '../../support/faults/ManagerUnderTest.ts';
import { until } from '../../support/faults/until.ts';

describe.each(sharedServers)('$engine.name', (server) => {
  const { engine, password, administrator } = server;
  const workerCount = 12;
  /** Statements that must succeed between two strikes. */
  const calmCount = 60;

  let proxy: FaultProxy;
  let source: ManagerUnderTest;
  let marks: Marks;
  let succeeded: Set<string>;
  let failed: Map<string, AppError>;
  let isOver: boolean;

  beforeEach(async () => {
    proxy = await FaultProxy.start(server);
    marks = await administrator.createMarks();
    source = new ManagerUnderTest(proxy, {
      engine,
      password,
      clock: fastClock(10),
      timeouts: { connectMs: 20_000, queryMs: 5_000 },
    });
    succeeded = new Set();
    failed = new Map();
    isOver = false;
  });

  afterEach(async () => {
    await source.dispose();
    proxy.dispose();
  });

  /** Leaves one mark after the other, each once, whatever became of the one before. */
  async function work(name: number): Promise<void> {
    for (let count = 0; !isOver; count += 1) {
      const mark = `${name}-${count}`;
      try {
        await source.run(marks.sql(mark, 0.005));
        succeeded.add(mark);
      } catch (error) {
        if (!isAppError(error)) throw error;
        failed.set(mark, error);
        // As a person would, it does not hammer.
        await pause(5);
      }
    }
  }

  /** Each with what makes the path good again, if anything must. */
  const strikes: Readonly<Record<string, () => Promise<void> | void>> = {
    'sessions ended by an administrator': async () =>
      administrator.terminate(
        (await administrator.backends(source.applicationName)).map((backend) => backend.pid),
      ),
    'a reset': () => proxy.cut('reset'),
    'a half close': () => proxy.cut('half-close'),
    'a pause of the network': async () => {
      proxy.freeze();
      await pause(100);
      proxy.thaw();
    },
    'a sleep': () => {
      source.manager.suspended();
      proxy.loseOpen();
      source.manager.resumed();
    },
    'answers cut short': async () => {
      proxy.limitData(700);
      const before = failed.size;
      await until(() => expect(failed.size).toBeGreaterThan(before));
      await proxy.heal();
    },
    'a server that is away': async () => {
      proxy.refuse();
      proxy.cut('reset');
      await until(() => expect(source.state.status).not.toBe('ready'));
      await proxy.heal();
      source.manager.networkChanged();
    },
  };

  const untilMoreSucceeded = () => {
    const before = succeeded.size;
    return until(() => expect(succeeded.size - before).toBeGreaterThanOrEqual(calmCount));
  };

  describe('one fault after the other, in the middle of work', () => {
    it('loses no statement, doubles none, and tells of each whether it may have run', async () => {
      await source.connect();
      const working = Promise.all(Array.from({ length: workerCount }, (_, name) => work(name)));
      await untilMoreSucceeded();
      for (const strike of Object.values(strikes)) {
        await strike();
        await untilMoreSucceeded();
      }
      isOver = true;
      await working;
      await administrator.untilBackends(source.applicationName, 0, 'active');
      const counts = await marks.counts();
      expect(Object.entries(counts).filter(([, count]) => count > 1)).toEqual([]);
      expect([...succeeded].filter((mark) => counts[mark] !== 1)).toEqual([]);
      const untrue = [...failed].filter(([mark, error]) => error.retryable && counts[mark] !== undefined);
      expect(untrue.map(([mark, error]) => `${mark} ${error.code} ${error.detail}`)).toEqual([]);
      await source.untilStatus('ready');
    });
  });
});
