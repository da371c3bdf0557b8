import { describe, expect, it } from 'vitest';
import type { ServerCounters } from '../connectors/ServerActivity.ts';
import { RateMeter } from './RateMeter.ts';

const counters = (transactions: number, hits = 0, misses = 0): ServerCounters => ({
  transactions: { value: transactions },
  statements: { gap: { reason: 'not-offered', right: null } },
  cacheHits: { value: hits },
  cacheMisses: { value: misses },
});
const firstSample = { gap: { reason: 'first-sample', right: null } };

describe('RateMeter', () => {
  it('has no rate before it has two readings, and says why', () => {
    const rates = new RateMeter().read(counters(100), 0);
    expect(rates.transactionsPerSecond).toEqual(firstSample);
    expect(rates.cacheHitShare).toEqual(firstSample);
    expect(rates.statementsPerSecond).toEqual({ gap: { reason: 'not-offered', right: null } });
  });

  it('divides what was added by the time that went by', () => {
    const meter = new RateMeter();
    meter.read(counters(100), 0);
    expect(meter.read(counters(130), 2_000).transactionsPerSecond).toEqual({ value: 15 });
  });

  it('repeats its rates when it is asked again too soon', () => {
    const meter = new RateMeter();
    meter.read(counters(100), 0);
    const rates = meter.read(counters(130), 2_000);
    expect(meter.read(counters(131), 2_100)).toBe(rates);
    expect(meter.read(counters(140), 4_000).transactionsPerSecond).toEqual({ value: 5 });
  });

  it('begins anew when the server was started again, instead of showing a negative rate', () => {
    const meter = new RateMeter();
    meter.read(counters(100), 0);
    expect(meter.read(counters(3), 2_000).transactionsPerSecond).toEqual(firstSample);
    expect(meter.read(counters(5), 4_000).transactionsPerSecond).toEqual({ value: 1 });
  });

  it('tells the share of cache hits of the last minute', () => {
    const meter = new RateMeter();
    meter.read(counters(0, 0, 0), 0);
    meter.read(counters(0, 0, 100), 30_000);
    expect(meter.read(counters(0, 100, 100), 60_000).cacheHitShare).toEqual({ value: 0.5 });
    // The misses of the first half minute are too long ago.
    expect(meter.read(counters(0, 300, 100), 90_001).cacheHitShare).toEqual({ value: 1 });
  });
});
