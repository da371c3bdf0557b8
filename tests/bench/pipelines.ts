import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { systemClock } from '../../src/main/base/Clock.ts';
import { silentLogger } from '../../src/main/observability/Logger.ts';
import type { RunBundle } from '../../src/main/sync/queue/runBundle.ts';
import { Scheduler } from '../../src/main/sync/schedule/Scheduler.ts';
import type { Destination, Pipeline } from '../../src/shared/model/pipelines.ts';
import { plainCsv } from '../../src/shared/model/plainCsv.ts';
import { defaultTimeoutSettings } from '../../src/shared/model/poolSettings.ts';
import { PostgresCluster } from '../support/postgresCluster.ts';
import { somePipeline } from '../support/somePipeline.ts';
import { BuiltWorker, plainBundle, type WorkerUsage } from './BuiltWorker.ts';
import { type Figure, median, timed } from './figures.ts';

const rowCount = 1_000_000;
const rounds = 3;
const sourceId = '00000000-0000-4000-8000-000000000001';
const pipelineId = '00000000-0000-4000-8000-0000000000b1';
const scheduledCount = 1_000;
const restMs = 60_000;

/**
 * A million rows by runs of pipelines in the worker as it is built, from the order to the news of their end, against psql
 * doing no more than to copy them. Both sides have the same server on the same cores, in turns.
 */
