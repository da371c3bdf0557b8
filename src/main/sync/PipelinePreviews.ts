import type { PipelineSource } from '../../shared/model/pipelines.ts';
import type {
  DryRun,
  PipelineDraftInput,
  PipelinePlan,
  SourceShape,
} from '../../shared/model/pipelineViews.ts';

/** What a pipeline would do, looked at over connections of the pool. All reject as the servers do, and on an abort. */
export interface PipelinePreviews {
  shape(source: PipelineSource, signal: AbortSignal): Promise<SourceShape>;
  plan(input: PipelineDraftInput, signal: AbortSignal): Promise<PipelinePlan>;
  dryRun(input: PipelineDraftInput, signal: AbortSignal): Promise<DryRun>;
}
