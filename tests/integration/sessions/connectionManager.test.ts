import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import { systemClock } from '../../../src/main/base/Clock.ts';
import { ConnectionFactory } from '../../../src/main/connectors/ConnectionFactory.ts';
import { requireSql } from '../../../src/main/connectors/speaksSql.ts';
import { ConnectionTester } from '../../../src/main/dataSources/connecting/ConnectionTester.ts';
import { silentLogger } from '../../../src/main/observability/Logger.ts';
import { MetricsCollector } from '../../../src/main/observability/MetricsCollector.ts';
import { ConnectionManager } from '../../../src/main/sessions/ConnectionManager.ts';
import type { ConnectTargets } from '../../../src/main/sessions/ConnectTargets.ts';
import type { DataSource, Draft } from '../../../src/shared/model/dataSource.ts';
import type { SourceState } from '../../../src/shared/model/sourceState.ts';
import type { Stage } from '../../../src/shared/model/testReport.ts';
import {
  type DataSourceOverrides,
  edited,
  type FieldOverrides,
  someDataSource,
  someFields,
} from '../../support/dataSources.ts';
import { fieldsFor } from '../../support/postgresClusterFields.ts';
import { openSession } from '../../support/postgresClusterSession.ts';
import { firstRows } from '../../support/readRelation.ts';
import { someTarget } from '../../support/someTarget.ts';

const server = inject('postgres');

/** A port that was free a moment ago: connects to it are refused. */
async function portOfNobody(): Promise<{ port: number }> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port: freePort } = listener.address() as AddressInfo;
  listener.close();
  return { port: freePort };
}
const { host, port, user, database } = server;
const clock = systemClock;

const targetsWith = (password: string): ConnectTargets => ({
  forDataSource: async (saved) =>
    someTarget(saved, { secret: async () => password, applicationName: 'manager-test' }),
  forDraft: async ({ fields }) =>
    someTarget(fields, { secret: async () => password, applicationName: 'tester-test' }),
});

