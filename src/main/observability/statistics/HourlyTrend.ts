const hourMs = 3_600_000;
const hourCount = 24;

/** The hour since the epoch, what ran in it, and how long that took in milliseconds. */
export type HourFigures = readonly [hour: number, count: number, totalMs: number];

/** What ran in each of the last 24 hours. */
export class HourlyTrend {
  /** The newest last. */
  readonly #hours: [number, number, number][];

  constructor(hours: readonly HourFigures[] = []) {
    this.#hours = hours.map(([hour, count, totalMs]) => [hour, count, totalMs]);
  }

  add(wallMs: number, durationMs: number): void {
    const hour = Math.floor(wallMs / hourMs);
    const newest = this.#hours.at(-1);
    // A clock that was put back adds to the newest hour there is.
    if (newest !== undefined && newest[0] >= hour) {
      newest[1] += 1;
      newest[2] += durationMs;
      return;
    }
    this.#hours.push([hour, 1, durationMs]);
    while ((this.#hours[0]?.[0] ?? hour) <= hour - hourCount) this.#hours.shift();
  }

  /** The milliseconds of each hour up to now, the running one last. */
  totals(wallMs: number): number[] {
    const first = Math.floor(wallMs / hourMs) - hourCount + 1;
    const totals = new Array<number>(hourCount).fill(0);
    for (const [hour, , totalMs] of this.#hours) {
      const index = Math.min(hour - first, hourCount - 1);
      if (index >= 0) totals[index] = (totals[index] ?? 0) + totalMs;
    }
    return totals;
  }

  hours(): HourFigures[] {
    return this.#hours.map(([hour, count, totalMs]) => [hour, count, totalMs]);
  }
}
