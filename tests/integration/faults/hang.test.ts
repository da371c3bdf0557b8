import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import { Administrator, type Marks } from '../../support/faults/Administrator.ts';
import { fastClock } from '../../support/faults/fastClock.ts';
import { ManagerUnderTest } from '../../support/faults/ManagerUnderTest.ts';
import { until } from '../../support/faults/until.ts';
import { PostgresCluster } from '../../support/postgresCluster.ts';
import { failureOf } from '../../support/postgresClusterSession.ts';

/** The patience of the product (5 s and more, fixed) five times as short. */
const clock = fastClock(5);
/** Real seconds: two. */
const timeouts = { connectMs: 10_000, queryMs: 1_000 };

let cluster: PostgresCluster;
let administrator: Administrator;
let source: ManagerUnderTest;
let marks: Marks;
let stopped: number[];

beforeAll(async () => {
  cluster = await PostgresCluster.start();
  administrator = new Administrator(cluster);
});
afterAll(() => cluster.dispose());

beforeEach(async () => {
  stopped = [];
  marks = await administrator.createMarks();
  source = new ManagerUnderTest(cluster, { password: cluster.password, clock, timeouts });
  await source.connect();
});

afterEach(async () => {
  for (const pid of stopped) process.kill(pid, 'SIGCONT');
  await cluster.signal('SIGCONT');
  await source.dispose();
});

/** Stops the server process that runs this application's statement; it can neither answer nor be cancelled. */
async function stopBusyBackend(): Promise<number> {
  const [pid = 0] = await administrator.untilBackends(source.applicationName, 1, 'active');
  process.kill(pid, 'SIGSTOP');
  stopped.push(pid);
  return pid;
}

const wakeUp = (pid: number) => {
  process.kill(pid, 'SIGCONT');
  stopped = stopped.filter((one) => one !== pid);
};

describe('a server process that hangs in a statement', () => {
  it('is given up at the time-out, and the pool has its place back (row 6)', async () => {
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
  });

  it('does not keep a person who cancels waiting (row 6)', async () => {
    const controller = new AbortController();
    const failing = failureOf(source.run(marks.sql('hung', 0.8), controller.signal));
    const pid = await stopBusyBackend();
    controller.abort();
    const failure = await failing;
    expect(failure.code).toBe('QUERY_CANCELLED');
    expect(failure.detail).toContain('did not confirm');
    expect(await source.run('select 1')).toEqual([['1']]);
    wakeUp(pid);
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
    source = new ManagerUnderTest(cluster, {
      ...{ password: cluster.password, clock },
      timeouts: { connectMs: 2_500 },
    });
    await cluster.signal('SIGSTOP');
    const failure = await failureOf(source.connect());
    expect(failure).toMatchObject({ code: 'CONNECT_TIMEOUT', driverCode: 'ETIMEDOUT', retryable: true });
    expect(failure.message).toContain(`127.0.0.1, port ${cluster.port}`);
    expect(source.statuses).toEqual(['connecting', 'reconnecting']);
    await cluster.signal('SIGCONT');
    await source.untilStatus('ready');
    expect(await source.run('select 1')).toEqual([['1']]);
  });

  it('does not keep a person who cancels the connect waiting (row 7)', async () => {
    await source.dispose();
    source = new ManagerUnderTest(cluster, { password: cluster.password, timeouts: { connectMs: 300_000 } });
    await cluster.signal('SIGSTOP');
    const controller = new AbortController();
    const failing = failureOf(source.connect(controller.signal));
    await source.untilStatus('connecting');
    controller.abort();
    expect((await failing).code).toMatch(/^(CANCELLED|POOL_CLOSED)$/);
    await source.untilStatus('idle');
    await cluster.signal('SIGCONT');
    expect(await administrator.untilBackends(source.applicationName, 0)).toEqual([]);
  });

  it('still answers on the connections that are open (row 7)', async () => {
    await administrator.untilBackends(source.applicationName, 2, 'idle');
    await cluster.signal('SIGSTOP');
    await source.run(marks.sql('meanwhile'));
    expect(source.state.status).toBe('ready');
    await cluster.signal('SIGCONT');
    expect(await marks.counts()).toEqual({ meanwhile: 1 });
  });

  it('and cannot be asked to cancel: the statement is given up all the same (row 7)', async () => {
    const controller = new AbortController();
    const failing = failureOf(
      source.manager.withConnection(source.id, neverAborted, (connection) =>
        connection.query({ text: marks.sql('running', 3) }, { signal: controller.signal }),
      ),
    );
    await administrator.untilBackends(source.applicationName, 1, 'active');
    await cluster.signal('SIGSTOP');
    controller.abort();
    expect((await failing).code).toBe('QUERY_CANCELLED');
  });
});
