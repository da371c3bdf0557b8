import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { PipelineId } from '../../../shared/model/pipelines.ts';
import {
  finalRunStates,
  noProgress,
  type Run,
  type RunId,
  type RunReason,
} from '../../../shared/model/runs.ts';
import type { RunNews } from '../queue/RunQueue.ts';

/** News that change a run; lines of its log do not. */
export type RunChange = Exclude<RunNews, { readonly type: 'log' }>;

/** Whether the queue has nothing more to do for the run. */
export const hasLeft = (news: RunChange): boolean =>
  news.type === 'succeeded' || news.type === 'stopped' || (news.type === 'failed' && news.retryAt === null);

export const isOver = ({ state }: Pick<Run, 'state'>): boolean => finalRunStates.has(state);

/** A run that waits for a worker. */
export function newRun(id: RunId, pipelineId: PipelineId, reason: RunReason, nowMs: number): Run {
  return {
    ...{ id, pipelineId, reason, state: 'waiting', queuedAt: nowMs },
    ...{ startedAt: null, endedAt: null, attempt: 0, retryAt: null, worker: null },
    ...{ progress: noProgress, failure: null, outcome: null, rejectsFile: null },
  };
}

/** One that is over before it began. */
export const skippedRun = (id: RunId, pipelineId: PipelineId, reason: RunReason, nowMs: number): Run => ({
  ...newRun(id, pipelineId, reason, nowMs),
  state: 'skipped',
  endedAt: nowMs,
});

/**
 * What a run is after news of it, which may come twice, or late. A run that is over stays as it is, and one that is
 * paused is not begun by anybody but the person who resumes it.
 */
export function withNews(run: Run, news: RunChange, nowMs: number): Run {
  if (isOver(run)) return run;
  switch (news.type) {
    case 'started':
      return started(run, news, nowMs);
    case 'progress':
      return run.state === 'running' || run.state === 'interrupted'
        ? { ...run, state: 'running', progress: news.progress }
        : run;
    case 'interrupted':
      return run.state === 'running' ? stillWith(run, { state: 'interrupted' }) : run;
    case 'failed':
      return news.retryAt === null
        ? ended(run, { state: 'failed', failure: news.failure }, nowMs)
        : stillWith(run, { state: 'waiting', failure: news.failure, retryAt: news.retryAt });
    case 'stopped':
      return news.request === 'cancel' ? ended(run, { state: 'cancelled' }, nowMs) : paused(run);
    case 'succeeded': {
      const { outcome, rejectsFile } = news.result;
      const progress = { ...run.progress, phase: 'finishing' as const };
      return ended({ ...run, progress }, { state: 'succeeded', failure: null, outcome, rejectsFile }, nowMs);
    }
  }
}

/** Goes on after a pause, or is given to the queue anew. */
export const waitingAgain = (run: Run): Run =>
  isOver(run) ? run : stillWith(run, { state: 'waiting', retryAt: null });

/** It could not be given to the queue yet. @param retryAt null: when something has changed, such as the vault's lock */
export const heldBack = (run: Run, failure: ErrorDto, retryAt: number | null): Run =>
  isOver(run) ? run : stillWith(run, { state: 'waiting', failure, retryAt });

/**
 * The queue has it, and did not have it before. One that had begun stays interrupted until a worker takes it.
 * @param wasHeld its failure is why it came there late, and over with that
 */
export function inQueue(run: Run, wasHeld: boolean): Run {
  if (run.state === 'running') return stillWith(run, { state: 'interrupted' });
  return wasHeld && run.state === 'waiting' ? { ...run, failure: null, retryAt: null } : run;
}

/** The queue is about to get it, and counts its attempts from the first one: those before are none of its news. */
export const beforeQueue = (run: Run): Run =>
  isOver(run) || run.attempt === 0 ? run : { ...run, attempt: 0 };

/** The app begins: the worker that had the run may be gone. */
export const unknownAtStart = (run: Run): Run =>
  run.state === 'running' ? stillWith(run, { state: 'interrupted' }) : run;

export const cancelled = (run: Run, nowMs: number): Run =>
  isOver(run) ? run : ended(run, { state: 'cancelled' }, nowMs);

export const failed = (run: Run, failure: ErrorDto, nowMs: number): Run =>
  isOver(run) ? run : ended(run, { state: 'failed', failure }, nowMs);

function started(
  run: Run,
  { attempt, worker }: Extract<RunChange, { readonly type: 'started' }>,
  nowMs: number,
): Run {
  // News of an earlier attempt that come once more.
  if (run.state === 'paused' || attempt < run.attempt) return run;
  return stillWith(run, {
    ...{ state: 'running', attempt, worker, retryAt: null },
    startedAt: run.startedAt ?? nowMs,
  });
}

const paused = (run: Run): Run => stillWith(run, { state: 'paused', retryAt: null });

/** Nothing is copied at the moment. */
const stillWith = (run: Run, change: Partial<Run>): Run => ({
  ...run,
  progress: { ...run.progress, rate: 0 },
  ...change,
});

const ended = (run: Run, change: Partial<Run>, nowMs: number): Run =>
  stillWith(run, { ...change, retryAt: null, endedAt: nowMs });
