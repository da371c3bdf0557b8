import type { LogicalType, SourceColumn } from '../../../shared/model/columnTypes.ts';
import type { PlannedColumn } from '../../../shared/model/pipelineViews.ts';
import { AppError } from '../../base/AppError.ts';
import type { ColumnTypes } from '../../connectors/TableWriter.ts';
import type { CanonicalConverter } from '../copy/ports.ts';
import { castStep } from './casts/castStep.ts';
import type { RowCells } from './expressions/typedValues.ts';
import { valueAt } from './jsonPath.ts';
import type { ResolvedColumn } from './mapColumns.ts';
import { maskStep } from './masks.ts';
import { type Cast, type CellStep, inOrder, isRefused } from './steps.ts';

/** How a cell of the destination is made out of a row of the source. */
export type ColumnPlan =
  /** The bytes of a cell as they are. */
  | { readonly type: 'copy'; readonly index: number }
  | {
      readonly type: 'step';
      readonly index: number;
      readonly step: CellStep;
      /** Does the same; null: there is nothing that is faster. */
      readonly converter: CanonicalConverter | null;
    }
  | { readonly type: 'constant'; readonly text: string | null }
  | {
      readonly type: 'expression';
      readonly evaluate: (row: RowCells) => string | null;
      readonly step: CellStep | null;
    };

/** What columns are planned with. */
export interface PlanContext {
  readonly columns: readonly SourceColumn[];
  readonly sourceTypes: ColumnTypes;
  /** Null: the cells stay canonical, for a file. */
  readonly destinationTypes: ColumnTypes | null;
  readonly maskKey: Uint8Array;
}

/** @param column what the pipeline makes for it; undefined for one that gets no value */
export function planColumn(
  column: ResolvedColumn | undefined,
  planned: Pick<PlannedColumn, 'type' | 'declared'>,
  context: PlanContext,
): ColumnPlan {
  if (column === undefined) return { type: 'constant', text: null };
  const { origin } = column;
  const arrival = arrivalStep(column, planned, context);
  switch (origin.type) {
    case 'column':
      return cellPlan(origin.index, column, planned, arrival, context);
    case 'json': {
      const { index, path } = origin;
      const keepsJson = column.originType.type === 'json';
      const find: CellStep = (text) => valueAt(text, path, keepsJson);
      return stepPlan(index, inOrder([departureStep(index, context), find, arrival]));
    }
    case 'constant':
      return { type: 'constant', text: constantText(column.name, origin.value, arrival) };
    case 'expression':
      return { type: 'expression', evaluate: origin.expression.evaluate, step: arrival };
  }
}

function cellPlan(
  index: number,
  { declared }: ResolvedColumn,
  planned: Pick<PlannedColumn, 'declared'>,
  arrival: CellStep | null,
  context: PlanContext,
): ColumnPlan {
  const isSame = context.sourceTypes === context.destinationTypes && declared === planned.declared;
  if (isSame) return { type: 'copy', index };
  const converter = arrival === null ? departureConverter(index, context) : null;
  return stepPlan(index, inOrder([departureStep(index, context), arrival]), converter);
}

const stepPlan = (
  index: number,
  step: CellStep | null,
  converter: CanonicalConverter | null = null,
): ColumnPlan => (step === null ? { type: 'copy', index } : { type: 'step', index, step, converter });

/** From the source's own text to the canonical one. */
export function departureStep(index: number, { columns, sourceTypes }: PlanContext): CellStep | null {
  const column = columns[index];
  return column === undefined ? null : sourceTypes.toCanonical(column.type, column.declared);
}

function departureConverter(index: number, { columns, sourceTypes }: PlanContext): CanonicalConverter | null {
  const column = columns[index];
  const bytes = column === undefined ? null : sourceTypes.toCanonicalBytes?.(column.type);
  const text = column === undefined ? null : sourceTypes.toCanonical(column.type, column.declared);
  return bytes && text ? { bytes, text } : null;
}

/** From the canonical text of the origin to what the destination reads. */
function arrivalStep(
  { originType, cast, mask, type }: ResolvedColumn,
  planned: Pick<PlannedColumn, 'type' | 'declared'>,
  { destinationTypes, maskKey }: PlanContext,
): CellStep | null {
  return inOrder([
    cast === null ? null : possible(castStep(originType, cast)),
    mask === null ? null : maskStep(mask, maskKey),
    impliedCast(type, planned.type),
    destinationTypes === null ? null : destinationTypes.fromCanonical(planned.type, planned.declared),
  ]);
}

const possible = (cast: Cast): CellStep | null => (cast === 'impossible' ? null : cast);

/**
 * To a column of another type that is there already. Within one kind of type it is the server that says what fits, and a
 * cast that cannot be is left to it as well: the plan has said what may be lost.
 */
function impliedCast(from: LogicalType, to: LogicalType): CellStep | null {
  const isMoved = from.type === 'timestamp' && to.type === 'timestamp' && from.isZoned !== to.isZoned;
  return from.type === to.type && !isMoved ? null : possible(castStep(from, to));
}

/** @throws PIPELINE_INVALID for a text that is no value of the column */
function constantText(name: string, value: string | null, step: CellStep | null): string | null {
  const result = value === null || step === null ? value : step(value);
  if (result === null || typeof result === 'string') return result;
  throw new AppError('PIPELINE_INVALID', {
    title: 'A constant does not fit its column',
    detail: `“${name}”: ${isRefused(result) ? result.refused : result.lost}`,
    fixes: ['Write another value, or choose another type.'],
  });
}
