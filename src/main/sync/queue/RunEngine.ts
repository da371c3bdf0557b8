import type { Emitter } from '../../base/Emitter.ts';
import type { RunQueue } from './RunQueue.ts';
import type { WorkerKey } from './WorkerKey.ts';

/** `unavailable`: the queue, or the worker process, cannot be reached at the moment; it is tried again by itself. */
export type RunEngineStatus = 'stopped' | 'starting' | 'running' | 'unavailable';

/**
 * What executes runs on this computer: the queue with its store, and the worker process. Nothing of it runs before
 * `start`.
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
  readonly status: RunEngineStatus;
  readonly onStatus: Emitter<RunEngineStatus>;
  /** How many runs the worker process of this computer executes at once; also while it runs. */
  setConcurrency(count: number): void;
  /**
   * Runs come to a checkpoint and are given back, the queue and its server are stopped; by force after the deadline.
   * Never rejects. May be started again.
   */
  stop(deadlineMs: number): Promise<void>;
}
