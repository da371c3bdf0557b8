import type { Figure, FigureGap, ServerCounters } from '../connectors/ServerActivity.ts';

/** Rates are of the time since the last sample, which must be as long at least. */
const minIntervalMs = 1_000;
/** The share of cache hits is that of the last minute: of a moment it says little. */
const shareWindowMs = 60_000;

export interface Rates {
  readonly transactionsPerSecond: Figure;
  readonly statementsPerSecond: Figure;
  readonly cacheHitShare: Figure;
}

interface Reading {
  readonly atMs: number;
  readonly counters: ServerCounters;
}

const firstSample: FigureGap = { reason: 'first-sample', right: null };

/** Makes rates of counters. */
export class RateMeter {
  /** Oldest first, from the beginning of the window on. */
  #readings: Reading[] = [];
  #rates: Rates | null = null;

  /** @param nowMs monotonic */
  read(counters: ServerCounters, nowMs: number): Rates {
    const last = this.#readings.at(-1);
    if (last !== undefined && this.#rates !== null && nowMs - last.atMs < minIntervalMs) return this.#rates;
    // The server was started again: nothing can be compared.
    if (last !== undefined && hasFallen(last.counters, counters)) this.#readings = [];
    const reading = { atMs: nowMs, counters };
    this.#readings = [...this.#readings.filter(({ atMs }) => atMs >= nowMs - shareWindowMs), reading];
    this.#rates = this.#ratesOf(reading);
    return this.#rates;
  }

  #ratesOf(now: Reading): Rates {
    const before = this.#readings.at(-2) ?? now;
    const oldest = this.#readings[0] ?? now;
    return {
      transactionsPerSecond: perSecond(before, now, ({ transactions }) => transactions),
      statementsPerSecond: perSecond(before, now, ({ statements }) => statements),
      cacheHitShare: hitShare(oldest.counters, now.counters),
    };
  }
}

const countIn = (figure: Figure): number | null => ('value' in figure ? figure.value : null);

function perSecond(before: Reading, now: Reading, of: (counters: ServerCounters) => Figure): Figure {
  const figure = of(now.counters);
  const [from, to] = [countIn(of(before.counters)), countIn(figure)];
  if (to === null) return figure;
  const elapsedMs = now.atMs - before.atMs;
  if (from === null || elapsedMs < minIntervalMs) return { gap: firstSample };
  return { value: ((to - from) * 1_000) / elapsedMs };
}

function hitShare(before: ServerCounters, now: ServerCounters): Figure {
  if ('gap' in now.cacheHits) return now.cacheHits;
  if ('gap' in now.cacheMisses) return now.cacheMisses;
  const hits = now.cacheHits.value - (countIn(before.cacheHits) ?? now.cacheHits.value);
  const misses = now.cacheMisses.value - (countIn(before.cacheMisses) ?? now.cacheMisses.value);
  return hits + misses > 0 ? { value: hits / (hits + misses) } : { gap: firstSample };
}

function hasFallen(before: ServerCounters, now: ServerCounters): boolean {
  const keys = ['transactions', 'statements', 'cacheHits', 'cacheMisses'] as const;
  return keys.some((key) => (countIn(now[key]) ?? 0) < (countIn(before[key]) ?? 0));
}
