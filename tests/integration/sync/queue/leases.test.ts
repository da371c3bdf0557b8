import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { neverAborted } from '../../../../src/main/base/abort.ts';
import { systemClock as clock } from '../../../../src/main/base/Clock.ts';
import type { SqlConnection } from '../../../../src/main/connectors/Connection.ts';
import { ConnectionFactory } from '../../../../src/main/connectors/ConnectionFactory.ts';
import { silentLogger } from '../../../../src/main/observability/Logger.ts';
import { MetricsCollector } from '../../../../src/main/observability/MetricsCollector.ts';
import { ConnectionManager } from '../../../../src/main/sessions/ConnectionManager.ts';
import type { RunNews } from '../../../../src/main/sync/queue/RunQueue.ts';
import { sealBundle } from '../../../../src/main/sync/queue/sealing.ts';
import { LocalRunEngine } from '../../../../src/main/sync/worker/LocalRunEngine.ts';
import type { AttemptEnd } from '../../../../src/main/sync/worker/workerMessages.ts';
import { defaultPoolSettings } from '../../../../src/shared/model/poolSettings.ts';
import { someDataSource } from '../../../support/dataSources.ts';
import { MemorySecrets } from '../../../support/MemorySecrets.ts';
import { fieldsFor } from '../../../support/postgresClusterFields.ts';
import { openSession } from '../../../support/postgresClusterSession.ts';
import { queueBinaries, shortTimings } from '../../../support/queueUnderTest.ts';
import { someBundle } from '../../../support/someBundle.ts';
import { someTarget } from '../../../support/someTarget.ts';
import { nodeWorkerProcess, syncWorkerEntry } from '../../../support/workerProcess.ts';

const server = inject('postgres');
const slow = { timeout: 150_000, interval: 20 };

/** A worker and a window that share the connections of a data source, which is a database of their own. */
class Shared {
  readonly news: RunNews[] = [];
  readonly workers: number[] = [];
  readonly attempts: AttemptEnd[] = [];
  readonly manager: ConnectionManager;
  readonly #folder: string;
  readonly #database: string;
  readonly #administrator: SqlConnection;
  readonly #engine: LocalRunEngine;
  readonly #source;

