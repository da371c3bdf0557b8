import { appendFile, chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { failureOf } from '../../support/failureOf.ts';
import type { Marks } from '../../support/faults/Administrator.ts';
import { ManagerUnderTest } from '../../support/faults/ManagerUnderTest.ts';
import { PostgresAdministrator } from '../../support/faults/postgresEngine.ts';
import { until } from '../../support/faults/until.ts';
import { PostgresCluster } from '../../support/postgresCluster.ts';

let cluster: PostgresCluster;
let administrator: PostgresAdministrator;
let dataFolder: string;
let marks: Marks;
let source: ManagerUnderTest;

beforeAll(async () => {
  cluster = await PostgresCluster.start({ settings: { wal_level: 'replica' } });
  administrator = new PostgresAdministrator(cluster);
  const [row] = await administrator.query(`select current_setting('data_directory') as folder`);
  dataFolder = String(row?.folder);
  marks = await administrator.createMarks();
});

afterAll(() => cluster.dispose());

afterEach(() => source.dispose());

/** Restarts the server as a standby that waits for the log of a primary. */
async function restartAsStandby({ hotStandby }: { hotStandby: 'on' | 'off' }): Promise<void> {
  await cluster.stop();
  await writeFile(join(dataFolder, 'standby.signal'), '');
  await chmod(join(dataFolder, 'standby.signal'), 0o666);
  await appendFile(join(dataFolder, 'postgresql.conf'), `\nhot_standby = '${hotStandby}'\n`);
  cluster.launchServer();
  const readyLine =
    hotStandby === 'on' ? 'ready to accept read-only connections' : 'consistent recovery state reached';
  await until(() => expect(cluster.log).toContain(readyLine));
}

/** Makes a primary of it, as `pg_ctl promote` does. */
async function promote(): Promise<void> {
  await writeFile(join(dataFolder, 'promote'), '');
  await chmod(join(dataFolder, 'promote'), 0o666);
  process.kill(cluster.pid, 'SIGUSR1');
}

it('a server that is starting is waited for, whatever time it takes, and then used (row 23)', async () => {
  await restartAsStandby({ hotStandby: 'off' });
  source = new ManagerUnderTest(cluster, { password: cluster.password, random: () => 0.05 });
  const failure = await failureOf(source.run(marks.sql('too early')));
  expect(failure).toMatchObject({ code: 'SERVER_STARTING', driverCode: '57P03', retryable: true });
  const refusals = () => source.states.filter((state) => 'reason' in state);
  await until(() => expect(refusals().length).toBeGreaterThanOrEqual(3));
  expect(source.statuses).not.toContain('failed');
  await promote();
  await source.untilStatus('ready');
  await source.run(marks.sql('in time'));
  expect(await marks.counts()).toEqual({ 'in time': 1 });
});

it('a standby refuses to write in a statement, the connection is kept, and writes when it is promoted (row 24)', async () => {
  await restartAsStandby({ hotStandby: 'on' });
  source = new ManagerUnderTest(cluster, { password: cluster.password, pool: { min: 1, max: 1 } });
  const pid = await source.run('select pg_backend_pid()');
  const failure = await failureOf(source.run(marks.sql('refused')));
  expect(failure).toMatchObject({ code: 'READ_ONLY', driverCode: '25006' });
  expect(await source.run('select pg_backend_pid(), pg_is_in_recovery()')).toEqual([
    [...(pid[0] ?? []), 't'],
  ]);
  await promote();
  await until(async () => expect(await source.run('select pg_is_in_recovery()')).toEqual([['f']]));
  await source.run(marks.sql('written'));
  expect(await source.run('select pg_backend_pid()')).toEqual(pid);
  expect(source.statuses).toEqual(['connecting', 'ready']);
  expect(await marks.counts()).toMatchObject({ written: 1 });
  expect(await marks.counts()).not.toHaveProperty('refused');
});
