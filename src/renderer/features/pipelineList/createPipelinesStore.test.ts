import { beforeEach, describe, expect, it } from 'vitest';
import { FakeMain } from '../../../../tests/support/FakeMain.ts';
import { someErrorDto } from '../../../../tests/support/someErrorDto.ts';
import { someRun } from '../../../../tests/support/someRun.ts';
import type { PipelineSummary } from '../../../shared/model/pipelineViews.ts';
import type { Run, RunState } from '../../../shared/model/runs.ts';
import { ApiError } from '../../lib/api.ts';
import { createPipelinesStore } from './createPipelinesStore.ts';

const pipelineId = crypto.randomUUID();
const runOf = (queuedAt: number, state: RunState = 'succeeded'): Run =>
  someRun({ pipelineId, state, queuedAt });
const summaryOf = (name: string, id: string = crypto.randomUUID()): PipelineSummary => ({
  ...{ id, name, sourceText: '', destinationText: '', schedule: { type: 'manual' }, isEnabled: true },
  ...{ problem: null, nextAt: null, run: null, recent: [] },
});
const failure = new ApiError(someErrorDto('STORE_FAILED'));

let main: FakeMain;
beforeEach(() => {
  main = new FakeMain();
});

describe('the list of pipelines', () => {
  const listed = (store: ReturnType<typeof createPipelinesStore>) =>
    store.getState().pipelines.map(({ name }) => name);

  it('is as main told it last, whichever came first, by name', async () => {
    const store = createPipelinesStore(main);
    const stop = store.getState().watch();
    const [old, gone] = [summaryOf('b 10'), summaryOf('gone')];
    main.push('pipelines.changed', { type: 'changed', summary: { ...old, name: 'b 9' } });
    main.push('pipelines.changed', { type: 'removed', id: gone.id });
    const run = { ...runOf(5, 'running'), pipelineId: old.id };
    main.push('runs.changed', run);
    await main.answer('pipelines.list', [old, gone, summaryOf('b 10'), summaryOf('a')]);
    expect(listed(store)).toEqual(['a', 'b 9', 'b 10']);
    expect(store.getState().pipelines[1]?.run).toEqual(run);
    stop();
    expect(main.listenerCount('pipelines.changed')).toBe(0);
  });

  it('shows no run in place of a later one, and forgets the selection with what was selected', async () => {
    const store = createPipelinesStore(main);
    store.getState().watch();
    const summary = { ...summaryOf('a', pipelineId), run: runOf(10, 'running') };
    await main.answer('pipelines.list', [summary]);
    main.push('runs.changed', runOf(5));
    expect(store.getState().pipelines[0]?.run).toEqual(summary.run);
    store.getState().select(pipelineId);
    main.push('pipelines.changed', { type: 'removed', id: pipelineId });
    expect(store.getState()).toMatchObject({ pipelines: [], selectedId: null });
  });

  it('is followed once, however many look at it', async () => {
    const store = createPipelinesStore(main);
    const [first, second] = [store.getState().watch(), store.getState().watch()];
    expect(main.countOf('pipelines.list')).toBe(1);
    await main.fail('pipelines.list', failure);
    expect(store.getState().error?.code).toBe('STORE_FAILED');
    first();
    first();
    expect(main.listenerCount('runs.changed')).toBe(1);
    second();
    expect(main.listenerCount('runs.changed')).toBe(0);
  });
});
