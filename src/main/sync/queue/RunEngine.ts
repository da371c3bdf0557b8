import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { QueueState } from '../../../shared/model/queueSettings.ts';
import type { Emitter } from '../../base/Emitter.ts';
import type { RunQueue } from './RunQueue.ts';
import type { WorkerKey } from './WorkerKey.ts';

/** `unavailable`: the queue, or the worker process, cannot be reached at the moment; it is tried again by itself. */
export interface RunEngineStatus {
  readonly state: Exclude<QueueState, 'moving'>;
  /** Why it is unavailable, where that is known. */
  readonly problem: ErrorDto | null;
}

/**
 * What runs need on this computer: the queue, wherever its store is, and the worker process, if this computer executes
 * runs. Nothing of it runs before `start`.
 */
export interface RunEngine {
  /**
   * Brings up what does not run yet: the queue's server, the queue, the worker process. Callers at the same time share
   * the work. The queue is the same object each time until `stop`; listen to its news, then call its `start`.
   * @throws QUEUE_UNAVAILABLE, DISK_FULL, CANCELLED, or what the vault throws
   */
  start(signal: AbortSignal): Promise<RunQueue>;
  /**
   * The key with which bundles are sealed (`sealBundle`); made at first use.
   * @throws what the vault throws
   */
  key(): Promise<WorkerKey>;
  /** Another key for the runs of the next `start`; while it is stopped. @throws what the vault throws */
  replaceKey(key: WorkerKey): Promise<void>;
  readonly status: RunEngineStatus;
  readonly onStatus: Emitter<RunEngineStatus>;
  /**
   * Whether this computer executes runs has changed, and nothing else of the target: starts or ends its worker, whose runs
   * come to a checkpoint and are given back; by force after the deadline. While it is stopped, nothing happens.
   * @throws what the vault throws
   */
  retarget(deadlineMs: number): Promise<void>;
  /** How many runs the worker process of this computer executes at once; also while it runs. */
  setConcurrency(count: number): void;
  /**
   * Runs come to a checkpoint and are given back, the queue and its server are stopped; by force after the deadline.
   * Never rejects. May be started again.
   */
  stop(deadlineMs: number): Promise<void>;
}
