import type { Schedule } from '../../../shared/model/pipelines.ts';
import type { ScheduleText } from '../../../shared/model/pipelineViews.ts';
import { CronTimes } from './CronTimes.ts';
import { CronRefused } from './cronFields.ts';

const shownCount = 5;
const noSuchDay = 'There is no such day in any year.';

/**
 * A schedule in words, with its next times behind a moment, or why it cannot be read.
 * @param nameOf the name of another pipeline; null for one that is not there
 */
export async function scheduleText(
  schedule: Schedule,
  nowMs: number,
  nameOf: (id: string) => string | null,
): Promise<ScheduleText> {
  switch (schedule.type) {
    case 'manual':
      return { text: 'Only by hand', problem: null, next: [] };
    case 'after': {
      const name = nameOf(schedule.pipelineId);
      if (name === null) return refused('The pipeline that it follows no longer exists.');
      return { text: `After each successful run of “${name}”`, problem: null, next: [] };
    }
    case 'cron':
      return ofCron(schedule.expression, schedule.timeZone, nowMs);
  }
}

/** Why its times cannot be found; null when they can. */
export function cronProblem(
  { expression, timeZone }: Extract<Schedule, { readonly type: 'cron' }>,
  nowMs: number,
): string | null {
  try {
    return new CronTimes(expression, timeZone).next(nowMs) === null ? noSuchDay : null;
  } catch (error) {
    if (error instanceof CronRefused) return error.message;
    throw error;
  }
}

async function ofCron(expression: string, timeZone: string, nowMs: number): Promise<ScheduleText> {
  try {
    const next = nextTimes(new CronTimes(expression, timeZone), nowMs);
    if (next.length === 0) return refused(noSuchDay);
    // Loaded with the first schedule that is put in words: most starts of the app need none.
    const { toString: inWords } = await import('cronstrue');
    const words = inWords(expression.trim(), { use24HourTimeFormat: true });
    return { text: `${words} (${timeZone})`, problem: null, next };
  } catch (error) {
    if (error instanceof CronRefused) return refused(error.message);
    throw error;
  }
}

function nextTimes(cron: CronTimes, nowMs: number): number[] {
  const found: number[] = [];
  for (let at = cron.next(nowMs); at !== null && found.length < shownCount; at = cron.next(at))
    found.push(at);
  return found;
}

const refused = (problem: string): ScheduleText => ({ text: null, problem, next: [] });