export async function measurePipelines(): Promise<Figure[]> {
  const cluster = await PostgresCluster.start();
  const folder = mkdtempSync(join(tmpdir(), 'mooring-bench-'));
  try {
    await cluster.execute(`CREATE TABLE big (id int8 PRIMARY KEY, name text, at timestamptz, amount numeric(12,2), ok bool,
      note text)`);
    await cluster.execute(`INSERT INTO big SELECT i, 'name-' || lpad(i::text, 15, '0'),
      timestamptz '2024-01-01' + i * interval '7 seconds', ((i::int8 * 31) % 1000000) / 100.0, i % 3 = 0,
      CASE WHEN i % 4 = 0 THEN NULL ELSE 'note ' || md5((i::int8 * 3)::text) END FROM generate_series(1, ${rowCount}) i`);
    await cluster.execute('VACUUM ANALYZE big');
    await cluster.execute('CREATE TABLE copied (LIKE big INCLUDING INDEXES)');
    const bench = new PipelineBench(cluster, folder);
    return [
      ...(await bench.toTable()),
      ...(await bench.toCsv()),
      ...(await bench.toParquet()),
      ...(await bench.nothingNew()),
      ...(await bench.atRest()),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await cluster.dispose();
  }
}

class PipelineBench {
  readonly #cluster: PostgresCluster;
  readonly #folder: string;

  constructor(cluster: PostgresCluster, folder: string) {
    this.#cluster = cluster;
    this.#folder = folder;
  }

  async toTable(): Promise<Figure[]> {
    const renew = () => this.#cluster.execute('TRUNCATE copied');
    const psql = () => this.#piped('\\copy big to stdout', '\\copy copied from stdin');
    return this.#compare('PostgreSQL to PostgreSQL', this.#table('append'), 0.8, psql, renew);
  }

  async toCsv(): Promise<Figure[]> {
    const destination = this.#file('csv', { type: 'csv', options: plainCsv });
    const psql = () => this.#psql(`\\copy big to '${join(this.#folder, 'psql.csv')}' csv header`);
    return this.#compare('PostgreSQL to CSV', destination, 0.9, psql, async () => undefined);
  }

  async toParquet(): Promise<Figure[]> {
    const destination = this.#file('parquet', { type: 'parquet' });
    const took: number[] = [];
    const usage = await this.#withWorker(async (worker) => {
      for (let round = -1; round < rounds; round += 1) {
        const tookMs = await worker.run(this.#bundle({ destination }));
        if (round >= 0) took.push(tookMs);
      }
    });
    return [
      {
        name: `pipeline, ${rowCount} rows from PostgreSQL to Parquet`,
        ...{ value: rowCount / (median(took) / 1_000), unit: 'rows/s', against: '150,000 (promised)' },
      },
      ...usageOf('PostgreSQL to Parquet', usage),
    ];
  }

  async nothingNew(): Promise<Figure[]> {
    const pipeline: Partial<Pipeline> = {
      reading: { type: 'incremental', cursor: 'id', lookback: 0 },
      destination: this.#table('upsert'),
    };
    await this.#cluster.execute('TRUNCATE copied');
    const took: number[] = [];
    await this.#withWorker(async (worker) => {
      for (let round = -1; round < rounds; round += 1) {
        const tookMs = await worker.run(this.#bundle(pipeline, false));
        if (round >= 0) took.push(tookMs);
      }
    });
    return [
      {
        name: 'pipeline, an incremental run with nothing new',
        ...{ value: median(took), unit: 'ms' },
        against: 'from its order to its end, with two connections (promised: under 300)',
      },
    ];
  }

  /** The scheduler in this process, and worker and queue with nothing to do. */
  async atRest(): Promise<Figure[]> {
    const nothing = () => undefined;
    const handlers = { onDue: nothing, putSlot: nothing, onNext: nothing };
    const scheduler = new Scheduler({ ...handlers, clock: systemClock, logger: silentLogger });
    const year = new Date(systemClock.wallMs()).getUTCMonth() < 6 ? 12 : 6;
    for (let index = 0; index < scheduledCount; index += 1) {
      const expression = `${index % 60} ${index % 24} * ${year} *`;
      scheduler.set(
        randomUUID(),
        { type: 'cron', expression, timeZone: 'Europe/Berlin', missed: 'once' },
        null,
      );
    }
    let share = 0;
    await this.#withWorker(async (worker) => {
      scheduler.start();
      await wait(restMs / 6);
      const before = await worker.processorSeconds();
      await wait(restMs);
      share = ((await worker.processorSeconds()) - before) / (restMs / 1_000);
    });
    scheduler.stop();
    return [
      {
        name: `pipelines, ${scheduledCount} scheduled ones at rest, with worker and queue`,
        ...{ value: 100 * share, unit: '%', against: 'of a core (promised: under 1)' },
      },
    ];
  }

  #table(mode: 'append' | 'upsert'): Destination {
    const key = mode === 'upsert' ? ['id'] : [];
    return { type: 'table', sourceId, table: { schema: 'public', name: 'copied' }, mode, key };
  }

  #file(name: string, format: Extract<Destination, { type: 'file' }>['format']): Destination {
    return { type: 'file', folder: this.#folder, name, format };
  }

  #bundle(pipeline: Partial<Pipeline>, again = true): RunBundle {
    const { host, port, user, password } = this.#cluster;
    const source = { type: 'relation', sourceId, relation: { schema: 'public', name: 'big' } } as const;
    return {
      ...plainBundle(this.#folder),
      ...{ runId: randomUUID(), pipelineId, again },
      pipeline: somePipeline({ from: sourceId, to: sourceId }, { source, maxAttempts: 1, ...pipeline }),
      sources: [
        {
          ...{ id: sourceId, name: 'bench', readOnly: false, maxConnections: 4 },
          engine: {
            kind: 'postgres',
            config: { host, port, user, database: 'postgres', tls: { mode: 'disable', caPem: null } },
          },
          timeouts: { ...defaultTimeoutSettings, queryMs: 600_000 },
          secrets: { password },
        },
      ],
    };
  }

  get #environment() {
    const { host, port, user, password } = this.#cluster;
    return {
      ...process.env,
      ...{ PGHOST: host, PGPORT: String(port), PGUSER: user, PGPASSWORD: password, PGDATABASE: 'postgres' },
    };
  }

  #psql(command: string): Promise<number> {
    return timed(async () => {
      const child = spawn('psql', ['-qc', command], { env: this.#environment, stdio: 'ignore' });
      const [code] = await once(child, 'exit');
      if (code !== 0) throw new Error(`psql ended with ${String(code)}.`);
    });
  }

  #piped(from: string, to: string): Promise<number> {
    return timed(async () => {
      const env = this.#environment;
      const reader = spawn('psql', ['-qc', from], { env, stdio: ['ignore', 'pipe', 'inherit'] });
      const writer = spawn('psql', ['-qc', to], { env, stdio: [reader.stdout, 'ignore', 'inherit'] });
      // The pipe is theirs alone.
      reader.stdout.destroy();
      const [code] = await once(writer, 'exit');
      if (code !== 0) throw new Error(`psql ended with ${String(code)}.`);
    });
  }

  /** Warms up first; then by turns. */
  async #compare(
    name: string,
    destination: Destination,
    promised: number,
    psql: () => Promise<number>,
    renew: () => Promise<unknown>,
  ): Promise<Figure[]> {
    const took: number[] = [];
    const floors: number[] = [];
    const usage = await this.#withWorker(async (worker) => {
      for (let round = -1; round < rounds; round += 1) {
        await renew();
        const tookMs = await worker.run(this.#bundle({ destination }));
        await renew();
        const floorMs = await psql();
        if (round < 0) continue;
        took.push(tookMs);
        floors.push(floorMs);
      }
    });
    const [ours, floor] = [median(took), median(floors)];
    return [
      {
        name: `pipeline, ${rowCount} rows from ${name}`,
        ...{ value: rowCount / (ours / 1_000), unit: 'rows/s' },
        against: `${(floor / ours).toFixed(2)} of psql, ${(rowCount / floor).toFixed(0)}k (promised: ${promised})`,
      },
      ...usageOf(name, usage),
    ];
  }

  async #withWorker(work: (worker: BuiltWorker) => Promise<void>): Promise<WorkerUsage> {
    const folder = mkdtempSync(join(this.#folder, 'worker-'));
    const worker = await BuiltWorker.start(folder);
    let usage: WorkerUsage | null = null;
    try {
      await work(worker);
    } finally {
      usage = await worker.dispose();
    }
    return usage;
  }
}

const usageOf = (name: string, { peakBytes, longestDelayMs, usualDelayMs }: WorkerUsage): Figure[] => [
  {
    name: `pipeline, memory of the worker from ${name}`,
    ...{ value: peakBytes / 1_024 / 1_024, unit: 'MB', against: 'at its peak (promised: under 200)' },
  },
  {
    name: `pipeline, delay of the worker's event loop from ${name}`,
    ...{ value: usualDelayMs, unit: 'ms' },
    against: `of 99 in 100, at most ${longestDelayMs.toFixed(0)} (promised: 25)`,
  },
];
