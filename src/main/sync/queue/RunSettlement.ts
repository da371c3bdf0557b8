import { UnrecoverableError } from 'bullmq';
import { isAppError, toErrorDto } from '../../base/AppError.ts';
import { type QueueTimings, retryDelayMs } from './queueTimings.ts';
import type { RunRequest, RunResult } from './RunQueue.ts';
import type { RunEnding } from './runRecords.ts';
import type { TakenJob } from './TakenJob.ts';

/** What becomes of a run after an attempt. */
export type Settlement =
  | { readonly type: 'succeeded'; readonly result: RunResult }
  | { readonly type: 'failed'; readonly error: unknown }
  | { readonly type: 'stopped'; readonly request: RunRequest }
  | { readonly type: 'returned' };

/** An attempt that failed and is followed by another one. */
class RetriedError extends Error {
  readonly delayMs: number;

  constructor(ending: RunEnding, delayMs: number) {
    super(JSON.stringify(ending));
    this.delayMs = delayMs;
  }
}

export function retryDelayOf(error: unknown): number {
  return error instanceof RetriedError ? error.delayMs : 0;
}

/** What an execution came to, told from its own words and from what was asked of it meanwhile. */
export function settlementOf(
  taken: TakenJob,
  outcome: { result: RunResult } | { error: unknown },
): Settlement {
  if ('result' in outcome && taken.stopped !== 'lost') return { type: 'succeeded', result: outcome.result };
  const request = taken.request();
  if (taken.stopped === 'requested' && request !== null) return { type: 'stopped', request };
  if (taken.stopped !== null || 'result' in outcome) return { type: 'returned' };
  return { type: 'failed', error: outcome.error };
}

/**
 * Tells the store once.
 * @throws what the store throws; an error with a negative code says that the run is not this worker's
 */
export async function settle(taken: TakenJob, settlement: Settlement, timings: QueueTimings): Promise<void> {
  const { job, token } = taken;
  if (settlement.type === 'returned') {
    await taken.report();
    await job.moveToWait(token);
  } else if (settlement.type === 'succeeded') {
    await taken.report();
    await job.moveToCompleted(JSON.stringify(settlement.result), token, false);
  } else if (settlement.type === 'stopped') {
    await taken.report();
    const ending: RunEnding = { type: 'stopped', request: settlement.request };
    await job.moveToFailed(new UnrecoverableError(JSON.stringify(ending)), token, false);
  } else {
    await settleFailure(taken, settlement.error, timings);
  }
}

async function settleFailure(taken: TakenJob, error: unknown, timings: QueueTimings): Promise<void> {
  const { job, token, attempt } = taken;
  const ending: RunEnding = { type: 'failed', failure: toErrorDto(error, null) };
  const isRetried = isAppError(error) && error.retryable && attempt < taken.run.maxAttempts;
  if (!isRetried) {
    await taken.report();
    await job.moveToFailed(new UnrecoverableError(JSON.stringify(ending)), token, false);
    return;
  }
  const delayMs = retryDelayMs(attempt, error.retryAfterMs ?? 0, timings);
  taken.willRetryIn(delayMs);
  await taken.report();
  await job.moveToFailed(new RetriedError(ending, delayMs), token, false);
}
