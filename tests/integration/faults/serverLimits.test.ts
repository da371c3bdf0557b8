import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Administrator, type Marks } from '../../support/faults/Administrator.ts';
import { JumpingClock } from '../../support/faults/JumpingClock.ts';
import { ManagerUnderTest } from '../../support/faults/ManagerUnderTest.ts';
import { until } from '../../support/faults/until.ts';
import { PostgresCluster } from '../../support/postgresCluster.ts';
import { failureOf } from '../../support/postgresClusterSession.ts';

/** Slots for those who are not superuser. */
const ordinarySlots = 4;

let cluster: PostgresCluster;
let administrator: Administrator;
let marks: Marks;
let clock: JumpingClock;
let source: ManagerUnderTest;

beforeAll(async () => {
  cluster = await PostgresCluster.start({
    settings: {
      max_connections: String(ordinarySlots + 3),
      superuser_reserved_connections: '3',
      reserved_connections: '0',
      autovacuum: 'off',
    },
    sql: [
      `create role crowd login password 'crowd'`,
      `create role few login password 'few' connection limit 2`,
    ],
  });
  administrator = new Administrator(cluster);
});

afterAll(() => cluster.dispose());

beforeEach(async () => {
  marks = await administrator.createMarks();
  await administrator.query(`grant insert on ${marks.table} to crowd, few`);
  clock = new JumpingClock();
});

afterEach(() => source.dispose());

const sourceOf = (user: string) =>
  new ManagerUnderTest(cluster, {
    password: user,
    fields: { user },
    pool: { min: 1, max: 10 },
    timeouts: { connectMs: 60_000 },
    clock,
    random: () => 0.05,
  });

const names = Array.from({ length: 20 }, (_, at) => `mark ${at}`);

/** Runs statements all at once; each must leave its mark exactly once. */
async function runAll(): Promise<void> {
  await Promise.all(names.map((name) => source.run(marks.sql(name, 0.05))));
  expect(await marks.counts()).toEqual(Object.fromEntries(names.map((name) => [name, 1])));
}

/** What the metrics panel shows of the pool, as of now. */
const lastPool = () => source.metrics.history(source.id).samples.at(-1)?.pool;
const decisions = () => source.metrics.history(source.id).decisions;

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
      await until(() => expect(lastPool()).toMatchObject({ ceiling: granted, max: 10, waiting: 0 }));
      expect(decisions().map(({ reason }) => reason)).toContain('server-limit');
      expect(['ready', 'degraded']).toContain(source.state.status);
      expect((await administrator.backends(source.applicationName)).length).toBeLessThanOrEqual(granted);
    },
  );

  it('is not asked for more with every caller, and is asked again when time has passed (row 22)', async () => {
    source = sourceOf('few');
    await source.connect();
    await runAll();
    const { connectsFailed } = source.metrics.history(source.id).totals;
    await Promise.all(names.map(() => source.run('select pg_sleep(0.01)')));
    expect(source.metrics.history(source.id).totals.connectsFailed).toBe(connectsFailed);

    await administrator.query('alter role few connection limit 6');
    try {
      await until(async () => {
        clock.skip(30_000);
        await Promise.all(names.map(() => source.run('select pg_sleep(0.02)')));
        expect((await administrator.backends(source.applicationName)).length).toBeGreaterThan(2);
      });
      expect(decisions().map(({ reason }) => reason)).toContain('limit-lifted');
    } finally {
      await administrator.query('alter role few connection limit 2');
    }
  });

  it('and has none left is waited for, and used as soon as it has one (row 22)', async () => {
    source = sourceOf('few');
    const others = sourceOf('few');
    try {
      const holding = [1, 2].map(() => failureOf(others.run('select pg_sleep(60)')));
      await administrator.untilBackends(others.applicationName, 2, 'active');
      const failure = await failureOf(source.run(marks.sql('too early')));
      expect(failure).toMatchObject({ code: 'TOO_MANY_CONNECTIONS', driverCode: '53300', retryable: true });
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
});
