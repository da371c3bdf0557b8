import { randomUUID } from 'node:crypto';
import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { noProgress, type Run } from '../../shared/model/runs.ts';
import { PipelineMetrics } from './PipelineMetrics.ts';
import { addPipelineSeries } from './prometheus/pipelineSeries.ts';

const pipelineId = '6f8a5d0e-3a52-4f0e-9f43-1c2b8d7e9a10';

const someRun = (over: Partial<Run> = {}): Run => ({
  ...{ id: randomUUID(), pipelineId, reason: { type: 'hand' }, state: 'waiting', queuedAt: 0 },
  ...{ startedAt: null, endedAt: null, attempt: 0, retryAt: null, worker: null },
  ...{ progress: noProgress, failure: null, outcome: null, rejectsFile: null },
  ...over,
});

const copied = (readCount: number) => ({
  ...noProgress,
  ...{ readCount, writtenCount: readCount - 1, rejectedCount: 1, byteCount: readCount * 10 },
});

describe('what is counted of pipelines', () => {
  it('is counted while a run goes on, and its outcome when it is over', () => {
    const metrics = new PipelineMetrics();
    const run = someRun();
    metrics.take(run);
    const running: Run = { ...run, state: 'running', attempt: 1, startedAt: 1_000 };
    metrics.take({ ...running, progress: copied(10) });
    expect(metrics.pipelines.get(pipelineId)).toMatchObject({
      readCount: 10,
      writtenCount: 9,
      byteCount: 100,
    });
    metrics.take({ ...running, state: 'succeeded', endedAt: 4_000, progress: copied(25) });
    const { durations, ...counts } = metrics.pipelines.get(pipelineId) ?? {};
    expect(durations).toMatchObject({ count: 1, sumSeconds: 3 });
    expect(counts).toEqual({
      outcomes: { succeeded: 1, failed: 0, cancelled: 0, skipped: 0 },
      ...{ readCount: 25, writtenCount: 24, rejectedCount: 1, byteCount: 250 },
      ...{ retryCount: 0, lastSuccessAt: 4_000, isFailing: false },
    });
  });

  it('counts attempts after the first one, and what they read anew', () => {
    const metrics = new PipelineMetrics();
    const run = someRun({ state: 'running', attempt: 1, startedAt: 0, progress: noProgress });
    metrics.take(run);
    metrics.take({ ...run, progress: copied(10) });
    metrics.take({ ...run, attempt: 2, progress: copied(4) });
    expect(metrics.pipelines.get(pipelineId)).toMatchObject({ retryCount: 1, readCount: 14 });
  });

  it('leaves out what a run did before the app began', () => {
    const metrics = new PipelineMetrics();
    const run = someRun({ state: 'interrupted', attempt: 2, startedAt: 0, progress: copied(10) });
    metrics.take(run);
    metrics.take({ ...run, state: 'running', progress: copied(12) });
    expect(metrics.pipelines.get(pipelineId)).toMatchObject({ readCount: 2, retryCount: 0 });
  });

  it('takes no time away for a run that ends before it began, as when the clock was set back', () => {
    const metrics = new PipelineMetrics();
    metrics.take(someRun({ state: 'succeeded', attempt: 1, startedAt: 5_000, endedAt: 2_000 }));
    expect(metrics.pipelines.get(pipelineId)?.durations.sumSeconds).toBe(0);
  });

  it('is shown to Prometheus with the id of the pipeline, and is gone with it', async () => {
    const metrics = new PipelineMetrics();
    metrics.take(someRun({ state: 'failed', attempt: 1, startedAt: 0, endedAt: 2_000 }));
    const registry = new Registry();
    addPipelineSeries(registry, () => ({
      ...{ pipelines: metrics.pipelines, runStates: ['waiting', 'running', 'running'], queue: 'running' },
      dueMs: new Map([['one that waits', 90_000]]),
    }));
    const lines = (await registry.metrics()).split('\n');
    const labels = `pipeline="${pipelineId}"`;
    expect(lines).toEqual(
      expect.arrayContaining([
        `mooring_pipeline_runs_total{${labels},outcome="failed"} 1`,
        `mooring_pipeline_runs_total{${labels},outcome="succeeded"} 0`,
        `mooring_pipeline_run_duration_seconds_bucket{le="1",${labels}} 0`,
        `mooring_pipeline_run_duration_seconds_bucket{le="5",${labels}} 1`,
        `mooring_pipeline_run_duration_seconds_sum{${labels}} 2`,
        `mooring_pipeline_failing{${labels}} 1`,
        `mooring_pipeline_due_seconds{${labels}} 0`,
        'mooring_pipeline_due_seconds{pipeline="one that waits"} 90',
        'mooring_pipeline_open_runs{state="waiting"} 1',
        'mooring_pipeline_open_runs{state="running"} 2',
        'mooring_pipeline_open_runs{state="paused"} 0',
        'mooring_pipeline_queue_state{state="running"} 1',
        'mooring_pipeline_queue_state{state="unavailable"} 0',
      ]),
    );
    expect(lines.filter((line) => line.startsWith('mooring_pipeline_last_success'))).toEqual([]);
    metrics.forget(pipelineId);
    expect(await registry.metrics()).not.toContain(pipelineId);
  });
});
