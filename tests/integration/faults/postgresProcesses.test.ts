import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { failureOf } from '../../support/failureOf.ts';
import type { Marks } from '../../support/faults/Administrator.ts';
import { ManagerUnderTest } from '../../support/faults/ManagerUnderTest.ts';
import { PostgresAdministrator } from '../../support/faults/postgresEngine.ts';
import { until } from '../../support/faults/until.ts';
import { PostgresCluster } from '../../support/postgresCluster.ts';

let cluster: PostgresCluster;
let administrator: PostgresAdministrator;
let source: ManagerUnderTest;
let marks: Marks;

beforeAll(async () => {
  // What it has confirmed must be there after a crash, to be counted.
  cluster = await PostgresCluster.start({ settings: { synchronous_commit: 'on' } });
  administrator = new PostgresAdministrator(cluster);
});
afterAll(() => cluster.dispose());

beforeEach(async () => {
  if (!cluster.isRunning) await cluster.startServer();
  marks = await administrator.createMarks();
  source = new ManagerUnderTest(cluster, { password: cluster.password });
  await source.connect();
});
afterEach(() => source.dispose());

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** The failure of a statement that was on its way when `strike` hit the server. */
async function failureWhile(strike: (pid: number) => unknown) {
  const failing = failureOf(source.run(marks.sql('lost', 60)));
  const [pid = 0] = await administrator.untilBackends(source.applicationName, 1, 'active');
  await strike(pid);
  return failing;
}

describe('a server process that is killed', () => {
  it('takes all sessions along; all are back by themselves when the recovery is over (row 1)', async () => {
    const before = await administrator.untilBackends(source.applicationName, 2);
    const failure = await failureWhile((pid) => process.kill(pid, 'SIGKILL'));
    expect(failure).toMatchObject({ code: 'CONNECTION_LOST', retryable: false });
    expect(failure.detail).toContain('may or may not have run');
    await administrator.untilReplaced(source.applicationName, before, 2);
    await source.untilStatus('ready');
    await source.run(marks.sql('after'));
    expect(await marks.counts()).toEqual({ after: 1 });
  });

  it('and is the postmaster ends a statement on its way with an error, and is waited for (row 5)', async () => {
    await source.run(marks.sql('before'));
    const pids = await administrator.untilBackends(source.applicationName, 2);
    const failure = await failureWhile(() => cluster.signal('SIGKILL'));
    expect(failure).toMatchObject({ code: 'CONNECTION_LOST', retryable: false });
    await source.untilReason('CONNECTION_REFUSED');
    expect(source.statuses).toContain('reconnecting');
    // Orphans hold the shared memory until they notice.
    await until(() => expect(pids.filter(isAlive)).toEqual([]));
    await cluster.startServer();
    await source.untilStatus('ready');
    await source.run(marks.sql('after'));
    expect(await marks.counts()).toEqual({ before: 1, after: 1 });
  });
});

describe('a server that is not ready yet', () => {
  it('is waited for, as a server and not as a wrong password (row 23)', async () => {
    const [folder] = await administrator.query(`select current_setting('data_directory') as path`);
    const path = String(folder?.path);
    // A standby without hot standby refuses everybody with 57P03 until it is promoted.
    await administrator.query('alter system set hot_standby = off');
    await cluster.stop('fast');
    // A server that shuts down answers 57P03 too: what is seen below must come from the new one.
    await source.untilReason('CONNECTION_REFUSED');
    await writeFile(join(path, 'standby.signal'), '', { mode: 0o600 });
    cluster.launchServer();
    const { reason } = await source.untilReason('SERVER_STARTING');
    expect(reason).toMatchObject({ driverCode: '57P03', retryable: true });
    expect(reason.title).toMatch(/start|ready|recover/i);
    expect((await failureOf(source.run(marks.sql('too early')))).code).toMatch(
      /^(SERVER_STARTING|CIRCUIT_OPEN)$/,
    );
    expect(source.statuses).not.toContain('failed');
    await writeFile(join(path, 'promote'), '');
    process.kill(cluster.pid, 'SIGUSR1');
    await source.untilStatus('ready');
    await source.run(marks.sql('after'));
    expect(await marks.counts()).toEqual({ after: 1 });
  });
});
