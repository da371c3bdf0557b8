import { beforeEach, describe, expect, it } from 'vitest';
import {
  type DataSourceOverrides,
  edited,
  postgresConfig,
  someDataSource,
} from '../../../tests/support/dataSources.ts';
import { FakeClock, settle } from '../../../tests/support/FakeClock.ts';
import { FakeConnection } from '../../../tests/support/FakeConnection.ts';
import { someTarget } from '../../../tests/support/someTarget.ts';
import type { DataSource } from '../../shared/model/dataSource.ts';
import { defaultPoolSettings } from '../../shared/model/poolSettings.ts';
import { AppError } from '../base/AppError.ts';
import { neverAborted, untilAborted } from '../base/abort.ts';
import type { SqlConnection, Statement } from '../connectors/Connection.ts';
import { ConnectionFactory } from '../connectors/ConnectionFactory.ts';
import type { ConnectTarget } from '../connectors/Connector.ts';
import { requireSql } from '../connectors/speaksSql.ts';
import { silentLogger } from '../observability/Logger.ts';
import { MetricsCollector } from '../observability/MetricsCollector.ts';
import { ConnectionManager } from './ConnectionManager.ts';

const wrongPassword = new AppError('AUTH_FAILED', { title: 'wrong password' });
const vaultClosed = new AppError('VAULT_PASSPHRASE_REQUIRED', { title: 'locked' });

