import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import { requireSql } from '../../../src/main/connectors/speaksSql.ts';
import { failureOf } from '../../support/failureOf.ts';
import type { Administrator, Marks } from '../../support/faults/Administrator.ts';
import type { OwnServer } from '../../support/faults/FaultEngine.ts';
import { fastClock } from '../../support/faults/fastClock.ts';
import { faultEngines } from '../../support/faults/faultServers.ts';
import { ManagerUnderTest } from '../../support/faults/ManagerUnderTest.ts';
import { until } from '../../support/faults/until.ts';

/** The patience of the product (5 s and more, fixed) five times as short. */
const clock = fastClock(5);
/** Real seconds: two. */
const timeouts = { connectMs: 10_000, queryMs: 1_000 };

describe.each(faultEngines)('$name', (engine) => {
  let server: OwnServer;
  let administrator: Administrator;
  let source: ManagerUnderTest;
  let marks: Marks;
  let stopped: number[];

  beforeAll(async () => {
    server = await engine.start();
    administrator = server.administrator;
  });
  afterAll(() => server.dispose());

  beforeEach(async () => {
    stopped = [];
    marks = await administrator.createMarks();
    source = new ManagerUnderTest(server, { engine, password: server.password, clock, timeouts });
    await source.connect();
  });

  afterEach(async () => {
    for (const pid of stopped) server.wake(pid);
    await server.resume();
    await source.dispose();
  });

  /** Stops the server process that runs this application's statement; it can neither answer nor be cancelled. */
  async function stopBusyBackend(): Promise<number> {
    const [pid = 0] = await administrator.untilBackends(source.applicationName, 1, 'active');
    server.hang(pid);
    stopped.push(pid);
    return pid;
  }

  const wakeUp = (pid: number) => {
    server.wake(pid);
    stopped = stopped.filter((one) => one !== pid);
  };

  describe('a server process that hangs in a statement', () => {
    it.runIf(engine.hasProcessPerSession)(
      'is given up at the time-out, and the pool has its place back (row 6)',
      async () => {
        const failing = failureOf(source.run(marks.sql('hung', 0.8)));
        const pid = await stopBusyBackend();
        const failure = await failing;
        expect(failure.code).toBe('QUERY_TIMEOUT');
        expect(failure.message).toContain('took longer than');
        expect(failure.detail).toContain('may still be running');
        await Promise.all(['one', 'two', 'three', 'four'].map((mark) => source.run(marks.sql(mark, 0.1))));
        await source.untilStatus('ready');
        wakeUp(pid);
        await until(async () => {
          const pids = (await administrator.backends(source.applicationName)).map((backend) => backend.pid);
          expect(pids).not.toContain(pid);
        });
        // The cancel was waiting for it.
        expect(await marks.counts()).toEqual({ one: 1, two: 1, three: 1, four: 1 });
      },
    );

    it('does not keep a person who cancels waiting (row 6)', async () => {
      const controller = new AbortController();
      const failing = failureOf(source.run(marks.sql('hung', 0.8), controller.signal));
      const pid = await stopBusyBackend();
      controller.abort();
      const failure = await failing;
      expect(failure.code).toBe('QUERY_CANCELLED');
      expect(failure.detail).toMatch(/did not confirm|may still be running/);
      wakeUp(pid);
      expect(await source.run('select 1')).toEqual([['1']]);
    });

    it('does not keep the app from closing (row 6)', async () => {
      const failing = failureOf(source.run(marks.sql('hung', 0.8)));
      await stopBusyBackend();
      await source.dispose();
      expect((await failing).code).toMatch(/^(CONNECTION_LOST|QUERY_CANCELLED|POOL_CLOSED)$/);
    });
  });

  describe('a server that takes connections and does nothing with them', () => {
    it('fails a connect at its deadline, and is waited for (row 7)', async () => {
      await source.dispose();
      source = new ManagerUnderTest(server, {
        ...{ engine, password: server.password, clock },
        timeouts: { connectMs: 2_500 },
      });
      await server.pause();
      const failure = await failureOf(source.connect());
      expect(failure).toMatchObject({ code: 'CONNECT_TIMEOUT', driverCode: 'ETIMEDOUT', retryable: true });
      expect(failure.message).toContain(`127.0.0.1, port ${server.port}`);
      expect(source.statuses).toEqual(['connecting', 'reconnecting']);
      await server.resume();
      await source.untilStatus('ready');
      expect(await source.run('select 1')).toEqual([['1']]);
    });

    it('does not keep a person who cancels the connect waiting (row 7)', async () => {
      await source.dispose();
      source = new ManagerUnderTest(server, {
        engine,
        password: server.password,
        timeouts: { connectMs: 300_000 },
      });
      await server.pause();
      const controller = new AbortController();
      const failing = failureOf(source.connect(controller.signal));
      await source.untilStatus('connecting');
      controller.abort();
      expect((await failing).code).toMatch(/^(CANCELLED|POOL_CLOSED)$/);
      await source.untilStatus('idle');
      await server.resume();
      expect(await administrator.untilBackends(source.applicationName, 0)).toEqual([]);
    });

    it.runIf(engine.hasProcessPerSession)(
      'still answers on the connections that are open (row 7)',
      async () => {
        await administrator.untilBackends(source.applicationName, 2, 'idle');
        await server.pause();
        await source.run(marks.sql('meanwhile'));
        expect(source.state.status).toBe('ready');
        await server.resume();
        expect(await marks.counts()).toEqual({ meanwhile: 1 });
      },
    );

    it('and cannot be asked to cancel: the statement is given up all the same (row 7)', async () => {
      const controller = new AbortController();
      const failing = failureOf(
        source.manager.withConnection(source.id, neverAborted, (connection) =>
          requireSql(connection).query({ text: marks.sql('running', 3) }, { signal: controller.signal }),
        ),
      );
      await administrator.untilBackends(source.applicationName, 1, 'active');
      await server.pause();
      controller.abort();
      expect((await failing).code).toBe('QUERY_CANCELLED');
    });
  });
});
