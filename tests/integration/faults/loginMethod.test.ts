import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { failureOf } from '../../support/failureOf.ts';
import { JumpingClock } from '../../support/faults/JumpingClock.ts';
import { ManagerUnderTest } from '../../support/faults/ManagerUnderTest.ts';
import { PostgresAdministrator } from '../../support/faults/postgresEngine.ts';
import { until } from '../../support/faults/until.ts';
import { PostgresCluster } from '../../support/postgresCluster.ts';

/** Longer than any backoff, health check or tidying of the product. */
const longWhileMs = 60_000;

let cluster: PostgresCluster;
let administrator: PostgresAdministrator;
let clock: JumpingClock;
let source: ManagerUnderTest;

beforeAll(async () => {
  cluster = await PostgresCluster.start({ sql: [`create role analyst login password 'first'`] });
  administrator = new PostgresAdministrator(cluster);
});

afterAll(() => cluster.dispose());

beforeEach(() => {
  clock = new JumpingClock();
  source = new ManagerUnderTest(cluster, {
    password: 'first',
    fields: { user: 'analyst' },
    timeouts: { connectMs: 60_000 },
    clock,
  });
});

afterEach(() => source.dispose());

describe('a method of logging in that the server changes while the pool is in use', () => {
  afterEach(async () => {
    await cluster.replaceHba([]);
    await administrator.query('select pg_reload_conf()');
  });

  it('leaves open sessions alone, and stops new ones until somebody changes it back (authentication changed)', async () => {
    await source.connect();
    const open = await administrator.untilBackends(source.applicationName, 2, 'idle');
    await cluster.replaceHba(['host all analyst 127.0.0.1/32 password']);
    await administrator.query('select pg_reload_conf()');
    await until(() => expect(cluster.log).toContain('received SIGHUP'));
    expect(await source.run('select 1')).toEqual([['1']]);

    await administrator.terminate(open);
    const state = await source.untilStatus('failed');
    expect(state.reason).toMatchObject({ code: 'AUTH_METHOD_REFUSED', retryable: false });
    const totals = source.metrics.totals(source.id);
    clock.skip(longWhileMs);
    expect((await failureOf(source.run('select 1'))).code).toBe('AUTH_METHOD_REFUSED');

    await cluster.replaceHba([]);
    await administrator.query('select pg_reload_conf()');
    clock.skip(longWhileMs);
    expect(source.metrics.totals(source.id)).toMatchObject({
      connectsOk: totals.connectsOk,
      connectsFailed: totals.connectsFailed,
    });
    await source.connect();
    expect(await source.run('select 1')).toEqual([['1']]);
  });
});
