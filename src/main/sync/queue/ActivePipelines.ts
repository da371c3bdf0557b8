import type { IQueueBackend } from 'bullmq';

/**
 * Whether a pipeline runs anywhere. A worker takes a run first and looks then: of two that take runs of one pipeline at
 * the same time at least one sees the other, since the store shows both what was written before.
 */
export class ActivePipelines {
  /** Pipelines of runs that were active at the last look. */
  #pipelineOf = new Map<string, string>();

  /** @throws what the store throws */
  async hasOther(backend: IQueueBackend, run: { id: string; pipelineId: string }): Promise<boolean> {
    const [ids = []] = await backend.getRanges(['active'], 0, -1, true);
    const seen = new Map<string, string>();
    for (const id of ids) {
      const pipelineId = this.#pipelineOf.get(id) ?? (await backend.getJobData(id))?.name;
      if (pipelineId !== undefined) seen.set(id, pipelineId);
    }
    this.#pipelineOf = seen;
    return [...seen].some(([id, pipelineId]) => id !== run.id && pipelineId === run.pipelineId);
  }
}
