import type {
  Pipeline,
  PipelineId,
  PipelineSource,
  SavedPipeline,
  Schedule,
} from '../../shared/model/pipelines.ts';
import type {
  DryRun,
  PipelineDraftInput,
  PipelinePlan,
  PipelineSettings,
  PipelineSummary,
  RunPageInput,
  SavePipelineInput,
  ScheduleText,
  SourceShape,
} from '../../shared/model/pipelineViews.ts';
import type { SavedFile } from '../../shared/model/results.ts';
import type { Run, RunId, RunLogLine } from '../../shared/model/runs.ts';

/** What people do with pipelines. All methods reject with an AppError; an id that is not there is NOT_FOUND. */
export interface PipelineService {
  list(): Promise<readonly PipelineSummary[]>;
  get(id: PipelineId): SavedPipeline;
  /**
   * Also brings back one that was removed since the start, under its id and with its last revision.
   * @throws PIPELINE_CHANGED when it was saved by somebody else since `revision`; PIPELINE_INVALID with all that is wrong
   */
  save(input: SavePipelineInput): SavedPipeline;
  /** @returns null for one that could not be read, which cannot be brought back */
  remove(id: PipelineId): SavedPipeline | null;
  setEnabled(id: PipelineId, isEnabled: boolean): void;

  shape(source: PipelineSource, signal: AbortSignal): Promise<SourceShape>;
  plan(input: PipelineDraftInput, signal: AbortSignal): Promise<PipelinePlan>;
  dryRun(input: PipelineDraftInput, signal: AbortSignal): Promise<DryRun>;
  scheduleText(schedule: Schedule): Promise<ScheduleText>;
  chooseFolder(): Promise<string | null>;
  saveFile(id: PipelineId): Promise<SavedFile>;
  openFile(): Promise<Pipeline | null>;

  /** @param again from the beginning instead of where the last run ended */
  run(id: PipelineId, again: boolean): Promise<Run>;
  runs(input: RunPageInput): readonly Run[];
  log(id: RunId): readonly RunLogLine[];
  cancel(id: RunId): Promise<void>;
  pause(id: RunId): Promise<void>;
  resume(id: RunId): Promise<void>;
  showFile(id: RunId, file: 'written' | 'rejects'): void;

  settings(): PipelineSettings;
  setSettings(settings: PipelineSettings): Promise<PipelineSettings>;
}
