import { describe, expect, it } from 'vitest';
import { someSample } from '../../../../tests/support/someMetrics.ts';
import { engineOf } from '../../../shared/engines/engines.ts';
import type { MetricsRange } from '../../../shared/model/metricsRange.ts';
import { metricsCsv } from './metricsCsv.ts';

const database = engineOf('postgres').capabilities;
const api = engineOf('rest').capabilities;

const at = Date.UTC(2026, 10, 27, 14, 5, 9);

const picture: MetricsRange = {
  from: at,
  to: at + 2_000,
  stepMs: 1_000,
  points: [
    someSample(at, { latency: { p50: 1 / 3, p95: 20, p99: 1_234.5678 } }),
    someSample(at + 1_000, { cancelsPerSecond: 2 }),
    someSample(at + 2_000),
  ],
  states: [{ at: at + 500, status: 'ready' }],
  decisions: [],
};

/** The lines as records by the names of the columns. */
function records(csv: string): Record<string, string>[] {
  const [head = '', ...lines] = csv.split('\r\n').slice(0, -1);
  const names = head.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    expect(cells).toHaveLength(names.length);
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']));
  });
}

describe('metricsCsv', () => {
  it('has a line for each interval, empty where nothing was measured', () => {
    const [first, second] = records(metricsCsv(picture, picture, database));
    expect(first).toMatchObject({
      time: '2026-11-27T14:05:09.000Z',
      state: '',
      connections_in_use: '1',
      connections_most_in_use: '1',
      latency_p50_ms: '0.333',
      latency_p99_ms: '1234.568',
      wait_p95_ms: '',
      health_round_trip_ms: '',
    });
    expect(second).toMatchObject({ state: 'ready', latency_p50_ms: '', errors_per_second_cancelled: '2' });
  });

  it('has only what is shown', () => {
    expect(records(metricsCsv(picture, { from: at + 500, to: at + 1_500 }, database))).toHaveLength(1);
  });

  it('has the requests to an API too, and of a database nothing about any', () => {
    const requests = {
      statusesPerSecond: { '2xx': 3, '3xx': 0, '4xx': 0.5, '5xx': 0, none: 0 },
      wait: { p50: 1, p95: 2_000, p99: 3_000 },
      remaining: 41,
    };
    const asked = { ...picture, points: [someSample(at), someSample(at + 1_000, { requests })] };
    const [before, after] = records(metricsCsv(asked, asked, api));
    expect(before).toMatchObject({
      statuses_per_second_2xx: '0',
      request_wait_p95_ms: '',
      budget_remaining: '',
    });
    expect(after).toMatchObject({
      statuses_per_second_2xx: '3',
      statuses_per_second_4xx: '0.5',
      statuses_per_second_none: '0',
      request_wait_p95_ms: '2000',
      budget_remaining: '41',
    });
    expect(metricsCsv(asked, asked, database)).not.toMatch(/statuses|budget|request/);
  });

  it.each([database, api])('has no name twice', (capabilities) => {
    const names = metricsCsv(picture, picture, capabilities).split('\r\n')[0]?.split(',') ?? [];
    expect(new Set(names).size).toBe(names.length);
  });
});
