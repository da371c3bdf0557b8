import type { IQueueBackend, Queue } from 'bullmq';
import type { QueuedRun } from './RunQueue.ts';

export type LockQueue = Queue<object, string, string, object, string, string, IQueueBackend, object>;

/** A lock may change hands while it is looked at. */
const tryCount = 3;

/**
 * One lock for each pipeline, so that it runs once at a time, whoever takes its runs. A lock is a job that nobody takes,
 * in a queue of its own, with the pipeline as the id that BullMQ lets only one job have. A lock whose run does not
 * execute any more, as when its worker was killed, is taken away.
 */
export class PipelineLocks {
  readonly #locks: LockQueue;
  readonly #runs: IQueueBackend;

  /** @param runs the queue of the runs themselves */
  constructor(locks: LockQueue, runs: IQueueBackend) {
    this.#locks = locks;
    this.#runs = runs;
  }

  /**
   * @param token unlike that of any other taking, also of the same run
   * @returns false when another run of the pipeline executes
   * @throws what the store throws
   */
  async acquire(run: QueuedRun, token: string): Promise<boolean> {
    const backend = this.#locks.getBackend();
    for (let count = 0; count < tryCount; count += 1) {
      const { id = '' } = await this.#locks.add(
        run.id,
        {},
        { jobId: token, deduplication: { id: run.pipelineId } },
      );
      if (id === token) return true;
      const holder = await backend.getJobData(id);
      if (holder === undefined) continue;
      if (holder.name !== run.id && (await this.#runs.getState(holder.name)) === 'active') return false;
      await backend.remove(id, false);
    }
    return false;
  }

  /** @throws what the store throws */
  async release(token: string): Promise<void> {
    await this.#locks.getBackend().remove(token, false);
  }
}
