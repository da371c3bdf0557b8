import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Destination, Pipeline } from '../../src/shared/model/pipelines.ts';
import { plainCsv } from '../../src/shared/model/plainCsv.ts';
import { PostgresCluster } from '../support/postgresCluster.ts';
import { somePipeline } from '../support/somePipeline.ts';
import { type Figure, median, timed } from './figures.ts';
import type { RunFigures, RunOrder } from './pipelineRun.ts';

const rowCount = 1_000_000;
const rounds = 3;
const sourceId = '00000000-0000-4000-8000-000000000001';

/**
 * A million rows by runs of pipelines, each in a process of its own, against psql doing no more than to copy them. Both
 * sides have the same server on the same two cores.
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
    const bench = new PipelineBench(cluster, folder);
    return [
      ...(await bench.toTable()),
      ...(await bench.toCsv()),
      ...(await bench.toParquet()),
      ...(await bench.nothingNew()),
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
    const create = 'CREATE TABLE copied (LIKE big INCLUDING INDEXES)';
    const renew = async () => {
      await this.#cluster.execute('DROP TABLE IF EXISTS copied');
      await this.#cluster.execute(create);
    };
    const ours = () => this.#run({ destination: this.#table('append'), again: true });
    const psql = () => this.#piped('\\copy big to stdout', '\\copy copied from stdin');
    return compare('PostgreSQL to PostgreSQL', ours, psql, renew, 0.8);
  }

  async toCsv(): Promise<Figure[]> {
    const destination = this.#file('csv', { type: 'csv', options: plainCsv });
    const ours = () => this.#run({ destination, again: true });
    const psql = () => this.#psql(`\\copy big to '${join(this.#folder, 'psql.csv')}' csv header`);
    return compare('PostgreSQL to CSV', ours, psql, async () => undefined, 0.9);
  }

  async toParquet(): Promise<Figure[]> {
    const runs: RunFigures[] = [];
    for (let round = 0; round < rounds; round += 1) {
      runs.push(await this.#run({ destination: this.#file('parquet', { type: 'parquet' }), again: true }));
    }
    const rate = rowCount / (median(runs.map(({ tookMs }) => tookMs)) / 1_000);
    return [
      {
        name: `pipeline, ${rowCount} rows from PostgreSQL to Parquet`,
        ...{ value: rate, unit: 'rows/s', against: '150,000 (promised)' },
      },
      memoryOf('PostgreSQL to Parquet', runs),
    ];
  }

  async nothingNew(): Promise<Figure[]> {
    const pipeline: Partial<Pipeline> = { reading: { type: 'incremental', cursor: 'id', lookback: 0 } };
    const order = { ...pipeline, destination: this.#table('upsert') };
    await this.#cluster.execute('TRUNCATE copied');
    await this.#run({ ...order, again: false });
    const { tookMs } = await this.#run({ ...order, again: false, isRepeated: true });
    return [
      {
        name: 'pipeline, an incremental run with nothing new',
        ...{ value: tookMs, unit: 'ms', against: 'with its two connections (promised: under 300)' },
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

  #run({
    again,
    isRepeated = false,
    ...pipeline
  }: Partial<Pipeline> & { again: boolean; isRepeated?: boolean }): Promise<RunFigures> {
    const { host, port, user, password } = this.#cluster;
    const order: RunOrder = {
      pipeline: somePipeline(
        { from: sourceId, to: sourceId },
        { source: { type: 'relation', sourceId, relation: { schema: 'public', name: 'big' } }, ...pipeline },
      ),
      config: { host, port, user, database: 'postgres', tls: { mode: 'disable', caPem: null } },
      ...{ sourceId, password, again, isRepeated, folder: this.#folder },
    };
    return runAlone(order);
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
}

async function compare(
  name: string,
  ours: () => Promise<RunFigures>,
  psql: () => Promise<number>,
  renew: () => Promise<void>,
  promised: number,
): Promise<Figure[]> {
  const runs: RunFigures[] = [];
  const floors: number[] = [];
  for (let round = -1; round < rounds; round += 1) {
    await renew();
    const run = await ours();
    await renew();
    const floor = await psql();
    if (round < 0) continue;
    runs.push(run);
    floors.push(floor);
  }
  const took = median(runs.map(({ tookMs }) => tookMs));
  const floor = median(floors);
  return [
    {
      name: `pipeline, ${rowCount} rows from ${name}`,
      ...{ value: rowCount / (took / 1_000), unit: 'rows/s' },
      against: `${(floor / took).toFixed(2)} of psql, ${(rowCount / floor).toFixed(0)}k (promised: ${promised})`,
    },
    memoryOf(name, runs),
  ];
}

function memoryOf(name: string, runs: readonly RunFigures[]): Figure {
  return {
    name: `pipeline, memory of the process from ${name}`,
    ...{ value: Math.max(...runs.map(({ peakBytes }) => peakBytes)) / 1024 / 1024, unit: 'MB' },
    against: 'at its peak (promised: under 200)',
  };
}

/** A run in a process of its own, of which only the run itself is measured. */
async function runAlone(order: RunOrder): Promise<RunFigures> {
  const register = new URL('../support/typeScript/register.mjs', import.meta.url).href;
  const script = fileURLToPath(new URL('./pipelineRun.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', register, script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(order));
  let answer = '';
  for await (const chunk of child.stdout) answer += String(chunk);
  return JSON.parse(answer) as RunFigures;
}
