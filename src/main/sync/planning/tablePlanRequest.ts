import type { Destination, Pipeline } from '../../../shared/model/pipelines.ts';
import type { DriftedColumn } from '../../../shared/model/pipelineViews.ts';
import type { ColumnTypes, NameRules, WritableTable, WriteWords } from '../../connectors/TableWriter.ts';
import type { MappedColumn } from '../copy/ports.ts';

export type TableDestination = Extract<Destination, { readonly type: 'table' }>;

/** What a plan for a table depends on. */
export interface TablePlanRequest {
  readonly pipeline: Pipeline;
  readonly destination: TableDestination;
  readonly mapped: readonly MappedColumn[];
  readonly drift: readonly DriftedColumn[];
  /** As it is; null when it is not there. */
  readonly table: WritableTable | null;
  /** Of the destination. */
  readonly rules: NameRules;
  readonly types: ColumnTypes;
  readonly words: WriteWords;
}
