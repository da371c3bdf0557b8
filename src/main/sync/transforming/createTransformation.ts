import type { SourceColumn } from '../../../shared/model/columnTypes.ts';
import type { Pipeline } from '../../../shared/model/pipelines.ts';
import type { PlannedColumn } from '../../../shared/model/pipelineViews.ts';
import type { ColumnFilter, ResultColumn } from '../../../shared/model/results.ts';
import { Pace } from '../../base/async/Pace.ts';
import type { Clock } from '../../base/Clock.ts';
import type { ColumnTypes } from '../../connectors/TableWriter.ts';
import { RowFilter } from '../../results/arranging/RowFilter.ts';
import type { Transformation } from '../copy/ports.ts';
import { departureStep, planColumn } from './columnPlan.ts';
import { resolveColumns } from './mapColumns.ts';
import { RowTransformation } from './RowTransformation.ts';

/** What the cells of the destination are made of. */
export interface ColumnsInput {
  readonly pipeline: Pick<Pipeline, 'columns' | 'shape' | 'drift'>;
  readonly columns: readonly SourceColumn[];
  /** Columns of the destination, in the order of their cells; `mappedName` says which one of the pipeline's it is. */
  readonly planned: readonly Pick<PlannedColumn, 'mappedName' | 'name' | 'type' | 'declared'>[];
  readonly sourceTypes: ColumnTypes;
  /** Null: the cells stay canonical, for a file. */
  readonly destinationTypes: ColumnTypes | null;
  /** 32 bytes. */
  readonly maskKey: Uint8Array;
  /** Filters that the source does not apply, with the columns as its results have them. */
  readonly left: { readonly columns: readonly ResultColumn[]; readonly filters: readonly ColumnFilter[] };
}

export interface TransformationInput extends ColumnsInput {
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly signal: AbortSignal;
}

/** @throws as `mapColumns`, and PIPELINE_INVALID for a constant that does not fit */
export function createTransformation(input: TransformationInput): Transformation {
  const { columns, planned, left } = input;
  return new RowTransformation({
    names: planned.map(({ name }) => name),
    plans: resolvedColumns(input).map(({ column, planned: to }) => planColumn(column, to, input)),
    sourceColumnCount: columns.length,
    departures: columns.map(({ name }, index) => ({ name, step: departureStep(index, input) })),
    filter: left.filters.length === 0 ? null : new RowFilter(left.columns, left.filters),
    pace: new Pace(input.clock, input.signal),
  });
}

/** Each column of the destination, with what the pipeline makes for it. @throws as `mapColumns` */
export function resolvedColumns({ pipeline, columns, planned }: ColumnsInput) {
  const byName = new Map(resolveColumns(pipeline, columns).map((column) => [column.name, column]));
  return planned.map((column) => ({ column: byName.get(column.mappedName), planned: column }));
}
