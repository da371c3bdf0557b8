import { describe, expect, it } from 'vitest';
import { someSample } from '../../../../tests/support/someMetrics.ts';
import { engineOf } from '../../../shared/engines/engines.ts';
import type { MetricsPoint } from '../../../shared/model/metrics.ts';
import { chartsOf } from './metricCharts.ts';

const { capabilities: database } = engineOf('postgres');
const { capabilities: api } = engineOf('rest');

const titlesOf = (capabilities: typeof api) => chartsOf(capabilities).map(({ title }) => title);

function valuesIn(title: string, point: MetricsPoint): Record<string, number | null> {
  const chart = chartsOf(api).find((one) => one.title === title);
  return Object.fromEntries(chart?.lines.map(({ label, read }) => [label, read(point)]) ?? []);
}

const requests = {
  statusesPerSecond: { '2xx': 3, '3xx': 0, '4xx': 0.5, '5xx': 1, none: 2 },
  wait: { p50: 1, p95: 2_000, p99: 3_000 },
  remaining: 41,
};

describe('the charts', () => {
  it('of a database are those of its pool and its statements', () => {
    expect(titlesOf(database)).toEqual([
      'Connections',
      'Health check round trip',
      'Wait for a connection',
      'Latency of statements',
      'Statements per second',
      'Errors per second',
    ]);
  });

  it('of an API are those of its requests and its limit, and none of a pool', () => {
    expect(titlesOf(api)).toEqual([
      'Health check round trip',
      'Latency of requests',
      'Requests per second',
      'Errors per second',
      'Answers per second by status',
      'Wait before sending',
      'Requests left',
    ]);
  });

  it('show statuses, waits and what is left of the limit', () => {
    const point = someSample(0, { requests });
    expect(valuesIn('Answers per second by status', point)).toEqual({
      '2xx': 3,
      '3xx': 0,
      '4xx': 0.5,
      '5xx': 1,
      'no answer': 2,
    });
    expect(valuesIn('Wait before sending', point)).toEqual({ p50: 1, p95: 2_000, p99: 3_000 });
    expect(valuesIn('Requests left', point)).toEqual({ left: 41 });
  });

  it('show no answers before the first request, and nothing of a limit that nobody told', () => {
    const point = someSample(0);
    expect(Object.values(valuesIn('Answers per second by status', point))).toEqual([0, 0, 0, 0, 0]);
    expect(Object.values(valuesIn('Wait before sending', point))).toEqual([null, null, null]);
    expect(valuesIn('Requests left', point)).toEqual({ left: null });
  });
});