  private constructor(folder: string, database: string, administrator: SqlConnection, max: number) {
    this.#folder = folder;
    this.#database = database;
    this.#administrator = administrator;
    const { host, port, user } = server;
    const pool = { ...defaultPoolSettings, min: 0, max, acquireTimeoutMs: 120_000 };
    this.#source = someDataSource({ host, port, user, database, pool });
    const source = this.#source;
    this.manager = new ConnectionManager({
      factory: new ConnectionFactory(clock),
      targets: {
        forDataSource: async (saved) => someTarget(saved, { secret: async () => server.password }),
        forDraft: () => Promise.reject(new Error('not used')),
      },
      repository: { find: () => source },
      metrics: new MetricsCollector(clock),
      ...{ clock, logger: silentLogger, random: Math.random },
    });
    this.#engine = new LocalRunEngine({
      target: async () => ({ store: null, executesHere: true }),
      server: { binaries: queueBinaries, dataFolder: join(folder, 'queue'), secrets: new MemorySecrets() },
      keySecrets: new MemorySecrets(),
      workerProcess: nodeWorkerProcess(syncWorkerEntry, (pid) => this.workers.push(pid)),
      concurrency: 4,
      onSecret: () => undefined,
      onAttempt: (end) => this.attempts.push(end),
      reserve: (id, request) => this.manager.reserve(id, request),
      ...{ clock, logger: silentLogger, timings: shortTimings },
    });
  }

  static async start(max: number): Promise<Shared> {
    const folder = await mkdtemp(join(tmpdir(), 'mooring-leases-'));
    const database = `leases_${randomBytes(4).toString('hex')}`;
    const administrator = await openSession(fieldsFor(server), { password: server.password });
    await administrator.query({ text: `CREATE DATABASE ${database}` }, { signal: neverAborted });
    const shared = new Shared(folder, database, administrator, max);
    const queue = await shared.#engine.start(neverAborted);
    queue.onNews.on((news) => shared.news.push(news));
    await queue.start();
    return shared;
  }

  async stop(): Promise<void> {
    await this.#engine.stop(4_000);
    await this.manager.close(0);
    await this.#administrator.query(
      { text: `DROP DATABASE ${this.#database} WITH (FORCE)` },
      { signal: neverAborted },
    );
    await this.#administrator.close();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** A run whose source does not answer, so that it has its connection until it is cancelled. */
  async add(): Promise<string> {
    const { engine, id, name, timeouts } = this.#source;
    const { pipeline } = someBundle();
    const text = 'SELECT 1 AS one WHERE pg_sleep(600) IS NOT NULL';
    const bundle = someBundle({
      rejectsFolder: this.#folder,
      pipeline: {
        ...pipeline,
        source: { type: 'query', sourceId: id, text },
        destination: { type: 'file', folder: this.#folder, name: 'copy', format: { type: 'ndjson' } },
      },
      sources: [
        {
          ...{ id, name, engine, readOnly: false, timeouts: { ...timeouts, queryMs: 600_000 } },
          ...{ secrets: { password: server.password }, maxConnections: 1 },
        },
      ],
    });
    const sealed = sealBundle(bundle, await this.#engine.key(), Date.now() + 600_000);
    const queue = await this.#engine.start(neverAborted);
    await queue.add({ id: bundle.runId, pipelineId: bundle.pipelineId, sealed, maxAttempts: 3 });
    return bundle.runId;
  }

  async cancel(id: string): Promise<void> {
    const queue = await this.#engine.start(neverAborted);
    await queue.request(id, 'cancel');
    await expect.poll(() => this.#has(id, (news) => news.type === 'stopped'), slow).toBe(true);
  }

  borrow() {
    return this.manager.acquire(this.#source.id, neverAborted);
  }

  get pool() {
    return this.manager.readings().get(this.#source.id)?.pool;
  }

  /** Sessions of the database, of the window and of the worker. */
  async sessionCount(): Promise<number> {
    const { rows } = await this.#administrator.query(
      { text: 'SELECT count(*) FROM pg_stat_activity WHERE datname = $1', values: [this.#database] },
      { signal: neverAborted },
    );
    return Number(rows[0]?.[0]);
  }

  untilSessions(count: number): Promise<void> {
    return expect.poll(() => this.sessionCount(), slow).toBe(count);
  }

  /** It says in its state and in its log that it waits. */
  async untilWaiting(id: string): Promise<void> {
    const waits = (news: RunNews) =>
      news.type === 'log' && news.lines.some(({ text }) => text.startsWith('Waiting for a connection'));
    await expect.poll(() => this.#has(id, waits), slow).toBe(true);
    const isPhase = (news: RunNews) => news.type === 'progress' && news.progress.phase === 'waiting';
    await expect.poll(() => this.#has(id, isPhase), slow).toBe(true);
  }

  #has(id: string, is: (news: RunNews) => boolean): boolean {
    return this.news.some((news) => news.id === id && is(news));
  }
}

describe('runs and the window on one data source', { timeout: 400_000 }, () => {
  let shared: Shared;
  afterEach(() => shared.stop());

  describe('of two connections', () => {
    beforeEach(async () => {
      shared = await Shared.start(2);
    });

    it('never have more of them together, and one is left for the window', async () => {
      const lease = await shared.borrow();
      const first = await shared.add();
      await shared.untilSessions(2);
      const second = await shared.add();
      await shared.untilWaiting(second);
      expect(shared.pool).toMatchObject({ total: 1, reserved: 1, max: 2 });
      const waiting = shared.borrow();
      expect(await shared.sessionCount()).toBe(2);
      await shared.cancel(first);
      // It asked before the window did.
      await expect.poll(() => shared.pool?.reserved, slow).toBe(1);
      expect(shared.pool).toMatchObject({ total: 1, waiting: 1 });
      await shared.untilSessions(2);
      await shared.cancel(second);
      (await waiting).release();
      expect(shared.pool).toMatchObject({ reserved: 0, total: 2 });
      lease.release();
    });

    it('are given back when the worker is killed, and taken by the next one', async () => {
      const run = await shared.add();
      await shared.untilSessions(1);
      process.kill(shared.workers[0] ?? 0, 'SIGKILL');
      const leases = [await shared.borrow()];
      await expect.poll(() => shared.workers.length, slow).toBe(2);
      await expect.poll(() => shared.pool?.reserved, slow).toBe(1);
      await expect.poll(() => shared.sessionCount(), slow).toBe(2);
      await shared.cancel(run);
      leases.push(await shared.borrow());
      expect(shared.pool).toMatchObject({ inUse: 2, reserved: 0 });
      for (const lease of leases) lease.release();
    });
  });

  it('of three connections take two of them with two runs, and a third run waits', async () => {
    shared = await Shared.start(3);
    const runs = [await shared.add(), await shared.add()];
    await shared.untilSessions(2);
    const third = await shared.add();
    await shared.untilWaiting(third);
    const lease = await shared.borrow();
    expect(shared.pool).toMatchObject({ total: 1, reserved: 2 });
    expect(await shared.sessionCount()).toBe(3);
    for (const run of [...runs, third]) await shared.cancel(run);
    const names = shared.attempts.flatMap(({ steps }) => steps.map(({ name }) => name));
    expect(names).toEqual(expect.arrayContaining(['attempt', 'wait', 'open-source']));
    lease.release();
  });
});
