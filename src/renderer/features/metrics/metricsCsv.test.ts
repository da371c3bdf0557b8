import { describe, expect, it } from 'vitest';
import { someSample } from '../../../../tests/support/someMetrics.ts';
import type { MetricsRange } from '../../../shared/model/metricsRange.ts';
import { metricsCsv } from './metricsCsv.ts';

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
    const [first, second] = records(metricsCsv(picture, picture));
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
    expect(records(metricsCsv(picture, { from: at + 500, to: at + 1_500 }))).toHaveLength(1);
  });

  it('has no name twice', () => {
    const names = metricsCsv(picture, picture).split('\r\n')[0]?.split(',') ?? [];
    expect(new Set(names).size).toBe(names.length);
  });
});