describe('ConnectionManager with a real server', () => {
  let dataSource: DataSource;
  let manager: ConnectionManager;
  let metrics: MetricsCollector;
  let states: SourceState['status'][];

  const createManager = (password: string, fields: DataSourceOverrides = {}) => {
    dataSource = someDataSource({ host, port, user, database, ...fields });
    metrics = new MetricsCollector(clock);
    manager = new ConnectionManager({
      factory: new ConnectionFactory(clock),
      targets: targetsWith(password),
      repository: { find: () => dataSource },
      metrics,
      clock,
      logger: silentLogger,
      random: () => 0.5,
    });
    states = [];
    manager.onState.on(({ state }) => states.push(state.status));
  };

  const run = (text: string) =>
    manager.withConnection(dataSource.id, neverAborted, (connection) =>
      requireSql(connection).query({ text }, { signal: neverAborted }),
    );

  beforeEach(() => createManager(server.password));

  afterEach(() => manager.close(1_000));

  it('connects by itself for the first statement and counts it', async () => {
    const result = await run('select 42');
    expect(result.rows).toEqual([['42']]);
    expect(states).toEqual(['connecting', 'ready']);
    expect(metrics.totals(dataSource.id)).toMatchObject({ queries: 1, errors: 0 });
  });

  it('is back by itself after the server ended every session', async () => {
    await run('select 1');
    const administrator = await openSession(fieldsFor(server), { password: server.password });
    await administrator.query(
      {
        text: `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'manager-test'`,
      },
      { signal: neverAborted },
    );
    await administrator.close();
    // A session that was not ended yet may serve the first of these.
    await vi.waitFor(
      async () => {
        expect((await run('select 1')).rows).toEqual([['1']]);
        expect(manager.states()[dataSource.id]).toMatchObject({ status: 'ready' });
      },
      { timeout: 10_000 },
    );
  });

  it('keeps a failed statement apart from a broken connection', async () => {
    await expect(run('select 1 / 0')).rejects.toMatchObject({ code: 'QUERY_FAILED', driverCode: '22012' });
    expect(manager.states()[dataSource.id]).toMatchObject({ status: 'ready' });
    expect(metrics.totals(dataSource.id)).toMatchObject({ queries: 1, errors: 1 });
  });

  it('never lends a session with an open transaction to the next caller', async () => {
    await manager.withConnection(dataSource.id, neverAborted, async (lent) => {
      const connection = requireSql(lent);
      await connection.query({ text: 'begin' }, { signal: neverAborted });
      await connection.query({ text: `set local application_name = 'left open'` }, { signal: neverAborted });
    });
    expect((await run('show application_name')).rows).toEqual([['manager-test']]);
  });

  it('stops at a wrong password and says what to change', async () => {
    createManager('wrong');
    await expect(manager.connect(dataSource.id, neverAborted)).rejects.toMatchObject({ code: 'AUTH_FAILED' });
    expect(states).toEqual(['connecting', 'failed']);
  });

  it('sends no second log-in when a password is refused, however many ask', async () => {
    createManager('wrong');
    const callers = Array.from({ length: 20 }, () => run('select 1'));
    const outcomes = await Promise.allSettled(callers);
    expect(outcomes.map((outcome) => outcome.status)).not.toContain('fulfilled');
    await expect(run('select 1')).rejects.toMatchObject({ code: 'AUTH_FAILED' });
    expect(metrics.totals(dataSource.id).connectsFailed).toBe(1);
  });

  it('fails callers at once while the server is away, says why, and connects when a person tries now', async () => {
    const { port: closedPort } = await portOfNobody();
    createManager(server.password, { port: closedPort });
    await expect(run('select 1')).rejects.toMatchObject({ code: 'CONNECTION_REFUSED' });
    await expect(run('select 1')).rejects.toMatchObject({
      code: 'CIRCUIT_OPEN',
      cause: { code: 'CONNECTION_REFUSED' },
    });
    dataSource = edited(dataSource, { port });
    await manager.changed(dataSource, false);
    expect((await run('select 1')).rows).toEqual([['1']]);
  });

  it('counts what a person runs: not the catalogue or a ping, rows of a table as one, a cancel as no error', async () => {
    const { id } = dataSource;
    const signal = neverAborted;
    const totals = () => metrics.totals(id);
    await manager.withConnection(id, signal, async (connection, { catalogue }) => {
      await catalogue.serverInfo(connection, { signal });
      const node = { schema: 'pg_catalog', name: 'pg_class', kind: 'table' } as const;
      await catalogue.describe(connection, node, { signal });
      const names = await catalogue.readNames(connection, { signal });
      await names.next({ signal });
      await names.close();
      await connection.ping({ signal });
    });
    expect(totals()).toMatchObject({ queries: 0, errors: 0, cancels: 0 });

    const lease = await manager.acquire(id, signal);
    const relation = { schema: 'pg_catalog', name: 'pg_class' };
    const { rows: reader } = manager.connectorFor(id);
    const found = await reader.find(lease.connection, relation, { signal });
    const rows = await manager.readPage(id, lease.connection, found, firstRows(200), { signal });
    let rowCount = 0;
    for (let batch = await rows.next(20); batch.length > 0; batch = await rows.next(20)) {
      rowCount += batch.length;
    }
    await rows.close();
    lease.release();
    expect(rowCount).toBe(200);
    expect(totals()).toMatchObject({ queries: 1, errors: 0, cancels: 0 });

    const controller = new AbortController();
    // Ends only because it is cancelled.
    const cancelled = manager.withConnection(id, signal, (connection) =>
      requireSql(connection).query({ text: 'select pg_sleep(60)' }, { signal: controller.signal }),
    );
    setImmediate(() => controller.abort());
    await expect(cancelled).rejects.toThrow();
    expect(totals()).toMatchObject({ queries: 2, errors: 0, cancels: 1 });
  });

  describe('an edit while a statement runs', () => {
    const pidOf = async () => (await run('select pg_backend_pid()')).rows[0]?.[0];
    const edit = (overrides: DataSourceOverrides) => {
      dataSource = edited(dataSource, overrides);
      return manager.changed(dataSource, false);
    };
    /** A statement that runs until `end` is called. */
    const longStatement = async () => {
      const administrator = await openSession(fieldsFor(server), { password: server.password });
      const options = { signal: neverAborted };
      await administrator.query({ text: 'select pg_advisory_lock(73)' }, options);
      const running = run('select pg_advisory_lock_shared(73), pg_backend_pid()');
      const isWaiting = `select count(*) from pg_locks where locktype = 'advisory' and not granted`;
      await vi.waitFor(async () => {
        expect((await administrator.query({ text: isWaiting }, options)).rows).toEqual([['1']]);
      });
      return { running, end: () => administrator.close() };
    };

    it('of its name and colour leaves the statement, the session and the state alone', async () => {
      await edit({ pool: { ...dataSource.pool, min: 1, max: 1 } });
      const pid = await pidOf();
      const { running, end } = await longStatement();
      states.length = 0;
      await edit({ name: 'Renamed', color: 'red', environment: 'production' });
      await end();
      expect((await running).rows[0]?.[1]).toBe(pid);
      expect(await pidOf()).toBe(pid);
      expect(states).toEqual([]);
    });

    it('of the maximum serves those who wait, and takes nothing from the statement', async () => {
      await edit({ pool: { ...dataSource.pool, min: 1, max: 1 } });
      const pid = await pidOf();
      const { running, end } = await longStatement();
      const waiting = pidOf();
      await edit({ pool: { ...dataSource.pool, min: 1, max: 2 } });
      expect(await waiting).not.toBe(pid);
      await end();
      expect((await running).rows[0]?.[1]).toBe(pid);
    });

    it('of its session lets the statement end on the old one, while new work has a new one', async () => {
      await edit({ pool: { ...dataSource.pool, min: 1, max: 1 } });
      const pid = await pidOf();
      const { running, end } = await longStatement();
      await edit({ readOnly: true });
      expect(await pidOf()).not.toBe(pid);
      expect((await run('show default_transaction_read_only')).rows).toEqual([['on']]);
      await end();
      expect((await running).rows[0]?.[1]).toBe(pid);
      await vi.waitFor(async () => {
        const { rows } = await run(`select count(*) from pg_stat_activity where pid = ${pid}`);
        expect(rows).toEqual([['0']]);
      });
    });
  });

  it('finds dead sockets after a sleep and is ready again, with one change of state', async () => {
    await run('select 1');
    states.length = 0;
    manager.suspended();
    manager.resumed();
    manager.networkChanged();
    expect((await run('select 1')).rows).toEqual([['1']]);
    expect(states).toEqual([]);
  });

  it('leaves no session on the server when it closes', async () => {
    await Promise.all([run('select 1'), run('select 2'), run('select 3')]);
    await manager.close(1_000);
    createManager(server.password);
    const { rows } = await run(
      `select count(*) from pg_stat_activity where application_name = 'manager-test' and pid <> pg_backend_pid()`,
    );
    expect(Number(rows[0]?.[0])).toBeLessThanOrEqual(1);
  });
});

