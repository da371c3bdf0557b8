import { once } from 'node:events';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import { DemoApi } from '../../../src/main/demo/api/DemoApi.ts';
import type { DemoServer } from '../../../src/main/demo/DemoServer.ts';
import { silentLogger } from '../../../src/main/observability/Logger.ts';
import { FakeClock } from '../../support/FakeClock.ts';
import { DemoFixture } from './demoFixture.ts';
import { realSeed } from './newRun.ts';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

let fixture: DemoFixture;
let demo: DemoServer;
const clock = new FakeClock();
let api: DemoApi;
let base: string;

beforeAll(async () => {
  fixture = await DemoFixture.lasting(realSeed);
  demo = fixture.server();
  api = new DemoApi({ database: demo, clock, logger: silentLogger, firstPort: 25_480 });
  base = await api.ensureRunning(neverAborted);
}, 60_000);

afterAll(async () => {
  await api.stop();
  await demo.stop(5_000);
  await fixture.dispose();
});

// Each test has its own period of the rate limit.
beforeEach(() => clock.advance(1_000));

function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(`${base}${path}`, { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });
}

const get = (path: string) => ask(path, { 'X-API-Key': api.key });

interface Page {
  readonly data: readonly { readonly id: number }[];
  readonly next_cursor?: string | null;
  readonly total?: number;
}
const pageOf = async (path: string): Promise<Page> => JSON.parse((await get(path)).body) as Page;

describe('the demo API', { timeout: 30_000 }, () => {
  it('answers numbered pages with the total, and an empty page after the last one', async () => {
    const second = await pageOf('/customers?page=2&limit=1000');
    expect([second.data.length, second.data[0]?.id, second.total]).toEqual([1_000, 1_001, 5_000]);
    expect((await pageOf('/customers?page=6&limit=1000')).data).toEqual([]);
  });

  it('answers pages by cursors, each record once, and tells the last one', async () => {
    const ids: number[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      await clock.advance(1_000);
      const page: Page = await pageOf(`/orders?limit=1000&channel=web&cursor=${encodeURIComponent(cursor)}`);
      ids.push(...page.data.map(({ id }) => id));
      cursor = page.next_cursor ?? null;
    }
    expect(ids.length).toBeGreaterThan(2_000);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('names the next page in the Link header, with the filters of this one', async () => {
    const first = await get('/products?per_page=10&is_discontinued=false');
    expect(first.headers.link).toBe(
      `<${base}/products?per_page=10&is_discontinued=false&page=2>; rel="next"`,
    );
    expect((JSON.parse(first.body) as unknown[]).length).toBe(10);
    expect((await get('/products?per_page=1000&page=1')).headers.link).toBeUndefined();
  });

  it('answers the orders of one customer', async () => {
    const { data } = (await pageOf('/customers/7/orders')) as { data: readonly { customer_id?: number }[] };
    expect(data.length).toBeGreaterThan(0);
    expect(new Set(data.map(({ customer_id: id }) => id))).toEqual(new Set([7]));
  });

  it('takes values of parameters for values', async () => {
    expect((await pageOf(`/customers?country=${encodeURIComponent("x' OR 1=1 --")}`)).data).toEqual([]);
    for (const path of [
      '/orders?cursor=bm8=',
      '/orders?limit=0',
      '/orders?limit=1001',
      '/orders?color=red',
    ]) {
      expect(await get(path)).toMatchObject({ status: 400 });
    }
    expect(await get('/customers/1;2/orders')).toMatchObject({ status: 404 });
  });

  it('says when there were too many requests, and until when', async () => {
    const answers = await Promise.all(Array.from({ length: 60 }, () => get('/products?per_page=1')));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(10);
    expect(refused[0]?.headers).toMatchObject({ 'retry-after': '1', 'ratelimit-remaining': '0' });
    await clock.advance(1_000);
    expect((await get('/products?per_page=1')).headers['ratelimit-remaining']).toBe('49');
  });

  it('answers nobody without its key but with what it is', async () => {
    expect(await ask('/customers')).toMatchObject({ status: 401 });
    expect(await ask('/customers', { 'X-API-Key': `${api.key}x` })).toMatchObject({ status: 401 });
    expect(JSON.parse((await ask('/openapi.json')).body)).toMatchObject({
      openapi: '3.1.0',
      servers: [{ url: base }],
    });
  });

  it('answers no page of a browser, no other name for this computer, and no other method', async () => {
    const key = { 'X-API-Key': api.key };
    expect(await ask('/customers', { ...key, Host: 'evil.example' })).toMatchObject({ status: 403 });
    expect(await ask('/openapi.json', { Host: 'localhost:25480' })).toMatchObject({ status: 403 });
    expect(await ask('/customers', { ...key, Origin: 'http://evil.example' })).toMatchObject({ status: 403 });
    expect(await ask('/customers', key, 'DELETE')).toMatchObject({ status: 405, headers: { allow: 'GET' } });
  });

  it('takes the next port when its own is taken, and gives it back when it is stopped', async () => {
    const squatter = createServer().listen(25_500, '127.0.0.1');
    onTestFinished(() => void squatter.close());
    await once(squatter, 'listening');
    const other = new DemoApi({ database: demo, clock, logger: silentLogger, firstPort: 25_500 });
    expect(await other.ensureRunning(neverAborted)).toBe('http://127.0.0.1:25501');
    await other.stop();
    const again = createServer().listen(25_501, '127.0.0.1');
    onTestFinished(() => void again.close());
    await once(again, 'listening');
  });

  it('goes on after the database was reset', async () => {
    expect(await get('/products?per_page=1')).toMatchObject({ status: 200 });
    await demo.reset(neverAborted);
    expect(await get('/products?per_page=1')).toMatchObject({ status: 200 });
  });
});
