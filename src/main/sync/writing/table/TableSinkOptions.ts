import type { WriteMode } from '../../../../shared/model/pipelines.ts';
import type { RelationRef } from '../../../../shared/model/schemaTree.ts';
import type { DestinationPlan } from '../../copy/ports.ts';
import type { SinkTools } from './SinkSession.ts';

export interface TableSinkOptions extends SinkTools {
  readonly plan: DestinationPlan;
  readonly relation: RelationRef;
  readonly mode: WriteMode;
  readonly pipelineId: string;
  /** The same in each attempt of a run. */
  readonly runId: string;
  /** Earlier runs that did not come to their end, behind whose appended rows this one goes on. */
  readonly continues: readonly string[];
  /** From the beginning, whatever earlier runs have done. */
  readonly again: boolean;
  /** Whether the reading can go on behind any batch. */
  readonly isResumable: boolean;
  /** Rows of a run that may be refused. */
  readonly maxRejectedRows: number;
}
