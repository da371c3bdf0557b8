import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import { systemClock as clock } from '../../../src/main/base/Clock.ts';
import type { SqlConnection } from '../../../src/main/connectors/Connection.ts';
import { ConnectionFactory } from '../../../src/main/connectors/ConnectionFactory.ts';
import { requireSql } from '../../../src/main/connectors/speaksSql.ts';
import { silentLogger } from '../../../src/main/observability/Logger.ts';
import { MetricsCollector } from '../../../src/main/observability/MetricsCollector.ts';
import { ConnectionManager } from '../../../src/main/sessions/ConnectionManager.ts';
import type { Transaction } from '../../../src/main/sessions/transactions/Transaction.ts';
import { someDataSource } from '../../support/dataSources.ts';
import { fieldsFor } from '../../support/postgresClusterFields.ts';
import { openSession } from '../../support/postgresClusterSession.ts';
import { someTarget } from '../../support/someTarget.ts';

const server = inject('postgres');
const { host, port, user, database } = server;
const options = { signal: neverAborted };

describe('Transactions through the manager, with a real server', () => {
  const dataSource = someDataSource({ host, port, user, database });
  const applicationName = `transactions ${randomUUID().slice(0, 8)}`;
  const table = `transactions_${randomUUID().slice(0, 8)}`;
  let manager: ConnectionManager;
  let administrator: SqlConnection;

  beforeEach(async () => {
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
    await administrator.query({ text: `create table ${table} (name text unique)` }, options);
  });

  afterEach(async () => {
    await manager.close(1_000);
    await administrator.query({ text: `drop table ${table}` }, options);
    await administrator.close();
  });

  const run = <Value>(work: (transaction: Transaction) => Promise<Value>, signal = neverAborted) =>
    manager.transaction(dataSource.id, signal, work);
  const insert = (transaction: Transaction, name: string) =>
    transaction.query({ text: `insert into ${table} values ($1)`, values: [name] }, options);
  const names = async () => {
    const { rows } = await administrator.query({ text: `select name from ${table} order by 1` }, options);
    return rows.map(([name]) => name);
  };
  const terminateOwn = (transaction: Transaction) =>
    transaction
      .query({ text: 'select pg_backend_pid()' }, options)
      .then(({ rows }) =>
        administrator.query(
          { text: 'select pg_terminate_backend($1)', values: [rows[0]?.[0] ?? ''] },
          options,
        ),
      );

  it('commits all of it, and lends the connection again', async () => {
    await run(async (transaction) => {
      await insert(transaction, 'one');
      expect(await names()).toEqual([]);
      await insert(transaction, 'two');
    });
    expect(await names()).toEqual(['one', 'two']);
    const lease = await manager.acquire(dataSource.id, neverAborted);
    expect(lease.connection.isInTransaction).toBe(false);
    lease.release();
  });

  it('keeps nothing of it when the work fails, and the code of what failed', async () => {
    const failing = run(async (transaction) => {
      await insert(transaction, 'one');
      await insert(transaction, 'one');
    });
    await expect(failing).rejects.toMatchObject({ code: 'QUERY_FAILED', driverCode: '23505' });
    expect(await names()).toEqual([]);
  });

  it('does not take the rollback of a failed transaction for a commit, though the work swallowed the error', async () => {
    const failing = run(async (transaction) => {
      await insert(transaction, 'one');
      await insert(transaction, 'one').catch(() => undefined);
    });
    await expect(failing).rejects.toMatchObject({ driverCode: '23505' });
  });

  it('undoes a savepoint within a savepoint alone', async () => {
    await run(async (transaction) => {
      await insert(transaction, 'kept');
      await transaction.savepoint(async () => {
        await insert(transaction, 'kept too');
        const failing = transaction.savepoint(async () => {
          await insert(transaction, 'undone');
          await insert(transaction, 'kept');
        });
        await expect(failing).rejects.toMatchObject({ driverCode: '23505' });
        await insert(transaction, 'after');
      });
    });
    expect(await names()).toEqual(['after', 'kept', 'kept too']);
  });

  it('runs as read-only and serializable when asked', async () => {
    const asked = { readOnly: true, isolation: 'serializable' } as const;
    const level = await manager.transaction(
      dataSource.id,
      neverAborted,
      async (transaction) => (await transaction.query({ text: 'show transaction_isolation' }, options)).rows,
      asked,
    );
    expect(level).toEqual([['serializable']]);
    const writing = manager.transaction(
      dataSource.id,
      neverAborted,
      (transaction) => insert(transaction, 'one'),
      asked,
    );
    await expect(writing).rejects.toMatchObject({ code: 'READ_ONLY' });
  });

  it('fails loudly when its session is ended, is not run again, and the data source goes on', async () => {
    let runCount = 0;
    const failing = run(async (transaction) => {
      runCount += 1;
      await insert(transaction, 'one');
      await terminateOwn(transaction);
      await insert(transaction, 'two');
    });
    await expect(failing).rejects.toMatchObject({
      code: 'TRANSACTION_LOST',
      detail: expect.stringContaining('nothing was committed'),
    });
    expect(runCount).toBe(1);
    expect(await names()).toEqual([]);
    await run((transaction) => insert(transaction, 'three'));
    expect(await names()).toEqual(['three']);
  });

  it('cancels its statement on the server and undoes it when it is aborted', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const failing = run(async (transaction) => {
      await insert(transaction, 'one');
      setImmediate(() => controller.abort());
      await transaction.query({ text: 'select pg_sleep(60)' }, { signal });
    }, signal);
    await expect(failing).rejects.toMatchObject({ code: 'CANCELLED' });
    const busy = `select count(*) from pg_stat_activity where application_name = $1 and state <> 'idle'`;
    const busyCount = async () => {
      const { rows } = await administrator.query({ text: busy, values: [applicationName] }, options);
      return rows;
    };
    // A busy server takes a moment to roll back what it was told to end.
    await expect.poll(busyCount, { timeout: 10_000 }).toEqual([['0']]);
    expect(await names()).toEqual([]);
  });

  it('is rolled back by the server when its owner gives the connection back in the middle', async () => {
    const lease = await manager.acquire(dataSource.id, neverAborted);
    const connection = requireSql(lease.connection);
    await connection.query({ text: 'begin' }, options);
    await connection.query({ text: `insert into ${table} values ('left')` }, options);
    lease.release();
    await run((transaction) => insert(transaction, 'left'));
    expect(await names()).toEqual(['left']);
  });
});
