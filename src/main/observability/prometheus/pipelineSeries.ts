import { Counter, Gauge, type Registry } from 'prom-client';
import type { PipelineId } from '../../../shared/model/pipelines.ts';
import { longBucketSeconds } from '../DurationHistogram.ts';
import { type PipelineMetrics, runOutcomes } from '../PipelineMetrics.ts';
import { CountedHistogram } from './CountedHistogram.ts';

const openStates = ['waiting', 'running', 'interrupted', 'paused'] as const;
const queueStates = ['stopped', 'starting', 'running', 'unavailable'] as const;

/** What is true of pipelines while they are scraped. */
export interface PipelineReading {
  readonly pipelines: PipelineMetrics['pipelines'];
  /** For how long runs have been due that no worker has begun, of the pipelines that have such a run. */
  readonly dueMs: ReadonlyMap<PipelineId, number>;
  /** States of the runs that are not over. */
  readonly runStates: readonly string[];
  readonly queue: (typeof queueStates)[number];
}

/** What pipelines do. Each carries the opaque id of a pipeline, and those alone that had a run since the app began. */
export function addPipelineSeries(registry: Registry, read: () => PipelineReading): void {
  const registers = [registry];
  addStates(registers, read);
  addCounts(registers, read);
  new Counter({
    name: 'mooring_pipeline_runs_total',
    help: 'Runs of pipelines that ended, by outcome',
    labelNames: ['pipeline', 'outcome'],
    registers,
    collect() {
      this.reset();
      // Zeros too, so that the first failure is an increase.
      for (const [pipeline, { outcomes }] of read().pipelines)
        for (const outcome of runOutcomes) this.inc({ pipeline, outcome }, outcomes[outcome]);
    },
  });
  new Counter({
    name: 'mooring_pipeline_rows_total',
    help: 'Rows that runs read, wrote and rejected',
    labelNames: ['pipeline', 'kind'],
    registers,
    collect() {
      this.reset();
      for (const [pipeline, { readCount, writtenCount, rejectedCount }] of read().pipelines) {
        this.inc({ pipeline, kind: 'read' }, readCount);
        this.inc({ pipeline, kind: 'written' }, writtenCount);
        this.inc({ pipeline, kind: 'rejected' }, rejectedCount);
      }
    },
  });
  new CountedHistogram({
    name: 'mooring_pipeline_run_duration_seconds',
    help: 'Time that runs took which ended, with all their attempts',
    labelNames: ['pipeline'],
    buckets: longBucketSeconds,
    registers,
    read: () => [...read().pipelines].map(([pipeline, { durations }]) => [{ pipeline }, durations] as const),
  });
  addHealth(registers, read);
}

/** Whether runs succeed and begin in time. */
function addHealth(registers: Registry[], read: () => PipelineReading): void {
  new Gauge({
    name: 'mooring_pipeline_failing',
    help: 'Whether the last run that succeeded or failed has failed: 1 or 0',
    labelNames: ['pipeline'],
    registers,
    collect() {
      this.reset();
      for (const [pipeline, { isFailing }] of read().pipelines) this.set({ pipeline }, isFailing ? 1 : 0);
    },
  });
  new Gauge({
    name: 'mooring_pipeline_due_seconds',
    help: 'For how long a run has been due that no worker has begun; 0 when none is',
    labelNames: ['pipeline'],
    registers,
    collect() {
      this.reset();
      const { dueMs, pipelines } = read();
      for (const pipeline of pipelines.keys()) this.set({ pipeline }, 0);
      for (const [pipeline, durationMs] of dueMs) this.set({ pipeline }, durationMs / 1_000);
    },
  });
  new Gauge({
    name: 'mooring_pipeline_last_success_timestamp_seconds',
    help: 'When a run succeeded last, in seconds since the epoch; absent before the first one since the app began',
    labelNames: ['pipeline'],
    registers,
    collect() {
      this.reset();
      for (const [pipeline, { lastSuccessAt }] of read().pipelines)
        if (lastSuccessAt !== null) this.set({ pipeline }, lastSuccessAt / 1_000);
    },
  });
}

function addCounts(registers: Registry[], read: () => PipelineReading): void {
  const counters = [
    ['read_bytes', 'Bytes that runs read', 'byteCount'],
    ['retries', 'Attempts of runs after the first one', 'retryCount'],
  ] as const;
  for (const [name, help, key] of counters) {
    new Counter({
      ...{ name: `mooring_pipeline_${name}_total`, help, labelNames: ['pipeline'], registers },
      collect() {
        this.reset();
        for (const [pipeline, counts] of read().pipelines) this.inc({ pipeline }, counts[key]);
      },
    });
  }
}

function addStates(registers: Registry[], read: () => PipelineReading): void {
  new Gauge({
    name: 'mooring_pipeline_open_runs',
    help: 'Runs that are not over, by state',
    labelNames: ['state'],
    registers,
    collect() {
      const { runStates } = read();
      for (const state of openStates) this.set({ state }, runStates.filter((one) => one === state).length);
    },
  });
  new Gauge({
    name: 'mooring_pipeline_queue_state',
    help: 'State of the queue of runs: 1 for the one it is in',
    labelNames: ['state'],
    registers,
    collect() {
      for (const state of queueStates) this.set({ state }, read().queue === state ? 1 : 0);
    },
  });
}
