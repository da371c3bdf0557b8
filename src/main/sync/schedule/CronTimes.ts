import { type CronFields, CronRefused, readCronFields } from './cronFields.ts';
import { ZoneOffsets } from './ZoneOffsets.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** A 29th of February on a given weekday comes within 40 years, whatever the century. */
const searchedDays = 41 * 366;

/**
 * The times of a cron expression in a time zone. Where clocks are put forward, what is due in the hour that is left out
 * comes as much later; where they are put back, an hour that is named comes once, and one of every hour comes in each.
 *
 * Written here because croner 10 answers times in the past within the hour that comes twice; its other answers are
 * compared in the tests.
 */
export class CronTimes {
  readonly #fields: CronFields;
  readonly #zone: ZoneOffsets;

  /** @throws CronRefused, which says what is wrong */
  constructor(expression: string, timeZone: string) {
    this.#fields = readCronFields(expression);
    this.#zone = zoneOf(timeZone);
  }

  /** The first one behind a moment, in milliseconds since the epoch; null when there is none. */
  next(afterMs: number): number | null {
    const { isEveryHour } = this.#fields;
    let best: number | null = null;
    // Of an hour that comes twice, the second has begun perhaps: what it shows has been shown before.
    let localMs = afterMs + Math.min(this.#zone.at(afterMs), this.#zone.at(afterMs + 3 * hourMs)) - minuteMs;
    for (;;) {
      const next = this.#nextLocal(localMs);
      if (next === null) return best;
      localMs = next;
      const moments = this.#momentsOf(localMs);
      const [first = 0] = moments;
      if (best !== null && first >= best) return best;
      const counted = isEveryHour ? moments : [first];
      const found = counted.find((moment) => moment > afterMs);
      if (found !== undefined && (best === null || found < best)) best = found;
      // Nothing that is shown later can come earlier, unless clocks are put back before it.
      if (best !== null && localMs - best > this.#zone.at(best + 3 * hourMs)) return best;
    }
  }

  #momentsOf(localMs: number): readonly number[] {
    const moments = this.#zone.momentsOf(localMs);
    return moments.length > 0 ? moments : [this.#zone.momentPast(localMs)];
  }

  /** The first local time behind another one that the fields name; local times are written as if they were UTC. */
  #nextLocal(afterMs: number): number | null {
    const { minutes, hours } = this.#fields;
    const from = Math.floor(afterMs / minuteMs) * minuteMs + minuteMs;
    const firstDay = Math.floor(from / dayMs) * dayMs;
    for (let count = 0; count < searchedDays; count += 1) {
      const dayStart = firstDay + count * dayMs;
      if (!this.#isDay(dayStart)) continue;
      const begin = Math.max(from - dayStart, 0);
      for (let hour = Math.floor(begin / hourMs); hour < 24; hour += 1) {
        if (hours[hour] !== true) continue;
        const firstMinute = Math.max(0, Math.ceil((begin - hour * hourMs) / minuteMs));
        const minute = minutes.indexOf(true, firstMinute);
        if (minute >= 0) return dayStart + hour * hourMs + minute * minuteMs;
      }
    }
    return null;
  }

  #isDay(dayStart: number): boolean {
    const { days, months, weekdays, isEitherDay } = this.#fields;
    const date = new Date(dayStart);
    if (months[date.getUTCMonth() + 1] !== true) return false;
    const isDay = days[date.getUTCDate()] === true;
    const isWeekday = weekdays[date.getUTCDay()] === true;
    return isEitherDay ? isDay || isWeekday : isDay && isWeekday;
  }
}

function zoneOf(timeZone: string): ZoneOffsets {
  try {
    // Node also takes offsets such as +02:00, which know no daylight saving.
    if (/^[A-Za-z]/.test(timeZone)) return ZoneOffsets.of(timeZone);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw new CronRefused(`There is no time zone “${timeZone}”. An example is Europe/Berlin.`);
}
