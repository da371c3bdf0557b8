import { noProgress, type Run } from '../../src/shared/model/runs.ts';

/** A run by hand that has succeeded. */
export const someRun = (changes: Partial<Run> = {}): Run => ({
  ...{ id: crypto.randomUUID(), pipelineId: crypto.randomUUID(), reason: { type: 'hand' } },
  ...{ state: 'succeeded', queuedAt: 0, startedAt: 0, endedAt: null, attempt: 1, retryAt: null },
  ...{ worker: null, progress: noProgress, failure: null, outcome: null, rejectsFile: null },
  ...changes,
});
