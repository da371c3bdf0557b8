import { describe, expect, it } from 'vitest';
import { somePoolStats, someSample } from '../../../../tests/support/someMetrics.ts';
import type { MetricsSample } from '../../../shared/model/metrics.ts';
import { type ChartSeries, chartData, loneIndexes, sampleIndexAt } from './chartData.ts';
import { chartSummary } from './chartSummary.ts';

const sample = (at: number, inUse: number, healthMs: number | null = null): MetricsSample =>
  someSample(at, { pool: somePoolStats({ total: 3, inUse }), healthMs });
const inUse: ChartSeries = { label: 'in use', color: '--x', read: ({ connections }) => connections.inUse };
const health: ChartSeries = { label: 'round trip', color: '--y', read: ({ healthMs }) => healthMs };

describe('chartData', () => {
  it('makes one column for the times and one for each series', () => {
    expect(chartData([sample(1_000, 1, 5), sample(2_000, 2)], [inUse, health])).toEqual([
      [1, 2],
      [1, 2],
      [5, null],
    ]);
  });

  it('draws no line across seconds in which nothing was measured', () => {
    const [times, values] = chartData([sample(1_000, 1), sample(60_000, 2)], [inUse]);
    expect(values).toEqual([1, null, 2]);
    expect(times).toEqual([1, 1.001, 60]);
  });
});

describe('sampleIndexAt', () => {
  const times = [100, 101, 102, 110];

  it('finds the nearest second', () => {
    expect(sampleIndexAt(times, 101.4)).toBe(1);
    expect(sampleIndexAt(times, 101.6)).toBe(2);
    expect(sampleIndexAt(times, 111)).toBe(3);
  });

  it('finds nothing where nothing was measured: before the first sample and in a gap', () => {
    expect(sampleIndexAt(times, 60)).toBeNull();
    expect(sampleIndexAt(times, 106)).toBeNull();
    expect(sampleIndexAt([], 100)).toBeNull();
  });
});

describe('loneIndexes', () => {
  it('finds the seconds that a line alone would not show', () => {
    expect(loneIndexes([5, null, 7, 8, null, 9])).toEqual([0, 5]);
    expect(loneIndexes([null, 3, null])).toEqual([1]);
    expect(loneIndexes([1, 2])).toEqual([]);
  });
});

describe('chartSummary', () => {
  it('says in words what the chart shows', () => {
    const samples = [sample(1_000, 1), sample(2_000, 4), sample(3_000, 2)];
    expect(chartSummary('Connections', samples, [inUse, health], String)).toBe(
      'Connections: in use now 2, between 1 and 4.',
    );
    expect(chartSummary('Connections', [], [inUse], String)).toBe(
      'Connections: no measurements in this time range.',
    );
  });
});
