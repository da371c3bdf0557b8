import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../../src/main/base/Clock.ts';
import { failureOf } from '../../support/failureOf.ts';
import type { Administrator, Marks } from '../../support/faults/Administrator.ts';
import type { OwnServer } from '../../support/faults/FaultEngine.ts';
import { fastClock } from '../../support/faults/fastClock.ts';
import { faultEngines } from '../../support/faults/faultServers.ts';
import { JumpingClock } from '../../support/faults/JumpingClock.ts';
import { ManagerUnderTest } from '../../support/faults/ManagerUnderTest.ts';
import { until } from '../../support/faults/until.ts';

/** Slots for those who are not superuser; MariaDB has no fewer. */
const ordinarySlots = 10;

describe.each(faultEngines)('$name', (engine) => {
  const { accounts, sleep } = engine.words;
  let server: OwnServer;
  let administrator: Administrator;
  let marks: Marks;
  let clock: JumpingClock;
  let source: ManagerUnderTest;

  beforeAll(async () => {
    server = await engine.start({
      settings: {
        PostgreSQL: {
          // Sessions that are still logging in count too.
          max_connections: String(ordinarySlots + 10),
          superuser_reserved_connections: '10',
          reserved_connections: '0',
          autovacuum: 'off',
        },
        MariaDB: { 'max-connections': String(ordinarySlots) },
      },
      sql: () => [
        accounts.create('crowd', 'crowd'),
        accounts.create('few', 'few'),
        accounts.limitSessions('few', 2),
      ],
    });
    administrator = server.administrator;
  });

  afterAll(() => server.dispose());

  beforeEach(async () => {
    marks = await administrator.createMarks();
    for (const user of ['crowd', 'few']) await administrator.query(accounts.grantInsert(marks.table, user));
    clock = new JumpingClock();
  });

  afterEach(() => source.dispose());

  const sourceOf = (user: string, time: Clock = clock) =>
    new ManagerUnderTest(server, {
      engine,
      password: user,
      fields: { user },
      pool: { min: 1, max: 14 },
      timeouts: { connectMs: 60_000 },
      clock: time,
      random: () => 0.05,
    });

  const names = Array.from({ length: 20 }, (_, at) => `mark ${at}`);

  /** Runs statements all at once; each must leave its mark exactly once. */
  async function runAll(): Promise<void> {
    await Promise.all(names.map((name) => source.run(marks.sql(name, 0.05))));
    expect(await marks.counts()).toEqual(Object.fromEntries(names.map((name) => [name, 1])));
  }

  /** What the metrics panel shows of the pool, as of now. */
  const lastPool = () => source.metrics.samples(source.id).at(-1)?.pool;
  const decisions = () => source.metrics.samples(source.id).flatMap((sample) => sample.decisions);

  describe('a server that grants fewer connections than the pool may have', () => {
    it.each([
      ['at its own limit', 'crowd', ordinarySlots],
      ['at the limit of the role', 'few', 2],
    ])(
      '%s makes callers take turns; none fails, and the pool says what it was granted (row 22)',
      async (_, user, granted) => {
        source = sourceOf(user);
        await source.connect();
        await runAll();
        // The administrator may have had one of them.
        const ceiling = expect.toBeOneOf([granted - 1, granted]);
        await until(() => expect(lastPool()).toMatchObject({ ceiling, max: 14, waiting: 0 }));
        expect(decisions().map(({ reason }) => reason)).toContain('server-limit');
        expect(['ready', 'degraded']).toContain(source.state.status);
        expect((await administrator.backends(source.applicationName)).length).toBeLessThanOrEqual(granted);
      },
    );

    it('is not asked for more with every caller, and is asked again when time has passed (row 22)', async () => {
      source = sourceOf('few');
      await source.connect();
      await runAll();
      const { connectsFailed } = source.metrics.totals(source.id);
      await Promise.all(names.map(() => source.run(sleep(0.01))));
      expect(source.metrics.totals(source.id).connectsFailed).toBe(connectsFailed);

      await administrator.query(accounts.limitSessions('few', 6));
      try {
        await until(async () => {
          clock.skip(30_000);
          await Promise.all(names.map(() => source.run(sleep(0.02))));
          expect((await administrator.backends(source.applicationName)).length).toBeGreaterThan(2);
        });
        expect(decisions().map(({ reason }) => reason)).toContain('limit-lifted');
      } finally {
        await administrator.query(accounts.limitSessions('few', 2));
      }
    });

    it('and has none left is waited for, and used as soon as it has one (row 22)', async () => {
      source = sourceOf('few');
      const others = sourceOf('few');
      try {
        const holding = [1, 2].map(() => failureOf(others.run(sleep(60))));
        await administrator.untilBackends(others.applicationName, 2, 'active');
        const failure = await failureOf(source.run(marks.sql('too early')));
        expect(failure).toMatchObject({
          code: 'TOO_MANY_CONNECTIONS',
          driverCode: engine.codes.userLimit,
          retryable: true,
        });
        expect(['reconnecting', 'open-circuit']).toContain(source.state.status);
        await others.manager.close(0);
        await Promise.all(holding);
        await source.untilStatus('ready');
        await source.run(marks.sql('in time'));
        expect(await marks.counts()).toEqual({ 'in time': 1 });
      } finally {
        await others.dispose();
      }
    });
    it('and has given them all to statements cancels one, or says that it may still run (row 22)', async () => {
      source = sourceOf('few', fastClock(10));
      const controller = new AbortController();
      const cancelled = failureOf(source.run(marks.sql('cancelled', 1), controller.signal));
      const kept = source.run(marks.sql('kept', 1));
      await administrator.untilBackends(source.applicationName, 2, 'active');
      controller.abort();
      await kept;
      const failure = await cancelled;
      expect(failure.code).toBe('QUERY_CANCELLED');
      await source.run(marks.sql('after'));
      const counts = await marks.counts();
      expect(counts).toMatchObject({ kept: 1, after: 1 });
      if (counts.cancelled !== undefined) expect(failure.detail).toContain('may still be running');
      expect(source.statuses).not.toContain('failed');
    });
  });
});
