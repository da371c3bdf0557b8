import type { LogicalType, SourceColumn } from '../../../shared/model/columnTypes.ts';
import type { ColumnMapping, Pipeline } from '../../../shared/model/pipelines.ts';
import { AppError } from '../../base/AppError.ts';
import type { MappedColumn } from '../copy/ports.ts';
import { castStep } from './casts/castStep.ts';
import { type CompiledExpression, compileExpression } from './expressions/compileExpression.ts';
import { anyText } from './expressions/typedValues.ts';
import { maskedType } from './masks.ts';

/** Where the value of a column comes from, with positions in place of names. */
export type ResolvedOrigin =
  | { readonly type: 'column'; readonly index: number }
  | { readonly type: 'json'; readonly index: number; readonly path: readonly string[] }
  | { readonly type: 'constant'; readonly value: string | null }
  | { readonly type: 'expression'; readonly expression: CompiledExpression };

/** A mapped column with how its values are made. */
export interface ResolvedColumn extends MappedColumn {
  readonly origin: ResolvedOrigin;
  /** What its origin gives, before a cast and a mask. */
  readonly originType: LogicalType;
  readonly cast: LogicalType | null;
  readonly mask: ColumnMapping['mask'];
}

/** The columns that a pipeline reads, of those that its source has. */
type PipelineColumns = Pick<Pipeline, 'columns' | 'shape' | 'drift'>;

/**
 * The columns of the destination, by the pipeline's names. One that comes of a column which the pipeline knows, and the
 * source no longer has, is left out: the drift says so.
 * @throws PIPELINE_DRIFTED for a column that the source no longer has, PIPELINE_INVALID for an expression or a cast that
 *   cannot be, or for two columns of one name
 */
export function mapColumns(pipeline: PipelineColumns, columns: readonly SourceColumn[]): MappedColumn[] {
  const chosen = pipeline.columns?.filter(({ origin }) => !isMissing(origin, pipeline, columns)) ?? null;
  return resolveColumns({ ...pipeline, columns: chosen }, columns).map(
    ({ name, type, isNullable, declared }) => ({ name, type, isNullable, declared }),
  );
}

function isMissing(
  origin: ColumnMapping['origin'],
  { shape }: PipelineColumns,
  columns: readonly SourceColumn[],
): boolean {
  if (origin.type !== 'column' && origin.type !== 'json') return false;
  const hasName = (column: SourceColumn): boolean => column.name === origin.name;
  return shape.some(hasName) && !columns.some(hasName);
}

/** As `mapColumns`, with how the values are made. */
export function resolveColumns(
  pipeline: PipelineColumns,
  columns: readonly SourceColumn[],
): readonly ResolvedColumn[] {
  requireDifferent(
    columns.map(({ name }) => name),
    'The source has two columns of one name',
    'Give each column of the query a name of its own, with AS.',
  );
  const resolved = mappingsOf(pipeline, columns).map((mapping) => resolve(mapping, columns));
  requireDifferent(
    resolved.map(({ name }) => name),
    'Two columns of the destination have one name',
    'Rename one of them.',
  );
  return resolved;
}

/**
 * The columns that a pipeline counts as known after a run; what it leaves out, or adds beside a mapping of its own, stays
 * new to it.
 */
export function shapeAfter(pipeline: PipelineColumns, columns: readonly SourceColumn[]): SourceColumn[] {
  const isEachTaken = pipeline.columns === null && pipeline.drift.newColumns === 'add';
  if (pipeline.shape.length === 0 || isEachTaken) return [...columns];
  return columns.filter(({ name }) => !isNew(pipeline, name));
}

const isNew = ({ shape }: PipelineColumns, name: string): boolean =>
  shape.length > 0 && !shape.some((known) => known.name === name);

function mappingsOf(pipeline: PipelineColumns, columns: readonly SourceColumn[]): readonly ColumnMapping[] {
  const { columns: chosen, drift } = pipeline;
  const added = columns.filter(({ name }) => isNew(pipeline, name));
  if (chosen === null) {
    return columns.filter((column) => drift.newColumns === 'add' || !added.includes(column)).map(asItIs);
  }
  if (drift.newColumns !== 'add') return chosen;
  const taken = new Set(chosen.map(({ name }) => name));
  return [...chosen, ...added.filter(({ name }) => !taken.has(name)).map(asItIs)];
}

const asItIs = ({ name }: SourceColumn): ColumnMapping => ({
  ...{ name, origin: { type: 'column', name }, cast: null, mask: null },
});

function resolve(
  { name, origin, cast, mask }: ColumnMapping,
  columns: readonly SourceColumn[],
): ResolvedColumn {
  const { resolved, type, isNullable, declared } = originOf(origin, cast, columns);
  if (cast !== null && castStep(type, cast) === 'impossible') throw impossibleCast(name, type, cast);
  const isUntouched = origin.type === 'column' && cast === null && mask === null;
  return {
    ...{ name, isNullable, origin: resolved, originType: type, cast, mask },
    type: mask === null ? (cast ?? type) : maskedType(mask),
    declared: isUntouched ? declared : null,
  };
}

function originOf(
  origin: ColumnMapping['origin'],
  cast: LogicalType | null,
  columns: readonly SourceColumn[],
) {
  if (origin.type === 'constant') {
    const { value } = origin;
    return {
      resolved: { type: 'constant', value } as const,
      type: anyText,
      isNullable: value === null,
      declared: null,
    };
  }
  if (origin.type === 'expression') {
    const expression = compileExpression(origin.text, columns);
    const resolved = { type: 'expression', expression } as const;
    return { resolved, type: expression.type, isNullable: true, declared: null };
  }
  const index = columns.findIndex((column) => column.name === origin.name);
  const column = columns[index];
  if (column === undefined) throw missingColumn(origin.name);
  if (origin.type === 'json') {
    const resolved = { type: 'json', index, path: origin.path } as const;
    const type: LogicalType = cast?.type === 'json' ? cast : anyText;
    return { resolved, type, isNullable: true, declared: null };
  }
  return { ...column, resolved: { type: 'column', index } as const };
}

function requireDifferent(names: readonly string[], title: string, fix: string): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return;
  throw new AppError('PIPELINE_INVALID', { title, detail: `“${twice}” is there twice.`, fixes: [fix] });
}

const missingColumn = (name: string): AppError =>
  new AppError('PIPELINE_DRIFTED', {
    title: 'A column of the source is missing',
    detail: `The pipeline reads “${name}”, which the source does not have.`,
    causes: ['It was renamed or dropped.'],
    fixes: ['Choose another column, or take it out of the pipeline.'],
  });

const impossibleCast = (name: string, from: LogicalType, to: LogicalType): AppError =>
  new AppError('PIPELINE_INVALID', {
    title: 'A column cannot be given this type',
    detail: `No value of “${name}”, which is ${from.type}, can become ${to.type}.`,
    fixes: ['Choose another type for it.'],
  });
