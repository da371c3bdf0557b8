import type { Pipeline, PipelineId, SavedPipeline } from '../../shared/model/pipelines.ts';
import type { RunPageInput } from '../../shared/model/pipelineViews.ts';
import type { Run, RunId, RunLogLine, RunState } from '../../shared/model/runs.ts';

/** A pipeline that cannot be read. It stays where it is until a person removes it. */
export interface DamagedPipeline {
  readonly id: PipelineId;
  /** Null when that cannot be read either. */
  readonly name: string | null;
}

/** What a run was begun with; none of it changes. */
export interface RunOrigin {
  /** The revision of its pipeline. */
  readonly revision: number;
  /** Where it writes its file; null for a table. */
  readonly folder: string | null;
}

/** What the list shows of an earlier run. */
export interface RecentRun {
  readonly state: RunState;
  readonly durationMs: number;
  readonly writtenCount: number;
}

/** Pipelines and what became of them; implemented by the store. Synchronous. All methods throw STORE_…. */
export interface PipelineRepository {
  all(): { readonly pipelines: SavedPipeline[]; readonly damaged: DamagedPipeline[] };
  put(saved: SavedPipeline): void;
  /** As `put`, of one that is there; its revision stays. */
  putFields(id: PipelineId, pipeline: Pipeline): void;
  /** With its runs and everything else of it. */
  remove(id: PipelineId): void;

  /** The last time of its schedule that was handled, of each that has one. */
  slots(): Map<PipelineId, number>;
  putSlot(id: PipelineId, slot: number): void;

  /** Where its last run ended; null where nothing is kept. */
  position(id: PipelineId): string | null;
  /** Does nothing when `resetPosition` was called for a later revision. */
  putPosition(id: PipelineId, revision: number, position: string): void;
  /** Positions of runs of earlier revisions do not count from now on. */
  resetPosition(id: PipelineId, revision: number): void;

  addRun(run: Run, origin: RunOrigin): void;
  putRun(run: Run): void;
  run(id: RunId): Run | null;
  originOf(id: RunId): RunOrigin | null;
  /** Those that are in no final state, oldest first. */
  openRuns(): Run[];
  /** Newest first. An unknown `before` is the end. */
  page(input: RunPageInput): Run[];
  /** The newest of a pipeline, newest first. */
  recent(id: PipelineId, limit: number): RecentRun[];
  /** Title of the failure of its newest run that succeeded or failed; null where that succeeded, or there is none. */
  failure(id: PipelineId): string | null;
  addLog(id: RunId, lines: readonly RunLogLine[]): void;
  log(id: RunId): RunLogLine[];
  /** Removes the oldest runs of a pipeline that are over, beyond so many. */
  trimRuns(id: PipelineId, keptCount: number): void;

  transaction<Value>(work: () => Value): Value;
}
