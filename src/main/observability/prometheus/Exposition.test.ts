import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/FakeClock.ts';
import { somePoolStats } from '../../../../tests/support/someMetrics.ts';
import type { EndedOperation } from '../../../shared/model/operations.ts';
import { MetricsCollector } from '../MetricsCollector.ts';
import { OperationCounts } from '../operations/OperationCounts.ts';
import type { SourceReading } from '../SourceReading.ts';
import { EventLoopDelay } from './EventLoopDelay.ts';
import { Exposition } from './Exposition.ts';

const id = '6f8a5d0e-3a52-4f0e-9f43-1c2b8d7e9a10';

const idOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

describe('the exposition', () => {
  let collector: MetricsCollector;
  let readings: Map<string, SourceReading>;
  let exposition: Exposition;
  let counts: OperationCounts;

  const text = async (): Promise<string> => Buffer.concat(await exposition.pages()).toString();
  const lines = async (): Promise<string[]> => (await text()).split('\n');

  beforeEach(() => {
    collector = new MetricsCollector(new FakeClock());
    readings = new Map();
    counts = new OperationCounts();
    const sources = () =>
      [...collector.sources].map(([source, measured]) => ({
        id: source,
        measured,
        reading: readings.get(source) ?? null,
      }));
    exposition = new Exposition(sources, {
      version: '1.2.3',
      electronVersion: '45.0.0',
      operations: () => counts.all(),
      vaultLock: () => 'locked',
      pipelines: () => ({ pipelines: new Map(), dueMs: new Map(), runStates: [], queue: 'stopped' }),
      eventLoopDelay: new EventLoopDelay(),
    });
  });

  it('shows what was counted, bucket by bucket', async () => {
    for (const [durationMs, outcome] of [
      [1, 'ok'],
      [7, 'ok'],
      [7.5, 'timeout'],
      [61_000, 'ok'],
      [9_000, 'cancelled'],
    ] as const)
      collector.track(id).statement(durationMs, 'user', outcome);
    const written = await lines();
    const labels = `source="${id}",purpose="user"`;
    expect(written).toEqual(
      expect.arrayContaining([
        '# TYPE mooring_query_duration_seconds histogram',
        `mooring_queries_total{${labels},outcome="ok"} 3`,
        `mooring_queries_total{${labels},outcome="timeout"} 1`,
        `mooring_queries_total{${labels},outcome="cancelled"} 1`,
        `mooring_query_duration_seconds_bucket{le="0.001",${labels}} 1`,
        `mooring_query_duration_seconds_bucket{le="0.005",${labels}} 1`,
        `mooring_query_duration_seconds_bucket{le="0.01",${labels}} 3`,
        `mooring_query_duration_seconds_bucket{le="60",${labels}} 3`,
        `mooring_query_duration_seconds_bucket{le="+Inf",${labels}} 4`,
        `mooring_query_duration_seconds_sum{${labels}} 61.0155`,
        `mooring_query_duration_seconds_count{${labels}} 4`,
      ]),
    );
    // Reading twice counts nothing twice.
    expect((await lines()).filter((line) => line.includes(id))).toEqual(
      written.filter((line) => line.includes(id)),
    );
  });

  it('shows the operations of the app, but for those that are counted by data source', async () => {
    const ended: EndedOperation = {
      ...{ id: 1, parentId: null, sourceId: null, correlationId: null, startedAt: 0, durationMs: 7 },
      ...{ kind: 'store', name: 'write', outcome: 'ok', code: null, rowCount: null },
    };
    counts.ended(ended);
    counts.ended({ ...ended, outcome: 'error' });
    counts.ended({ ...ended, kind: 'result', name: 'fill', outcome: 'cancelled' });
    counts.ended({ ...ended, kind: 'statement', name: 'user' });
    const written = await lines();
    expect(written).toEqual(
      expect.arrayContaining([
        'mooring_operations_total{kind="store",name="write",outcome="ok"} 1',
        'mooring_operations_total{kind="store",name="write",outcome="error"} 1',
        'mooring_operations_total{kind="store",name="write",outcome="timeout"} 0',
        'mooring_operation_duration_seconds_count{kind="store",name="write"} 2',
        'mooring_operations_total{kind="result",name="fill",outcome="cancelled"} 1',
      ]),
    );
    expect(written.filter((line) => /duration.*"fill"|kind="statement"/.test(line))).toEqual([]);
  });

  it('has a zero for what has not happened, so that the first time is an increase', async () => {
    collector.track(id);
    expect(await lines()).toEqual(
      expect.arrayContaining([
        `mooring_queries_total{source="${id}",purpose="user",outcome="error"} 0`,
        `mooring_pool_wait_timeouts_total{source="${id}"} 0`,
        `mooring_source_reconnects_total{source="${id}"} 0`,
      ]),
    );
  });

  it('shows callers who waited, with those who gave up', async () => {
    collector.track(id).waited(20, true);
    collector.track(id).waited(5_000, false);
    expect(await lines()).toEqual(
      expect.arrayContaining([
        `mooring_pool_wait_duration_seconds_bucket{le="0.025",source="${id}"} 1`,
        `mooring_pool_wait_duration_seconds_sum{source="${id}"} 5.02`,
        `mooring_pool_wait_timeouts_total{source="${id}"} 1`,
      ]),
    );
  });

  it('shows the requests to an API, how long they waited, and what is left of its limit while it is in use', async () => {
    const { requests } = collector.track(id);
    expect((await lines()).filter((line) => line.startsWith('mooring_api'))).toEqual([]);
    requests.ended(204);
    requests.ended(429);
    requests.ended(null);
    requests.waited(1_500);
    requests.left(41, null);
    readings.set(id, { status: 'ready', breaker: 'closed', pool: somePoolStats() });
    const left = `mooring_api_budget_remaining{source="${id}"} 41`;
    expect(await lines()).toEqual(
      expect.arrayContaining([
        `mooring_api_requests_total{source="${id}",status="2xx"} 1`,
        `mooring_api_requests_total{source="${id}",status="4xx"} 1`,
        `mooring_api_requests_total{source="${id}",status="5xx"} 0`,
        `mooring_api_requests_total{source="${id}",status="none"} 1`,
        `mooring_api_wait_seconds_sum{source="${id}"} 1.5`,
        left,
      ]),
    );
    readings.clear();
    expect(await lines()).not.toContain(left);
  });

  it('names every series, also one of which there is nothing', async () => {
    const written = await text();
    for (const name of [
      'mooring_api_requests_total',
      'mooring_api_wait_seconds',
      'mooring_api_budget_remaining',
    ])
      expect(written).toContain(`# TYPE ${name} `);
  });

  it('shows the state of a data source as it is while it is read, and none of one that is not in use', async () => {
    collector.track(id).health(12);
    expect((await lines()).filter((line) => /^mooring_(source_state|pool_connections)\{/.test(line))).toEqual(
      [],
    );
    const pool = somePoolStats({
      total: 3,
      inUse: 2,
      idle: 1,
      connecting: 1,
      waiting: 4,
      ceiling: 5,
      reserved: 2,
    });
    readings.set(id, { status: 'degraded', breaker: 'half-open', pool });
    const written = await lines();
    expect(written).toEqual(
      expect.arrayContaining([
        `mooring_pool_connections{source="${id}",state="in_use"} 2`,
        `mooring_pool_connections{source="${id}",state="idle"} 1`,
        `mooring_pool_connections{source="${id}",state="opening"} 1`,
        `mooring_pool_connections{source="${id}",state="reserved"} 2`,
        `mooring_pool_waiting_requests{source="${id}"} 4`,
        `mooring_pool_ceiling_connections{source="${id}"} 5`,
        `mooring_source_health_round_trip_seconds{source="${id}"} 0.012`,
        `mooring_source_breaker_state{source="${id}",state="half-open"} 1`,
      ]),
    );
    const states = written.filter((line) => line.startsWith('mooring_source_state{'));
    expect(states).toHaveLength(8);
    expect(states.filter((line) => line.endsWith(' 1'))).toEqual([
      `mooring_source_state{source="${id}",state="degraded"} 1`,
    ]);
  });

  it('says what runs and how the vault is', async () => {
    expect(await lines()).toEqual(
      expect.arrayContaining([
        'mooring_build_info{version="1.2.3",electron="45.0.0"} 1',
        'mooring_vault_state{state="open"} 0',
        'mooring_vault_state{state="locked"} 1',
      ]),
    );
  });

  it('labels series with nothing but the opaque id and a code, and drops them with the data source', async () => {
    collector.track(id).connect('AUTH_FAILED');
    expect(await lines()).toContain(`mooring_connects_total{source="${id}",outcome="AUTH_FAILED"} 1`);
    collector.forget(id);
    expect(await text()).not.toContain(id);
  });

  it('keeps the lines of a series together, however many data sources there are, and repeats no head', async () => {
    const count = 60;
    for (let number = 0; number < count; number += 1) {
      collector.track(idOf(number)).statement(5, 'user', 'ok');
      readings.set(idOf(number), { status: 'ready', breaker: 'closed', pool: somePoolStats() });
    }
    const written = await lines();
    const names = written.map((line) => /^(?:# TYPE )?(\w+?)(?:_bucket|_sum|_count)?[ {]/.exec(line)?.[1]);
    const samples = names.filter((name) => name?.startsWith('mooring_'));
    const runs = samples.filter((name, at) => name !== samples[at - 1]);
    expect(runs).toHaveLength(new Set(samples).size);
    expect(written.filter((line) => line === '# TYPE mooring_source_state gauge')).toHaveLength(1);
    expect(
      written.filter((line) => line.startsWith('mooring_source_state{') && line.endsWith(' 1')),
    ).toHaveLength(count);
  });

  it('gives two readers at a time the same text, and lets other work run meanwhile', async () => {
    for (let number = 0; number < 100; number += 1) collector.track(idOf(number));
    let turns = 0;
    const turn = setInterval(() => {
      turns += 1;
    });
    const [one, other] = await Promise.all([exposition.pages(), exposition.pages()]);
    clearInterval(turn);
    expect(one).toBe(other);
    expect(turns).toBeGreaterThan(0);
  });
});
