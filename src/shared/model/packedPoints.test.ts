import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxRangePoints } from './historyLengths.ts';
import type { MetricsPoint } from './metrics.ts';
import { metricsRangeSchema } from './metricsRange.ts';
import { packPoints, unpackPoints } from './packedPoints.ts';

const value = fc.double({ noNaN: true, noDefaultInfinity: true });
const rates = fc.record({ user: value, catalogue: value, health: value });
const percentiles = fc.option(fc.record({ p50: value, p95: value, p99: value }));

const requests = fc.option(
  fc.record({
    statusesPerSecond: fc.record({ '2xx': value, '3xx': value, '4xx': value, '5xx': value, none: value }),
    wait: percentiles,
    remaining: fc.option(value),
  }),
);

const anyPoint: fc.Arbitrary<MetricsPoint> = fc.record({
  at: value,
  connections: fc.record({ inUse: value, idle: value, pinned: value, waiting: value, ceiling: value }),
  most: fc.record({ inUse: value, waiting: value }),
  statementsPerSecond: rates,
  errorsPerSecond: rates,
  cancelsPerSecond: value,
  latency: percentiles,
  wait: percentiles,
  healthMs: fc.option(value),
  requests,
});

const isTaken = (points: unknown): boolean =>
  metricsRangeSchema.safeParse({ from: 0, to: 1, stepMs: 1_000, points, states: [], decisions: [] }).success;

describe('packed points', () => {
  it('are the same points when they are unpacked, and what the answer to the window may hold', () => {
    fc.assert(
      fc.property(fc.array(anyPoint), (points) => {
        const packed = packPoints(points);
        expect(unpackPoints(packed)).toEqual(points);
        expect(isTaken(packed)).toBe(true);
      }),
    );
  });

  it('are refused when one is not whole, there are too many, or they are no block of numbers', () => {
    const width = packPoints(fc.sample(anyPoint, 1)).length;
    expect(isTaken(new Float64Array(width * maxRangePoints))).toBe(true);
    expect(isTaken(new Float64Array(width * (maxRangePoints + 1)))).toBe(false);
    expect(isTaken(new Float64Array(width - 1))).toBe(false);
    expect(isTaken(new Float64Array(width + 1))).toBe(false);
    for (const other of [[], new Float32Array(width), new ArrayBuffer(8 * width), null, 'text']) {
      expect(isTaken(other)).toBe(false);
    }
  });

  it('are refused when a figure is missing that every point has, or is no number', () => {
    const [point] = fc.sample(anyPoint, 1);
    if (point === undefined) throw new Error('No sample');
    const packed = packPoints([point]);
    const refused = (place: number, figure: number) => !isTaken(packed.with(place, figure));
    const places = [...packed.keys()];
    const missing = packPoints([{ ...point, latency: null, wait: null, healthMs: null, requests: null }]);
    expect(places.filter((place) => !refused(place, Number.NaN))).toEqual(
      places.filter((place) => Number.isNaN(missing[place])),
    );
    for (const infinity of [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(places.every((place) => refused(place, infinity))).toBe(true);
    }
  });
});
