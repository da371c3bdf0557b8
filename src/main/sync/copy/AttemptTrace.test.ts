import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/FakeClock.ts';
import type { EndedOperation } from '../../../shared/model/operations.ts';
import { AppError } from '../../base/AppError.ts';
import { Operations } from '../../observability/operations/Operations.ts';
import { type EndedSpan, Traces } from '../../observability/tracing/Traces.ts';
import { AttemptTrace, maxTracedSteps } from './AttemptTrace.ts';

describe('the trace of an attempt', () => {
  it('has steps inside of steps, with their times, rows and codes', async () => {
    const clock = new FakeClock();
    const trace = new AttemptTrace(clock);
    const failing = trace.step('attempt', null, async () => {
      await trace.step('plan', 'one', () => clock.advance(5));
      await trace.step('copy', null, async () => {
        await trace.batch(() => clock.advance(7), 100);
        throw new AppError('CONNECTION_LOST', { title: 'a secret value' });
      });
    });
    await expect(failing).rejects.toThrow();
    expect(
      trace.steps.map(({ name, parent, durationMs, code, rowCount }) => ({
        name,
        parent,
        durationMs,
        code,
        rowCount,
      })),
    ).toEqual([
      { name: 'attempt', parent: null, durationMs: 12, code: 'CONNECTION_LOST', rowCount: null },
      { name: 'plan', parent: 0, durationMs: 5, code: null, rowCount: null },
      { name: 'copy', parent: 0, durationMs: 7, code: 'CONNECTION_LOST', rowCount: null },
      { name: 'batch', parent: 2, durationMs: 7, code: null, rowCount: 100 },
    ]);
    expect(JSON.stringify(trace.steps)).not.toContain('secret value');
  });

  it('has one step for all batches after the first ones, however many there are', async () => {
    const clock = new FakeClock();
    const trace = new AttemptTrace(clock);
    for (let at = 0; at < 1_000; at += 1) await trace.batch(() => clock.advance(2), 10);
    const names = trace.steps.map(({ name }) => name);
    expect(names.filter((name) => name === 'batch')).toHaveLength(20);
    expect(trace.steps.length).toBeLessThan(maxTracedSteps);
    expect(trace.steps.at(-1)).toMatchObject({ name: 'batches', durationMs: 1_960, rowCount: 9_800 });
  });
});

describe('operations that were measured elsewhere', () => {
  it('are one trace, named by their id, with the run around its attempts', () => {
    const traces = new Traces();
    const spans: EndedSpan[] = [];
    const ended: EndedOperation[] = [];
    const share = { share: 1, inComment: false, inApplicationName: false };
    traces.follow({ ...share, sink: { add: (span) => spans.push(span) } });
    const operations = new Operations(new FakeClock(), traces, [{ ended: (one) => ended.push(one) }]);
    const id = randomUUID();
    const run = operations.record(id);
    const step = {
      kind: 'run',
      sourceId: null,
      startedAt: 0,
      durationMs: 1,
      outcome: 'ok',
      code: null,
      rowCount: null,
    } as const;
    run.parts([
      { ...step, name: 'attempt', parent: null },
      { ...step, name: 'copy', parent: 0 },
    ]);
    run.ended({ ...step, name: 'run' });
    const [attempt, copy, whole] = spans.map(({ place }) => place);
    expect(spans.map(({ place: { traceId } }) => traceId)).toEqual(Array(3).fill(id.replaceAll('-', '')));
    expect(whole?.parentSpanId).toBeNull();
    expect(attempt?.parentSpanId).toBe(whole?.spanId);
    expect(copy?.parentSpanId).toBe(attempt?.spanId);
    const [attemptOperation, copyOperation, runOperation] = ended;
    expect(attemptOperation?.parentId).toBe(runOperation?.id);
    expect(copyOperation?.parentId).toBe(attemptOperation?.id);
    expect(runOperation).toMatchObject({ parentId: null, correlationId: id, name: 'run' });
  });

  it('make no spans while tracing is off', () => {
    const ended: unknown[] = [];
    const operations = new Operations(new FakeClock(), new Traces(), [
      { ended: (_one, _root, place) => ended.push(place) },
    ]);
    const step = {
      kind: 'run',
      sourceId: null,
      startedAt: 0,
      durationMs: 1,
      outcome: 'ok',
      code: null,
      rowCount: null,
    } as const;
    const run = operations.record(randomUUID());
    run.parts([{ ...step, name: 'attempt', parent: null }]);
    run.ended({ ...step, name: 'run' });
    expect(ended).toEqual([null, null]);
  });
});