describe('ConnectionTester with a real server', () => {
  const test = (password: string, fields: FieldOverrides = {}, signal = neverAborted) => {
    const stages: Stage[] = [];
    const tester = new ConnectionTester({
      factory: new ConnectionFactory(clock),
      targets: targetsWith(password),
      logins: { withConsent: (_id, _fields, _signal, attempt) => attempt() },
      hostKeys: { withConsent: (_signal, attempt) => attempt() },
      allowedCommands: { withConsent: (_signal, attempt) => attempt() },
      passwords: { forget: () => undefined },
      clock,
      logger: silentLogger,
    });
    const draft: Draft = {
      id: null,
      fields: someFields({ host, port, user, database, ...fields }),
      secrets: {},
    };
    return { stages, report: tester.test(draft, signal, (stage) => stages.push(stage)) };
  };

  it('reports every stage with its time, the server and its schema', async () => {
    const report = await test(server.password).report;
    expect(report).toMatchObject({
      outcome: 'passed',
      server: { product: 'PostgreSQL', tls: { active: false } },
    });
    expect(report.stages.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
      'dns skipped',
      'tcp ok',
      'tls skipped',
      'auth ok',
      'database ok',
      'schema ok',
    ]);
    const spent = report.stages.reduce((sum, stage) => sum + (stage.durationMs ?? 0), 0);
    expect(spent).toBeLessThanOrEqual(report.totalMs);
  });

  it('names the stage that failed and keeps those before it', async () => {
    const report = await test('wrong').report;
    expect(report).toMatchObject({ outcome: 'failed', error: { code: 'AUTH_FAILED', driverCode: '28P01' } });
    expect(report.stages.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
      'dns skipped',
      'tcp ok',
      'tls skipped',
      'auth failed',
    ]);
  });

  it('fails an unknown database at its own stage', async () => {
    const report = await test(server.password, { database: 'no_such_database' }).report;
    expect(report).toMatchObject({ outcome: 'failed', error: { code: 'DATABASE_NOT_FOUND' } });
    expect(report.stages.at(-1)).toMatchObject({ name: 'database', outcome: 'failed' });
  });

  it('ends when it is cancelled, with nothing left on the server', async () => {
    const controller = new AbortController();
    const { report } = test(server.password, {}, controller.signal);
    controller.abort();
    await expect(report).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
