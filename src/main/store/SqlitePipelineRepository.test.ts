import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { somePipeline } from '../../../tests/support/somePipeline.ts';
import { openTestStore } from '../../../tests/support/testStore.ts';
import type { Run, RunLogLine } from '../../shared/model/runs.ts';
import { silentLogger } from '../observability/Logger.ts';
import { newRun } from '../sync/runs/runStates.ts';
import { SqlitePipelineRepository } from './SqlitePipelineRepository.ts';

const origin = { revision: 1, folder: null };

function repositoryWithPipeline() {
  const repository = new SqlitePipelineRepository(openTestStore(), silentLogger);
  const id = randomUUID();
  repository.put({ id, revision: 1, pipeline: somePipeline({ from: randomUUID(), to: randomUUID() }) });
  const add = (changes: Partial<Run> = {}): Run => {
    const run = { ...newRun(randomUUID(), id, { type: 'hand' }, 0), ...changes };
    repository.addRun(run, origin);
    return run;
  };
  return { repository, id, add };
}

const line = (number: number): RunLogLine => ({ at: number, level: 'info', text: `line ${number}` });

describe('SqlitePipelineRepository', () => {
  it('gives the history page by page, and the last runs with their durations', () => {
    const { repository, id, add } = repositoryWithPipeline();
    const runs = [1, 2, 3].map((number) => add({ state: 'succeeded', startedAt: 10, endedAt: 10 + number }));
    const first = repository.page({ pipelineId: id, before: null, limit: 2 });
    expect(first.map((run) => run.id)).toEqual([runs[2]?.id, runs[1]?.id]);
    const before = first[1]?.id ?? null;
    expect(repository.page({ pipelineId: null, before, limit: 2 })).toEqual([runs[0]]);
    expect(repository.page({ pipelineId: null, before: randomUUID(), limit: 2 })).toEqual([]);
    expect(repository.recent(id, 2).map(({ durationMs }) => durationMs)).toEqual([3, 2]);
  });

  it('keeps the newest thousand lines of a log', () => {
    const { repository, add } = repositoryWithPipeline();
    const { id } = add();
    for (let batch = 0; batch < 3; batch += 1) {
      repository.addLog(
        id,
        Array.from({ length: 400 }, (_, index) => line(batch * 400 + index)),
      );
    }
    const kept = repository.log(id);
    expect(kept).toHaveLength(1_000);
    expect(kept[0]).toEqual(line(200));
    expect(kept.at(-1)).toEqual(line(1_199));
  });

  it('removes the oldest runs beyond a number, and never one that is not over', () => {
    const { repository, id, add } = repositoryWithPipeline();
    const open = add();
    add({ state: 'failed' });
    const kept = [add({ state: 'succeeded' }), add({ state: 'skipped' })];
    repository.trimRuns(id, 2);
    const left = repository.page({ pipelineId: id, before: null, limit: 10 }).map((run) => run.id);
    expect(left).toEqual([kept[1]?.id, kept[0]?.id, open.id]);
    expect(repository.openRuns()).toEqual([open]);
  });

  it('has the runs since the last success that did not come to their end, unless the pipeline reads anew', () => {
    const { repository, id, add } = repositoryWithPipeline();
    add({ state: 'failed' });
    add({ state: 'succeeded' });
    const [failed, cancelled] = [add({ state: 'failed' }), add({ state: 'cancelled' })];
    add({ state: 'skipped' });
    add();
    expect(repository.unfinished(id, 9)).toEqual([cancelled.id, failed.id]);
    expect(repository.unfinished(id, 1)).toEqual([cancelled.id]);
    repository.resetPosition(id, 2);
    expect(repository.unfinished(id, 9)).toEqual([]);
  });

  it('removes a pipeline with its runs, their logs and where it stands', () => {
    const { repository, id, add } = repositoryWithPipeline();
    const run = add();
    repository.addLog(run.id, [line(1)]);
    repository.putSlot(id, 5);
    repository.putPosition(id, 1, 'here');
    repository.remove(id);
    expect(repository.run(run.id)).toBeNull();
    expect(repository.log(run.id)).toEqual([]);
    expect(repository.slots().size).toBe(0);
    expect(repository.position(id)).toBeNull();
  });
});
