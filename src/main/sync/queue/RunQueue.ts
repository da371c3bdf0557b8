import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { SourceColumn } from '../../../shared/model/columnTypes.ts';
import type { PipelineId } from '../../../shared/model/pipelines.ts';
import type { RunId, RunLogLine, RunOutcome, RunProgress } from '../../../shared/model/runs.ts';
import type { Emitter } from '../../base/Emitter.ts';

/** A run as the queue has it. Nothing of it is secret but what is sealed. */
export interface QueuedRun {
  readonly id: RunId;
  readonly pipelineId: PipelineId;
  /** A `RunBundle`, sealed with the key of the worker group (base64). */
  readonly sealed: string;
  readonly maxAttempts: number;
}

/** What a person asks of a run that is under way. A pause ends it at its next checkpoint; resuming adds it again. */
export type RunRequest = 'cancel' | 'pause';

/** What a run that ended well has to say; small. */
export interface RunResult {
  readonly outcome: RunOutcome;
  /** Columns of the source as this run found them. */
  readonly shape: readonly SourceColumn[];
  /** Where the next run of a pipeline begins whose destination cannot keep that itself; null: nothing to keep. */
  readonly position: string | null;
  readonly rejectsFile: string | null;
}

/** News of a run, in order for each run; some may be told again after a restart. */
export type RunNews =
  | { readonly type: 'started'; readonly id: RunId; readonly attempt: number; readonly worker: string }
  | { readonly type: 'progress'; readonly id: RunId; readonly progress: RunProgress }
  | { readonly type: 'log'; readonly id: RunId; readonly lines: readonly RunLogLine[] }
  /** Its worker is gone; another one takes it, or the same when it is back. */
  | { readonly type: 'interrupted'; readonly id: RunId }
  /** `retryAt`: milliseconds since the epoch; null: it is not tried again. */
  | {
      readonly type: 'failed';
      readonly id: RunId;
      readonly failure: ErrorDto;
      readonly retryAt: number | null;
    }
  | { readonly type: 'stopped'; readonly id: RunId; readonly request: RunRequest }
  | { readonly type: 'succeeded'; readonly id: RunId; readonly result: RunResult };

/**
 * The queue from the side that asks for runs. Two runs of one pipeline never execute at the same time, whoever adds
 * them. All methods reject with an AppError: QUEUE_UNAVAILABLE when the queue cannot be reached.
 */
export interface RunQueue {
  /** @returns false for a run whose id the queue knows already: nothing is added then */
  add(run: QueuedRun): Promise<boolean>;
  /**
   * Gives a run that the queue has already another sealed bundle, for its next attempt: data sources may be elsewhere by
   * now.
   * @returns false for one that it does not have, or that a person has stopped: it can be added
   */
  renew(run: QueuedRun): Promise<boolean>;
  /** Asks for the end of a run; one that only waits ends at once. The news of it comes when it has ended. */
  request(id: RunId, request: RunRequest): Promise<void>;
  /** News also of what happened while nobody listened: told after `start`, before all else. */
  readonly onNews: Emitter<RunNews>;
  /** Begins to listen. @throws QUEUE_UNAVAILABLE */
  start(): Promise<void>;
  /** The news of a run that has ended has been kept: the queue may forget the run. */
  forget(id: RunId): Promise<void>;
  /** Never rejects. */
  close(): Promise<void>;
}

/** A run that a worker has taken. */
export interface TakenRun {
  readonly run: QueuedRun;
  /** From 1. */
  readonly attempt: number;
  /** Aborts on a request, and when the run belongs to this worker no longer. */
  readonly signal: AbortSignal;
  /** Why the signal aborted. */
  readonly request: () => RunRequest | null;
  /** At most twice a second per run; more are left out. */
  progress(progress: RunProgress): void;
  log(level: RunLogLine['level'], text: string): void;
  /** Whether the run still belongs to this worker, asked at the queue: before something is done that cannot be fenced. */
  isOwned(): Promise<boolean>;
}

/** The queue from the side of a worker. */
export interface RunTaker {
  /**
   * Takes runs and executes them, at most so many at once.
   * @param execute rejects with an AppError: a `retryable` one is tried again as long as attempts are left; after a
   *   request it rejects with the signal's reason
   */
  start(execute: (taken: TakenRun) => Promise<RunResult>, concurrency: number): Promise<void>;
  /** Takes no more, lets what runs come to a checkpoint within the time, and gives it back. Never rejects. */
  close(deadlineMs: number): Promise<void>;
}