describe('ConnectionManager', () => {
  let clock: FakeClock;
  let metrics: MetricsCollector;
  let manager: ConnectionManager;
  let dataSources: DataSource[];
  let states: string[];
  /** Connects on their way, oldest first; each with the host it goes to. */
  let connects: { host: string; end: (outcome: SqlConnection | Error) => void }[];
  let most: number;
  let vaultFailure: Error | null;

  beforeEach(() => {
    clock = new FakeClock();
    metrics = new MetricsCollector(clock);
    dataSources = Array.from({ length: 6 }, (_, index) =>
      someDataSource({ host: `host-${index}`, pool: { ...defaultPoolSettings, min: 1, max: 3 } }),
    );
    states = [];
    connects = [];
    most = 0;
    vaultFailure = null;
    manager = createManager();
    manager.onState.on(({ state }) => states.push(state.status));
  });

  function createManager(): ConnectionManager {
    const connect = (target: ConnectTarget, { signal }: { signal: AbortSignal }) => {
      const pending = new Promise<SqlConnection>((resolve, reject) => {
        const end = (outcome: SqlConnection | Error) =>
          outcome instanceof Error ? reject(outcome) : resolve(outcome);
        connects.push({ host: postgresConfig(target).host, end });
      });
      most = Math.max(most, connects.length);
      return untilAborted(signal, pending);
    };
    return new ConnectionManager({
      factory: Object.assign(new ConnectionFactory(clock), { connect }),
      targets: {
        forDataSource: async (dataSource) => {
          if (vaultFailure !== null) throw vaultFailure;
          return someTarget(dataSource);
        },
        forDraft: () => Promise.reject(new Error('not used')),
      },
      repository: { find: (id) => dataSources.find((dataSource) => dataSource.id === id) ?? null },
      metrics,
      clock,
      logger: silentLogger,
      random: () => 0.5,
    });
  }

  const idOf = (index: number) => dataSources[index]?.id ?? '';
  const endNext = async (outcome: SqlConnection | Error = new FakeConnection()) => {
    connects.shift()?.end(outcome);
    await settle();
    await settle();
  };
  const connectTo = async (index: number) => {
    const connection = new FakeConnection();
    const connecting = manager.connect(idOf(index), neverAborted);
    await settle();
    await endNext(connection);
    await connecting;
    return connection;
  };
  const failToConnectTo = async (index: number) => {
    const failing = manager.connect(idOf(index), neverAborted).catch(() => undefined);
    await settle();
    await endNext(wrongPassword);
    await failing;
  };

  it('tells a person who cancels a connect that it was cancelled, and is idle again', async () => {
    const controller = new AbortController();
    const cancelled = expect(manager.connect(idOf(0), controller.signal)).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    await settle();
    controller.abort();
    await cancelled;
    await settle();
    expect(states).toEqual(['connecting', 'closing', 'idle']);
    expect(manager.states()).toEqual({});
    expect(clock.pendingCount).toBe(0);
  });

  it('begins nothing for a signal that is aborted already', async () => {
    const signal = AbortSignal.abort();
    await expect(manager.connect(idOf(0), signal)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(states).toEqual([]);
  });

  it('lets no more than four connects run at once over all data sources', async () => {
    const all = dataSources.map(({ id }) => manager.connect(id, neverAborted));
    await settle();
    expect(connects.map(({ host }) => host)).toEqual(['host-0', 'host-1', 'host-2', 'host-3']);
    while (connects.length > 0) await endNext();
    await Promise.all(all);
    expect(most).toBe(4);
  });

  it('sends no log-in for one who waited for a turn while the password was refused', async () => {
    await connectTo(0);
    const lease = await manager.acquire(idOf(0), neverAborted);
    const first = manager.acquire(idOf(0), neverAborted);
    await settle();
    const others = [1, 2, 3].map((index) => manager.connect(idOf(index), neverAborted));
    await settle();
    const second = manager.acquire(idOf(0), neverAborted);
    await settle();
    expect(connects.map(({ host }) => host)).toEqual(['host-0', 'host-1', 'host-2', 'host-3']);
    await endNext(wrongPassword);
    expect(connects.map(({ host }) => host)).toEqual(['host-1', 'host-2', 'host-3']);
    expect(manager.states()[idOf(0)]).toMatchObject({ status: 'degraded', reason: { code: 'AUTH_FAILED' } });
    // What is open serves both.
    lease.release();
    (await first).release();
    (await second).release();
    while (connects.length > 0) await endNext();
    await Promise.all(others);
    await clock.advance(60_000);
    expect(connects).toEqual([]);
  });

  it('tries again what failed for want of the vault when that is opened', async () => {
    vaultFailure = vaultClosed;
    await expect(manager.connect(idOf(0), neverAborted)).rejects.toBe(vaultClosed);
    await expect(manager.acquire(idOf(0), neverAborted)).rejects.toBe(vaultClosed);
    vaultFailure = null;
    manager.vaultOpened();
    await settle();
    await endNext();
    expect(manager.states()[idOf(0)]).toMatchObject({ status: 'ready' });
  });

  it('lends a connection for as long as work runs, also when that fails', async () => {
    const work = manager.withConnection(idOf(0), neverAborted, async (connection) => connection);
    await settle();
    const connection = new FakeConnection();
    await endNext(connection);
    await work;
    const failing = manager.withConnection(idOf(0), neverAborted, () => Promise.reject(wrongPassword));
    await expect(failing).rejects.toBe(wrongPassword);
    const sent: string[] = [];
    connection.query = async ({ text }: Statement) => {
      sent.push(text);
      connection.isInTransaction = text !== 'commit';
      return { fields: [], rows: [], rowCount: 0 };
    };
    const committed = await manager.transaction(idOf(0), neverAborted, async (transaction) => {
      await transaction.query({ text: 'select 1' }, { signal: neverAborted });
      return 'done';
    });
    expect([committed, sent.at(-2), sent.at(-1)]).toEqual(['done', 'select 1', 'commit']);
    (await manager.acquire(idOf(0), neverAborted)).release();
    expect(connects).toEqual([]);
  });

  it('knows no data source that is not saved, and opens nothing when Mooring closes', async () => {
    const unknown = crypto.randomUUID();
    await expect(manager.acquire(unknown, neverAborted)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(manager.isOpen(unknown)).toBe(false);
    await manager.changed(dataSources[0] ?? someDataSource(), true);
    await manager.disconnect(unknown);
    expect(states).toEqual([]);
    await manager.close(0);
    await expect(manager.connect(idOf(0), neverAborted)).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
  });

  it('asks each idle connection for an answer after a sleep, and before it is lent', async () => {
    const connection = await connectTo(0);
    expect(manager.isOpen(idOf(0))).toBe(true);
    manager.suspended();
    (await manager.acquire(idOf(0), neverAborted)).release();
    await settle();
    const afterSleep = connection.pingCount;
    expect(afterSleep).toBeGreaterThan(0);
    manager.networkChanged();
    await settle();
    expect(connection.pingCount).toBeGreaterThan(afterSleep);
  });

  it('tries nothing again for the vault that failed for another reason', async () => {
    await failToConnectTo(0);
    manager.vaultOpened();
    await settle();
    expect(connects).toEqual([]);
  });

  it('takes a sample at once when a data source is ready or has failed, and the last one when Mooring closes', async () => {
    const sampled: string[] = [];
    metrics.onSample.on(({ id }) => sampled.push(id));
    const connecting = manager.connect(idOf(0), neverAborted);
    await settle();
    expect(sampled).toEqual([]);
    await endNext();
    await connecting;
    expect(sampled).toEqual([idOf(0)]);
    await failToConnectTo(1);
    expect(sampled).toEqual([idOf(0), idOf(1)]);
    await clock.advance(1_000);
    expect(sampled).toEqual([idOf(0), idOf(1), idOf(0)]);
    await manager.close(0);
    expect(sampled.slice(3).sort()).toEqual([idOf(0), idOf(1)].sort());
    await clock.advance(5_000);
    expect(sampled).toHaveLength(5);
  });

  it('takes no more samples once only failed ones are left', async () => {
    await failToConnectTo(1);
    await connectTo(0);
    await manager.disconnect(idOf(0));
    expect(clock.pendingCount).toBe(0);
  });

  it('takes samples with one timer for all data sources, and with none for those that failed', async () => {
    const sampled: string[] = [];
    metrics.onSample.on(({ id }) => sampled.push(id));
    for (const index of [0, 1]) await connectTo(index);
    await failToConnectTo(2);
    sampled.length = 0;
    await clock.advance(1_000);
    expect(sampled.sort()).toEqual([idOf(0), idOf(1)].sort());
    await manager.disconnectAll();
    await clock.advance(2_000);
    expect(clock.pendingCount).toBe(0);
  });

  it('forgets what was measured on a data source that is removed, whatever still ends', async () => {
    await connectTo(0);
    const lease = await manager.acquire(idOf(0), neverAborted);
    const removed = manager.removed(idOf(0));
    await requireSql(lease.connection).query({ text: 'select 1' }, { signal: neverAborted });
    lease.release();
    await clock.advance(10_000);
    await removed;
    expect(metrics.samples(idOf(0))).toEqual([]);
    expect(metrics.totals(idOf(0))).toMatchObject({ queries: 0, connectsOk: 0 });
  });

  describe('an edit of a data source in use', () => {
    let stale: string[];
    const edit = (overrides: DataSourceOverrides, hasNewSecret = false) => {
      const after = edited(dataSources[0] ?? someDataSource(), overrides);
      dataSources[0] = after;
      return manager.changed(after, hasNewSecret);
    };
    const connected = async () => {
      stale = [];
      manager.onSecretsStale.on((id) => stale.push(id));
      const connection = await connectTo(0);
      states.length = 0;
      return connection;
    };

    it('touches nothing when it is about labels', async () => {
      const connection = await connected();
      const lease = await manager.acquire(idOf(0), neverAborted);
      await edit({ name: 'Renamed', color: 'red', environment: 'production' });
      await settle();
      expect({ states, connects, stale }).toEqual({ states: [], connects: [], stale: [] });
      lease.release();
      expect((await manager.acquire(idOf(0), neverAborted)).connection).toBe(lease.connection);
      expect(connection.isUsable).toBe(true);
    });

    it('gives the living pool its new limits', async () => {
      await connected();
      await edit({ pool: { ...defaultPoolSettings, min: 1, max: 1 } });
      const lease = await manager.acquire(idOf(0), neverAborted);
      const waiting = manager.acquire(idOf(0), neverAborted);
      await settle();
      expect(connects).toHaveLength(0);
      await edit({ pool: { ...defaultPoolSettings, min: 1, max: 2 } });
      await settle();
      await endNext();
      expect((await waiting).connection).not.toBe(lease.connection);
      expect(states).toEqual([]);
    });

    it('replaces idle connections for another session, and leaves running work its own until it is done', async () => {
      const connection = await connected();
      const lease = await manager.acquire(idOf(0), neverAborted);
      const editing = edit({ readOnly: true });
      await settle();
      const waiting = manager.acquire(idOf(0), neverAborted);
      await endNext();
      await editing;
      expect((await waiting).connection).not.toBe(lease.connection);
      expect(states).toEqual(['connecting', 'ready']);
      await clock.advance(50_000);
      expect(connection.isUsable).toBe(true);
      lease.release();
      await settle();
      expect(connection).toMatchObject({ isClosedPolitely: true, cancelCount: 0 });
      expect(stale).toEqual([]);
    });

    it('ends work that is still on a replaced session after a minute, and sooner when it is disconnected', async () => {
      const first = await connected();
      await manager.acquire(idOf(0), neverAborted);
      const editing = edit({ readOnly: true });
      await settle();
      const second = new FakeConnection();
      await endNext(second);
      await editing;
      await clock.advance(59_999);
      expect(first.isDestroyed).toBe(false);
      await clock.advance(1);
      expect(first.isDestroyed).toBe(true);
      await manager.acquire(idOf(0), neverAborted);
      edit({ readOnly: false }).catch(() => undefined);
      await settle();
      const disconnected = manager.disconnect(idOf(0));
      await clock.advance(2_000);
      await disconnected;
      expect(second.isDestroyed).toBe(true);
      expect(clock.pendingCount).toBe(0);
    });

    it('lets those who waited for a connection wait in the new pool', async () => {
      await connected();
      await edit({ pool: { ...defaultPoolSettings, min: 1, max: 1 } });
      const lease = await manager.acquire(idOf(0), neverAborted);
      const waiting = manager.acquire(idOf(0), neverAborted);
      await settle();
      const editing = edit({ user: 'other' });
      await settle();
      await endNext();
      await editing;
      expect((await waiting).connection).not.toBe(lease.connection);
    });

    it('says that a typed password is stale only for another endpoint or another stored one', async () => {
      await connected();
      edit({ readOnly: true }).catch(() => undefined);
      expect(stale).toEqual([]);
      edit({ host: 'elsewhere.example.test' }).catch(() => undefined);
      expect(stale).toEqual([idOf(0)]);
      edit({}, true).catch(() => undefined);
      expect(stale).toEqual([idOf(0), idOf(0)]);
    });

    it('tries one that has failed again only when the session is another', async () => {
      const connecting = manager.connect(idOf(0), neverAborted);
      await settle();
      await endNext(wrongPassword);
      await expect(connecting).rejects.toBe(wrongPassword);
      await edit({ name: 'Renamed' });
      await settle();
      expect(connects).toEqual([]);
      const editing = edit({ user: 'other' });
      await settle();
      await endNext();
      await editing;
      expect(manager.states()[idOf(0)]).toMatchObject({ status: 'ready' });
    });
  });

  it('lends nothing once it closes, and leaves no timer', async () => {
    await connectTo(0);
    await manager.close(5_000);
    await expect(manager.acquire(idOf(0), neverAborted)).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
    await expect(manager.connect(idOf(1), neverAborted)).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
    await clock.advance(10_000);
    expect(clock.pendingCount).toBe(0);
  });
});
