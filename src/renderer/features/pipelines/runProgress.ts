import { finalRunStates, type Run } from '../../../shared/model/runs.ts';
import { roughDuration } from '../../text/pipelines.ts';

/** Whether a run is not over: it goes on, waits or can go on. */
export const isUnderWay = (run: Run | null): boolean => run !== null && !finalRunStates.has(run.state);

/** How much of a run is done, from 0 to 1; null where that is not known. */
export function shareOf({ progress: { readCount, totalCount } }: Run): number | null {
  return totalCount === null || totalCount === 0 ? null : Math.min(1, readCount / totalCount);
}

/** How long a run took, or has until now; empty before it began. */
export function durationOf(run: Run, nowMs: number): string {
  const { startedAt, endedAt } = run;
  if (startedAt === null) return '';
  return roughDuration((isUnderWay(run) ? nowMs : (endedAt ?? startedAt)) - startedAt);
}
