import { describe, expect, it } from 'vitest';
import { HourlyTrend } from './HourlyTrend.ts';

const hourMs = 3_600_000;

describe('HourlyTrend', () => {
  it('has the time of each of the last 24 hours, the running one last', () => {
    const trend = new HourlyTrend();
    trend.add(10 * hourMs, 5);
    trend.add(32 * hourMs, 7);
    trend.add(33 * hourMs + 1, 1);
    trend.add(33 * hourMs + 2, 2);
    const totals = trend.totals(33 * hourMs + 3);
    expect([totals.length, totals[0], totals[22], totals[23]]).toEqual([24, 5, 7, 3]);
    // What is older is gone.
    expect(trend.totals(34 * hourMs).slice(-3)).toEqual([7, 3, 0]);
    trend.add(34 * hourMs, 1);
    expect(trend.hours().map(([hour]) => hour)).toEqual([32, 33, 34]);
    expect(trend.totals(90 * hourMs)).toEqual(new Array(24).fill(0));
  });

  it('bears a clock that is put back', () => {
    const trend = new HourlyTrend();
    trend.add(50 * hourMs, 5);
    trend.add(20 * hourMs, 7);
    expect(trend.hours()).toEqual([[50, 2, 12]]);
    expect(trend.totals(20 * hourMs).at(-1)).toBe(12);
  });
});
