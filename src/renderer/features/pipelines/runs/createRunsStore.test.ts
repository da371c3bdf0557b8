import { beforeEach, describe, expect, it } from 'vitest';
import { FakeMain } from '../../../../../tests/support/FakeMain.ts';
import { settle } from '../../../../../tests/support/settle.ts';
import { someRun } from '../../../../../tests/support/someRun.ts';
import type { Run, RunState } from '../../../../shared/model/runs.ts';
import { createRunsStore } from './createRunsStore.ts';

const pipelineId = crypto.randomUUID();
const runOf = (queuedAt: number, state: RunState = 'succeeded'): Run =>
  someRun({ pipelineId, state, queuedAt });

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
