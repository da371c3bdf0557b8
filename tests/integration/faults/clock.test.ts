import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { failureOf } from '../../support/failureOf.ts';
import type { Marks } from '../../support/faults/Administrator.ts';
import type { OwnServer } from '../../support/faults/FaultEngine.ts';
import { FaultProxy } from '../../support/faults/FaultProxy.ts';
import { faultEngines, sharedServers } from '../../support/faults/faultServers.ts';
import { JumpingClock } from '../../support/faults/JumpingClock.ts';
import { ManagerUnderTest } from '../../support/faults/ManagerUnderTest.ts';
import { until } from '../../support/faults/until.ts';
import { WatchedFactory } from '../../support/faults/WatchedFactory.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

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
    source = new ManagerUnderTest(proxy, { engine, password, clock, random: () => 0.05 });
  });

  afterEach(async () => {
    await source.dispose();
    proxy.dispose();
  });

  const pidsNow = async () => (await administrator.backends(source.applicationName)).map(({ pid }) => pid);

  describe.each([
    ['an hour back', -hourMs],
    ['a day forward', dayMs],
  ])('a wall clock that jumps %s (row 31)', (_, jumpMs) => {
    it('neither ends a connection nor times anybody out', async () => {
      await source.connect();
      const before = await administrator.untilBackends(source.applicationName, 2, 'idle');
      const running = source.run(marks.sql('running', 0.3));
      clock.jumpWall(jumpMs);
      await running;
      // The pool has tidied and checked its health since.
      clock.skip(20_000);
      await source.run(marks.sql('after'));
      expect(await pidsNow()).toEqual(before);
      expect(await marks.counts()).toEqual({ running: 1, after: 1 });
      expect(source.statuses).toEqual(['connecting', 'ready']);
    });

    it('does not keep the breaker open', async () => {
      proxy.refuse();
      await failureOf(source.run('select 1'));
      await source.untilStatus('open-circuit');
      clock.jumpWall(jumpMs);
      await proxy.heal();
      await source.untilStatus('ready');
      await source.run(marks.sql('after'));
      expect(await marks.counts()).toEqual({ after: 1 });
    });

    it('does not keep a source from trying again', async () => {
      proxy.refuse();
      await failureOf(source.run('select 1'));
      await source.untilStatus('reconnecting');
      clock.jumpWall(jumpMs);
      await proxy.heal();
      await source.untilStatus('ready');
    });
  });
});

describe.each(faultEngines)('$name: an event loop that stands still (row 32)', (engine) => {
  let server: OwnServer;
  let clock: JumpingClock;
  let marks: Marks;
  let factory: WatchedFactory;
  let standing: ManagerUnderTest;
  let pids: number[];

  beforeAll(async () => {
    server = await engine.start();
  });

  afterAll(() => server.dispose());

  beforeEach(async () => {
    marks = await server.administrator.createMarks();
    clock = new JumpingClock();
    factory = new WatchedFactory();
    standing = new ManagerUnderTest(server, {
      ...{ engine, password: server.password, clock, factory },
      timeouts: { connectMs: 30_000 },
    });
    await standing.connect();
    pids = await server.administrator.untilBackends(standing.applicationName, 2, 'idle');
  });

  afterEach(() => standing.dispose());

  it('for longer than a ping may take after a sleep does not cost healthy connections', async () => {
    await pingAndStandStill(() => standing.manager.resumed(), 2_500);
    await expectUnharmed();
  });

  it('for longer than a health check may take costs neither connections nor statements', async () => {
    const names = ['one', 'two', 'three', 'four', 'five', 'six'];
    const statements = await pingAndStandStill(
      () => clock.skip(34_000),
      5_500,
      () => names.map((name) => standing.run(marks.sql(name, 0.01))),
    );
    await Promise.all(statements ?? []);
    expect(await marks.counts()).toEqual(Object.fromEntries(names.map((name) => [name, 1])));
    await expectUnharmed();
  });

  /** Blocks this process between a ping and its answer: that comes in meanwhile, and is read when time is up for it. */
  async function pingAndStandStill<Value>(
    makePing: () => void,
    durationMs: number,
    atTheSameTime?: () => Value,
  ): Promise<Value | undefined> {
    const { pings } = factory;
    try {
      for (const pid of pids) server.hang(pid);
      makePing();
      await until(() => expect(factory.pings).toBeGreaterThan(pings));
    } finally {
      for (const pid of pids) server.wake(pid);
    }
    const value = atTheSameTime?.();
    standStill(durationMs);
    return value;
  }

  async function expectUnharmed(): Promise<void> {
    expect(await standing.run('select 1')).toEqual([['1']]);
    const now = (await server.administrator.backends(standing.applicationName)).map(({ pid }) => pid);
    expect(pids.filter((pid) => !now.includes(pid))).toEqual([]);
    expect(standing.statuses).toEqual(['connecting', 'ready']);
  }
});

/** Keeps this process from doing anything else, as a large synchronous piece of work does. */
function standStill(durationMs: number): void {
  const end = performance.now() + durationMs;
  while (performance.now() < end);
}
