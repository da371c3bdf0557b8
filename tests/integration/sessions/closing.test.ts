import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import { systemClock as clock } from '../../../src/main/base/Clock.ts';
import type { SqlConnection } from '../../../src/main/connectors/Connection.ts';
import { ConnectionFactory } from '../../../src/main/connectors/ConnectionFactory.ts';
import { requireSql } from '../../../src/main/connectors/speaksSql.ts';
import { silentLogger } from '../../../src/main/observability/Logger.ts';
import { MetricsCollector } from '../../../src/main/observability/MetricsCollector.ts';
import { ConnectionManager } from '../../../src/main/sessions/ConnectionManager.ts';
import { someDataSource } from '../../support/dataSources.ts';
import { fieldsFor } from '../../support/postgresClusterFields.ts';
import { openSession } from '../../support/postgresClusterSession.ts';
import { someTarget } from '../../support/someTarget.ts';

const server = inject('postgres');
const { host, port, user, database } = server;
const options = { signal: neverAborted };

describe('Closing the manager, with a real server', () => {
  const dataSource = someDataSource({ host, port, user, database });
  let applicationName: string;
  let manager: ConnectionManager;
  let administrator: SqlConnection;

  beforeEach(async () => {
    applicationName = `closing ${randomUUID().slice(0, 8)}`;
    manager = new ConnectionManager({
      factory: new ConnectionFactory(clock),
      targets: {
        forDataSource: async (saved) =>
          someTarget(saved, { secret: async () => server.password, applicationName }),
        forDraft: () => Promise.reject(new Error('not used')),
      },
      repository: { find: () => dataSource },
      metrics: new MetricsCollector(clock),
      clock,
      logger: silentLogger,
      random: Math.random,
    });
    administrator = await openSession(fieldsFor(server), { password: server.password });
  });

  afterEach(async () => {
    await manager.close(0);
    await administrator.close();
  });

  const run = (text: string) =>
    manager.withConnection(dataSource.id, neverAborted, (connection) =>
      requireSql(connection).query({ text }, options),
    );
  const sessions = async (condition = 'true') => {
    const { rows } = await administrator.query(
      {
        text: `select count(*) from pg_stat_activity where application_name = $1 and ${condition}`,
        values: [applicationName],
      },
      options,
    );
    return Number(rows[0]?.[0]);
  };
  const running = (count: number) =>
    vi.waitFor(async () => expect(await sessions(`state = 'active'`)).toBe(count), { timeout: 10_000 });

  it('lets running work finish, refuses new work, and leaves no session', async () => {
    const work = run(`select pg_sleep(0.3), 'finished'`);
    await running(1);
    const closed = manager.close(5_000);
    await expect(run('select 1')).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
    expect((await work).rows[0]?.[1]).toBe('finished');
    await closed;
    await vi.waitFor(async () => expect(await sessions()).toBe(0), { timeout: 1_000 });
  });

  it('cancels on the server what does not finish in time, and leaves no session a second later', async () => {
    const work = [1, 2, 3].map(() => expect(run('select pg_sleep(60)')).rejects.toBeDefined());
    await running(3);
    await manager.close(100);
    await Promise.all(work);
    await vi.waitFor(async () => expect(await sessions()).toBe(0), { timeout: 1_000 });
  });

  it('leaves no socket of the process behind', async () => {
    const sockets = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
    const before = sockets();
    const work = [1, 2, 3].map(() => expect(run('select pg_sleep(60)')).rejects.toBeDefined());
    await running(3);
    expect(sockets()).toBeGreaterThanOrEqual(before + 3);
    await manager.close(100);
    await Promise.all(work);
    // Fewer when those of other tests in this process go meanwhile.
    await vi.waitFor(() => expect(sockets()).toBeLessThanOrEqual(before), { timeout: 1_000 });
  });

  it('is quick when nothing runs', async () => {
    await run('select 1');
    const startedMs = clock.monotonicMs();
    await manager.close(5_000);
    // Far below the deadline: nobody waits for it.
    expect(clock.monotonicMs() - startedMs).toBeLessThan(2_500);
    await vi.waitFor(async () => expect(await sessions()).toBe(0), { timeout: 1_000 });
  });
});
