import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Pool } from 'undici';
import { neverAborted } from '../../src/main/base/abort.ts';
import { systemClock } from '../../src/main/base/Clock.ts';
import type { Connection } from '../../src/main/connectors/Connection.ts';
import { ConnectionFactory } from '../../src/main/connectors/ConnectionFactory.ts';
import { RestRowReader } from '../../src/main/connectors/rest/reading/RestRowReader.ts';
import type { RestConfig } from '../../src/shared/engines/rest/config.ts';
import { defaultTimeoutSettings } from '../../src/shared/model/poolSettings.ts';
import { someResource, someRestConfig } from '../support/rest/someRest.ts';
import { type Figure, median, timed } from './figures.ts';

const pageCount = 1_000;
const pageRecords = 100;
/** A round is a quarter of a second: others on the machine disturb some of them, and not both sides equally. */
const rounds = 15;
const relation = { schema: 'Resources', name: 'items' };

/** In a process of its own; each page names the next one by a cursor, which has to be read before it can be asked for. */
const server = `
const pages = Array.from({ length: ${pageCount} }, (_, page) => Buffer.from(JSON.stringify({
  data: Array.from({ length: ${pageRecords} }, (_, index) => {
    const id = page * ${pageRecords} + index;
    return { id, name: 'customer ' + id, email: 'c' + id + '@ex.test', amount: id * 1.25, active: id % 2 === 0,
      created_at: '2026-01-01T00:00:00Z', note: id % 4 === 0 ? null : 'a note about ' + id,
      address: { city: 'Paris', zip: '75001' }, tags: ['a', 'b'] };
  }),
  next: page + 1 < ${pageCount} ? String(page + 1) : null,
})));
require('http').createServer((request, response) => {
  const page = pages[Number(new URL(request.url, 'http://x').searchParams.get('cursor') ?? 0)];
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': page.length });
  response.end(page);
}).listen(0, '127.0.0.1', function () { console.log(this.address().port) });`;

/** 1,000 pages of 100 records on loopback as rows, against whoever does no more than to fetch and to parse them. */
export async function measureRest(
  connect: (config: RestConfig) => Promise<Connection> = connectWithFactory,
): Promise<Figure[]> {
  const api: ChildProcess = spawn(process.execPath, ['-e', server], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [port] = api.stdout === null ? [] : await once(api.stdout, 'data');
    const baseUrl = `http://127.0.0.1:${Number(port)}`;
    const pagination = { type: 'cursor', selector: 'next', parameter: 'cursor', place: 'query' } as const;
    const connection = await connect(
      someRestConfig({ baseUrl, resources: [someResource({ selector: 'data', pagination })] }),
    );
    const pool = new Pool(baseUrl, { connections: 1 });
    const figures = await compare(
      () => readRows(connection),
      () => parsePages(pool),
    );
    await connection.close();
    await pool.close();
    return figures;
  } finally {
    api.kill('SIGKILL');
  }
}

async function connectWithFactory(config: RestConfig): Promise<Connection> {
  const target = {
    engine: { kind: 'rest', config },
    ...{ readOnly: false, timeouts: defaultTimeoutSettings, secret: async () => null },
    applicationName: 'Mooring bench',
  } as const;
  return new ConnectionFactory(systemClock).connect(target, { signal: neverAborted });
}

async function readRows(connection: Connection): Promise<number> {
  const options = { signal: neverAborted };
  const found = await new RestRowReader().find(connection, relation, options);
  const page = { sort: [], filters: [], after: null, limit: null };
  const stream = await found.readPage(connection, page, options);
  for (let count = 0; ; ) {
    const { starts } = await stream.nextEncoded();
    if (starts.length === 0) return count;
    count += starts.length;
  }
}

/** The floor: no checks, limits, exact numbers or rows. */
async function parsePages(pool: Pool): Promise<number> {
  let count = 0;
  for (let path: string | null = '/items'; path !== null; ) {
    const { body } = await pool.request({ path, method: 'GET' });
    const page = JSON.parse(await body.text()) as { data: unknown[]; next: string | null };
    count += page.data.length;
    path = page.next === null ? null : `/items?cursor=${page.next}`;
  }
  return count;
}

type Rounds = Readonly<Record<'ours' | 'bare', number[]>>;

/** In turn, round by round; the first round is not counted, and shows the memory. */
async function compare(ours: () => Promise<number>, bare: () => Promise<number>): Promise<Figure[]> {
  await ours();
  const memory = await measureAlone(ours);
  await bare();
  const rates: Rounds = { ours: [], bare: [] };
  /** Microseconds of a page: on a busy machine they say more than the time that passes. */
  const costs: Rounds = { ours: [], bare: [] };
  const measure = async (who: keyof Rounds, read: () => Promise<number>): Promise<void> => {
    let count = 0;
    const before = process.cpuUsage();
    const tookMs = await timed(async () => {
      count = await read();
    });
    costs[who].push(process.cpuUsage(before).user / pageCount);
    rates[who].push(count / (tookMs / 1_000));
    if (count !== pageCount * pageRecords) throw new Error(`${count} records were read`);
  };
  for (let round = 0; round < rounds; round += 1) {
    await measure('ours', ours);
    await measure('bare', bare);
  }
  const [rate, floor] = [median(rates.ours), median(rates.bare)];
  const ratio = median(rates.ours.map((each, round) => each / (rates.bare[round] ?? Number.NaN)));
  const [cost, leastCost] = [median(costs.ours), median(costs.bare)];
  return [
    {
      name: `REST, ${pageCount} pages of ${pageRecords} records as rows`,
      ...{ value: rate, unit: 'rows/s' },
      against: `${ratio.toFixed(2)} of a bare undici loop with JSON.parse, ${(floor / 1_000).toFixed(0)}k (promised: 0.9)`,
    },
    {
      name: 'REST, processor time of a page',
      ...{ value: cost, unit: 'µs', against: `${leastCost.toFixed(0)} µs of the bare loop` },
    },
    {
      name: 'REST, longest block of the event loop',
      ...{ value: memory.blockMs, unit: 'ms', against: 'while the rows are read (promised: at most 25)' },
    },
    {
      name: 'REST, growth of the memory',
      ...{ value: memory.growthBytes / 1024 / 1024, unit: 'MB' },
      against: 'at its peak, over that before the first of these pages (promised: flat)',
    },
  ];
}

async function measureAlone(read: () => Promise<number>) {
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  let most = before;
  const sampling = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 5);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await read();
  delay.disable();
  clearInterval(sampling);
  return { blockMs: delay.max / 1e6, growthBytes: most - before };
}
