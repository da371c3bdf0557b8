import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { histogramOf, someFigures } from '../../../../tests/support/someFigures.ts';
import { type IntervalFigures, pointOf, type RequestFigures } from '../MeasuredInterval.ts';
import { fromBytes, toBytes } from './intervalBytes.ts';

const busy: IntervalFigures = someFigures({
  measuredMs: 900_000,
  connectionMs: { inUse: 900_000_000, idle: 1, pinned: 127, waiting: 128, ceiling: 9_000_000 },
  most: { inUse: 1_000, waiting: 300 },
  statements: { user: 4_000_000_000, catalogue: 16_384, health: 30 },
  errors: { user: 2, catalogue: 1, health: 0 },
  cancelCount: 5,
  health: { weightedMs: 1_234_567.5, measuredMs: 880_000 },
  latency: histogramOf(0, 0.04, 3, 3, 70, 86_400_000),
  wait: histogramOf(12.5),
});

const requests: RequestFigures = {
  statuses: { '2xx': 4_000, '3xx': 0, '4xx': 127, '5xx': 128, none: 1 },
  wait: histogramOf(2_000, 31.25),
  remaining: null,
};

describe('intervalBytes', () => {
  it('gives back what was written', () => {
    const again = fromBytes(toBytes(busy));
    expect(again).toEqual(busy);
    expect(again && pointOf(1, again)).toEqual(pointOf(1, busy));
  });

  it('gives back what was written of the requests to an API', () => {
    for (const remaining of [null, 0, 59, 999_999_999_999_999]) {
      const asked = { ...busy, requests: { ...requests, remaining } };
      expect(fromBytes(toBytes(asked))).toEqual(asked);
    }
  });

  it('reads what was written before there were any, which is all of a data source without', () => {
    const before = Uint8Array.from([
      1, 232, 7, 0, 232, 7, 0, 0, 144, 78, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ]);
    expect(fromBytes(before)).toEqual(someFigures({ statements: { user: 3, catalogue: 0, health: 0 } }));
    expect(toBytes(someFigures({ statements: { user: 3, catalogue: 0, health: 0 } }))).toEqual(before);
  });

  it('keeps durations to the microsecond', () => {
    const durations = fc.array(fc.double({ min: 0, max: 100_000_000, noNaN: true }));
    fc.assert(
      fc.property(durations, (values) => {
        const latency = histogramOf(...values);
        const again = fromBytes(toBytes(someFigures({ latency })))?.latency;
        const [before, after] = [latency, again].map((one) => one?.percentiles([0.5, 0.99]) ?? []);
        for (const [index, durationMs] of before?.entries() ?? []) {
          if (durationMs === null) expect(after?.[index]).toBeNull();
          else expect(after?.[index]).toBeCloseTo(durationMs, 2);
        }
      }),
    );
  });

  it('is small', () => {
    expect(toBytes(someFigures()).length).toBeLessThan(30);
    expect(toBytes(busy).length).toBeLessThan(120);
  });

  it('gives nothing, and nothing that is not a number, for bytes that are no interval', () => {
    const bytes = toBytes(busy);
    expect(fromBytes(new Uint8Array())).toBeNull();
    expect(fromBytes(bytes.subarray(0, -1))).toBeNull();
    expect(fromBytes(Uint8Array.from([...bytes, 0]))).toBeNull();
    expect(fromBytes(bytes.with(0, 2))).toBeNull();
    expect(fromBytes(bytes.with(0, 3))).toBeNull();
    const asked = toBytes({ ...busy, requests });
    expect(fromBytes(asked.subarray(0, -1))).toBeNull();
    expect(fromBytes(asked.with(0, 1))).toBeNull();
    expect(fromBytes(toBytes(someFigures({ measuredMs: 0 })))).toBeNull();
    fc.assert(
      fc.property(fc.constantFrom(1, 2), fc.uint8Array({ maxLength: 200 }), (version, noise) => {
        const found = fromBytes(Uint8Array.from([version, ...noise]));
        if (found === null) return;
        const { healthMs, latency, connections, requests: read } = pointOf(0, found);
        const own = [...Object.values(read?.statusesPerSecond ?? {}), read?.remaining ?? 0];
        for (const value of [
          healthMs ?? 0,
          ...[...Object.values(latency ?? {}), ...Object.values(connections), ...own],
        ]) {
          expect(Number.isFinite(value)).toBe(true);
        }
      }),
    );
  });
});
