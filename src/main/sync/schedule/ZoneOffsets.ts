const minuteMs = 60_000;
/** Clocks are changed at full quarters of an hour only. */
const quarterMs = 15 * minuteMs;
const mostKept = 5_000;

/** Making one takes a millisecond, and thousands of schedules are in a few zones. */
const known = new Map<string, ZoneOffsets>();

/** How far the clocks of a time zone are ahead of UTC, in milliseconds, rounded to minutes. */
export class ZoneOffsets {
  readonly #format: Intl.DateTimeFormat;
  /** By quarter of an hour: to ask the system takes long. */
  readonly #kept = new Map<number, number>();

  /** @throws RangeError for a zone that does not exist */
  static of(timeZone: string): ZoneOffsets {
    const zone = known.get(timeZone) ?? new ZoneOffsets(timeZone);
    known.set(timeZone, zone);
    return zone;
  }

  private constructor(timeZone: string) {
    this.#format = new Intl.DateTimeFormat('en-US', {
      ...{ timeZone, hourCycle: 'h23', era: 'short' },
      ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
      ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
    });
  }

  at(utcMs: number): number {
    const quarter = Math.floor(utcMs / quarterMs);
    const kept = this.#kept.get(quarter);
    if (kept !== undefined) return kept;
    if (this.#kept.size >= mostKept) this.#kept.clear();
    const offset = this.#read(quarter * quarterMs);
    this.#kept.set(quarter, offset);
    return offset;
  }

  #read(utcMs: number): number {
    const part = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
    for (const { type, value } of this.#format.formatToParts(utcMs)) {
      if (type in part) part[type as keyof typeof part] = Number(value);
    }
    const { year, month, day, hour, minute, second } = part;
    const localMs = Date.UTC(year, month - 1, day, hour, minute, second);
    return Math.round((localMs - utcMs) / minuteMs) * minuteMs;
  }

  /**
   * The moments at which clocks show a local time: one; two where it comes twice; none where clocks are put forward
   * over it.
   */
  momentsOf(localMs: number): readonly number[] {
    const dayMs = 24 * 60 * minuteMs;
    const offsets = new Set([this.at(localMs - dayMs), this.at(localMs + dayMs)]);
    return [...offsets]
      .map((offset) => localMs - offset)
      .filter((utcMs) => utcMs + this.at(utcMs) === localMs)
      .sort((left, right) => left - right);
  }

  /** For a local time that clocks are put forward over: the moment at which it would have come. */
  momentPast(localMs: number): number {
    return localMs - this.at(localMs - 24 * 60 * minuteMs);
  }
}
