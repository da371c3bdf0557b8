import type { IntervalFigures } from '../../observability/MeasuredInterval.ts';

const windowMs = 5 * 60_000;
/** Seconds are kept together, and forgotten together. */
const slotMs = 10_000;
/** Of fewer statements nothing is concluded: one failure of one is no trouble. */
const leastCount = 20;

interface Slot {
  /** When its first second ended. */
  readonly atMs: number;
  readonly count: number;
  readonly errorCount: number;
  /** Of those that were not cancelled. */
  readonly latency: IntervalFigures['latency'];
}

/** The statements that people ran on one data source in the last five minutes. Seconds without any cost nothing. */
export class StatementWindow {
  #slots: Slot[] = [];

  /** @param nowMs when the second ended */
  add(
    nowMs: number,
    { statements, errors, latency }: Pick<IntervalFigures, 'statements' | 'errors' | 'latency'>,
  ): void {
    this.#forget(nowMs);
    if (statements.user === 0) return;
    const last = this.#slots.at(-1);
    if (last === undefined || nowMs - last.atMs >= slotMs) {
      this.#slots.push({ atMs: nowMs, count: statements.user, errorCount: errors.user, latency });
    } else {
      this.#slots[this.#slots.length - 1] = {
        atMs: last.atMs,
        count: last.count + statements.user,
        errorCount: last.errorCount + errors.user,
        latency: last.latency.with(latency),
      };
    }
  }

  /** Share of statements that failed; 0 while there are too few. */
  errorShare(nowMs: number): number {
    const count = this.#count(nowMs);
    return count < leastCount ? 0 : this.#sum(({ errorCount }) => errorCount) / count;
  }

  /** 95th percentile of their durations; 0 while there are too few. */
  p95Ms(nowMs: number): number {
    if (this.#count(nowMs) < leastCount) return 0;
    const [first, ...others] = this.#slots.map(({ latency }) => latency);
    return first?.with(...others).percentiles([0.95])[0] ?? 0;
  }

  #count(nowMs: number): number {
    this.#forget(nowMs);
    return this.#sum(({ count }) => count);
  }

  /** What is older than the window. */
  #forget(nowMs: number): void {
    const first = this.#slots.findIndex(({ atMs }) => atMs > nowMs - windowMs);
    if (first !== 0) this.#slots = first < 0 ? [] : this.#slots.slice(first);
  }

  #sum(of: (slot: Slot) => number): number {
    return this.#slots.reduce((sum, slot) => sum + of(slot), 0);
  }
}
