import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PercentileHistogram } from './PercentileHistogram.ts';

describe('PercentileHistogram', () => {
  it('is within 5 % of the true percentile, for whatever it was given', () => {
    const durations = fc.array(fc.double({ min: 0.02, max: 100_000_000, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(durations, fc.constantFrom(0.5, 0.95, 0.99), (values, share) => {
        const histogram = new PercentileHistogram();
        for (const value of values) histogram.add(value);
        const sorted = values.toSorted((left, right) => left - right);
        const truth = sorted[Math.ceil(values.length * share) - 1] ?? 0;
        const [found] = histogram.percentiles([share]);
        expect(Math.abs((found ?? 0) / truth - 1)).toBeLessThan(0.05);
      }),
    );
  });

  it('knows nothing of nothing, and takes what is too quick to measure', () => {
    const histogram = new PercentileHistogram();
    expect(histogram.percentiles([0.5])).toEqual([null]);
    histogram.add(0);
    expect(histogram.percentiles([0.5, 0.99])).toEqual([0, 0]);
  });

  it('is never beyond the shortest and the longest', () => {
    const histogram = new PercentileHistogram();
    histogram.add(7);
    expect(histogram.percentiles([0.5, 0.99])).toEqual([7, 7]);
  });

  it('goes on from what it was', () => {
    const histogram = new PercentileHistogram();
    for (const durationMs of [1, 1, 40, 900]) histogram.add(durationMs);
    const again = new PercentileHistogram(histogram.counts(), histogram.range);
    expect(again.percentiles([0.5, 0.99])).toEqual(histogram.percentiles([0.5, 0.99]));
  });
});
