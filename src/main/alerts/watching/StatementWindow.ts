import type { SampledStatements } from './sampledStatements.ts';

const windowMs = 5 * 60_000;
/** Of fewer statements nothing is concluded: one failure of one is no trouble. */
const leastCount = 20;
/** Between two samples; after a longer break (sleep, another connection) the first one stands for a second. */
const maxSampleMs = 2_000;

interface Second {
  readonly atMs: number;
  readonly count: number;
  readonly errorCount: number;
  readonly p95Ms: number | null;
}

/** The statements that people ran on one data source in the last five minutes. Seconds without any cost nothing. */
export class StatementWindow {
  #seconds: Second[] = [];
  #sampledAtMs = Number.NEGATIVE_INFINITY;

  add(nowMs: number, { perSecond, errorsPerSecond, p95Ms }: SampledStatements): void {
    const passedMs = nowMs - this.#sampledAtMs;
    const seconds = passedMs > maxSampleMs ? 1 : passedMs / 1_000;
    this.#sampledAtMs = nowMs;
    const count = Math.round(perSecond * seconds);
    if (count === 0) return;
    this.#seconds.push({ atMs: nowMs, count, errorCount: Math.round(errorsPerSecond * seconds), p95Ms });
  }

  /** Share of statements that failed; 0 while there are too few. */
  errorShare(nowMs: number): number {
    const count = this.#count(nowMs);
    return count < leastCount ? 0 : this.#sum(({ errorCount }) => errorCount) / count;
  }

  /**
   * 95th percentile of their durations; 0 while there are too few. It is that of the seconds' own percentiles, each
   * counted as often as there were statements: never below the true one by much, and above it where seconds differ.
   */
  p95Ms(nowMs: number): number {
    if (this.#count(nowMs) < leastCount) return 0;
    const timed = this.#seconds.flatMap(({ count, p95Ms }) => (p95Ms === null ? [] : [{ count, p95Ms }]));
    timed.sort((one, other) => one.p95Ms - other.p95Ms);
    const rank = 0.95 * timed.reduce((sum, { count }) => sum + count, 0);
    let passed = 0;
    for (const { count, p95Ms } of timed) {
      passed += count;
      if (passed >= rank) return p95Ms;
    }
    return 0;
  }

  #count(nowMs: number): number {
    const first = this.#seconds.findIndex(({ atMs }) => atMs > nowMs - windowMs);
    if (first !== 0) this.#seconds = first < 0 ? [] : this.#seconds.slice(first);
    return this.#sum(({ count }) => count);
  }

  #sum(of: (second: Second) => number): number {
    return this.#seconds.reduce((sum, second) => sum + of(second), 0);
  }
}
