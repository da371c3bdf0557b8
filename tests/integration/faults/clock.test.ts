import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { Administrator, type Marks } from '../../support/faults/Administrator.ts';
import { FaultProxy } from '../../support/faults/FaultProxy.ts';
import { JumpingClock } from '../../support/faults/JumpingClock.ts';
import { ManagerUnderTest } from '../../support/faults/ManagerUnderTest.ts';
import { until } from '../../support/faults/until.ts';
import { failureOf } from '../../support/postgresClusterSession.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const server = inject('postgres');
const administrator = new Administrator(server);
let proxy: FaultProxy;
let clock: JumpingClock;
let source: ManagerUnderTest;
let marks: Marks;

beforeEach(async () => {
  proxy = await FaultProxy.start(server);
  marks = await administrator.createMarks();
  clock = new JumpingClock();
  source = new ManagerUnderTest(proxy, { password: server.password, clock, random: () => 0.05 });
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

describe('an event loop that stands still (row 32)', () => {
  it('for longer than a ping may take does not cost healthy connections', async () => {
    await source.connect();
    const before = await administrator.untilBackends(source.applicationName, 2, 'idle');
    source.manager.resumed();
    await untilSomethingWasSent();
    standStill(2_500);
    await expectUnharmed(before);
  });

  it('for seconds while health is checked and callers wait does not cost connections, nor statements', async () => {
    await source.connect();
    const before = await administrator.untilBackends(source.applicationName, 2, 'idle');
    clock.skip(34_000);
    await untilSomethingWasSent();
    const statements = ['one', 'two', 'three', 'four', 'five', 'six'].map((mark) =>
      source.run(marks.sql(mark, 0.01)),
    );
    standStill(5_500);
    await Promise.all(statements);
    expect(await marks.counts()).toEqual({ one: 1, two: 1, three: 1, four: 1, five: 1, six: 1 });
    await expectUnharmed(before);
  });

  async function expectUnharmed(before: readonly number[]): Promise<void> {
    expect(await source.run('select 1')).toEqual([['1']]);
    const now = await pidsNow();
    expect(before.filter((pid) => !now.includes(pid))).toEqual([]);
    expect(source.statuses).toEqual(['connecting', 'ready']);
    expect(source.warnings).toEqual([]);
  }
});

/** A ping is on its way to the server. */
async function untilSomethingWasSent(): Promise<void> {
  const { bytesToServer } = proxy.seen;
  await until(() => expect(proxy.seen.bytesToServer).toBeGreaterThan(bytesToServer));
}

/** Keeps this process from doing anything else, as a large synchronous piece of work does. */
function standStill(durationMs: number): void {
  const end = performance.now() + durationMs;
  while (performance.now() < end);
}
