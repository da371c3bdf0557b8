import { beforeEach, describe, expect, it } from 'vitest';
import { FakeMain } from '../../../../tests/support/FakeMain.ts';
import { settle } from '../../../../tests/support/settle.ts';
import { someErrorDto } from '../../../../tests/support/someErrorDto.ts';
import type { PipelineSummary } from '../../../shared/model/pipelineViews.ts';
import { noProgress, type Run, type RunState } from '../../../shared/model/runs.ts';
import { ApiError } from '../../lib/api.ts';
import { createPipelinesStore } from './createPipelinesStore.ts';
import { createRunsStore } from './runs/createRunsStore.ts';

const pipelineId = crypto.randomUUID();
const runOf = (queuedAt: number, state: RunState = 'succeeded', id: string = crypto.randomUUID()): Run => ({
  ...{ id, pipelineId, reason: { type: 'hand' }, state, queuedAt, startedAt: queuedAt, endedAt: null },
  ...{ attempt: 1, retryAt: null, worker: null, progress: noProgress, failure: null, outcome: null },
  rejectsFile: null,
});
const summaryOf = (name: string, id: string = crypto.randomUUID()): PipelineSummary => ({
  ...{ id, name, sourceText: '', destinationText: '', schedule: { type: 'manual' }, isEnabled: true },
  ...{ problem: null, nextAt: null, run: null, recent: [] },
});
const failure = new ApiError(someErrorDto('STORE_FAILED'));

let main: FakeMain;
let waiting: (() => void)[];
const after = (_delayMs: number, work: () => void) => {
  waiting.push(work);
  return () => void waiting.splice(waiting.indexOf(work), 1);
};

beforeEach(() => {
  main = new FakeMain();
  waiting = [];
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

describe('the runs of a pipeline', () => {
  const page = (from: number) => Array.from({ length: 50 }, (_, index) => runOf(from - index));

  it('come page by page, with what changed meanwhile', async () => {
    const store = createRunsStore(pipelineId, { ...main, after });
    store.getState().watch();
    const newest = page(1_000);
    const [first] = newest;
    if (first === undefined) throw new Error('The page is empty');
    main.push('runs.changed', { ...first, state: 'failed' });
    await main.answer('runs.page', newest);
    expect(store.getState().runs[0]?.state).toBe('failed');
    expect(store.getState().selectedId).toBe(first.id);
    store.getState().loadMore();
    store.getState().loadMore();
    expect(main.countOf('runs.page')).toBe(2);
    expect(main.last('runs.page').input).toMatchObject({ before: newest.at(-1)?.id });
    await main.answer('runs.page', [runOf(1)]);
    expect(store.getState()).toMatchObject({ hasMore: false });
    expect(store.getState().runs).toHaveLength(51);
  });

  it('show a new run to those who look at the newest one, and to nobody else', async () => {
    const store = createRunsStore(pipelineId, { ...main, after });
    store.getState().watch();
    await main.answer('runs.page', [runOf(2), runOf(1)]);
    const next = runOf(3, 'running');
    main.push('runs.changed', next);
    expect(store.getState().selectedId).toBe(next.id);
    const old = store.getState().runs.at(-1);
    store.getState().select(old?.id ?? '');
    main.push('runs.changed', runOf(4, 'running'));
    expect(store.getState().selectedId).toBe(old?.id);
    main.push('runs.changed', { ...runOf(5), pipelineId: crypto.randomUUID() });
    expect(store.getState().runs).toHaveLength(4);
  });

  it('have a log that is read again while they go on, not at every change', async () => {
    const store = createRunsStore(pipelineId, { ...main, after });
    const stop = store.getState().watch();
    const run = runOf(1, 'running');
    await main.answer('runs.page', [run]);
    await main.answer('runs.log', []);
    main.push('runs.changed', run);
    main.push('runs.changed', run);
    expect(main.countOf('runs.log')).toBe(1);
    waiting.shift()?.();
    expect(main.countOf('runs.log')).toBe(2);
    await main.answer('runs.log', [{ at: 1, level: 'info', text: 'Begun' }]);
    main.push('runs.changed', { ...run, state: 'succeeded' });
    await main.answer('runs.log', [{ at: 1, level: 'info', text: 'Done' }]);
    expect(store.getState().log?.lines.map(({ text }) => text)).toEqual(['Done']);
    stop();
    expect(waiting).toEqual([]);
    await settle();
  });
});
