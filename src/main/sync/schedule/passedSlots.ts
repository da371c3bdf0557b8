import type { Pace } from '../../base/async/Pace.ts';
import type { CronTimes } from './CronTimes.ts';

const minuteMs = 60_000;
/** More are not counted: what a person sees of them is that there were many. */
const mostCounted = 10_000;

/** Times of a schedule between two moments. */
export interface PassedSlots {
  readonly latest: number;
  /** At most 10,000. */
  readonly count: number;
}

/** Those behind `afterMs` up to `untilMs`; null when there are none. Lets others run in between. */
export async function passedSlots(
  cron: CronTimes,
  afterMs: number,
  untilMs: number,
  pace: Pace,
): Promise<PassedSlots | null> {
  let latest: number | null = null;
  let count = 0;
  for (let at = cron.next(afterMs); at !== null && at <= untilMs; at = cron.next(at)) {
    latest = at;
    count += 1;
    if (count === mostCounted) return { latest: latestOf(cron, untilMs, at), count };
    await pace.rest();
  }
  return latest === null ? null : { latest, count };
}

/** The latest one up to a moment, looked for in longer and longer times before it. */
function latestOf(cron: CronTimes, untilMs: number, known: number): number {
  for (let spanMs = minuteMs; untilMs - spanMs > known; spanMs *= 2) {
    let found: number | null = null;
    for (let at = cron.next(untilMs - spanMs); at !== null && at <= untilMs; at = cron.next(at)) found = at;
    if (found !== null) return found;
  }
  return known;
}
