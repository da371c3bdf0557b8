import type { SourceColumn } from '../../../shared/model/columnTypes.ts';
import type { ColumnOrigin, Pipeline } from '../../../shared/model/pipelines.ts';
import type { DriftedColumn } from '../../../shared/model/pipelineViews.ts';
import type { PlanProblem } from '../copy/ports.ts';
import { isSameType } from './typeFit.ts';

export interface SourceDrift {
  readonly drift: readonly DriftedColumn[];
  /** What of it keeps the pipeline from running, as its settings say. */
  readonly problems: readonly PlanProblem[];
}

/** How a source differs from what it was. Nothing is known of a pipeline without a shape, whose first run this is. */
export function driftOf(
  shape: readonly SourceColumn[],
  columns: readonly SourceColumn[],
  pipeline: Pipeline,
): SourceDrift {
  const uses = usedColumns(pipeline);
  const before = new Map(shape.map((column) => [column.name, column]));
  const now = new Map(columns.map((column) => [column.name, column]));
  const drift: DriftedColumn[] = [];
  for (const old of shape) {
    const found = now.get(old.name);
    if (!uses(old.name) || (found !== undefined && isSameType(old.type, found.type))) continue;
    const change = found === undefined ? 'missing' : 'changed';
    drift.push({ name: old.name, change, before: old.declared, after: found?.declared ?? null });
  }
  for (const { name, declared } of shape.length === 0 ? [] : columns) {
    if (!before.has(name)) drift.push({ name, change: 'new', before: null, after: declared });
  }
  return { drift, problems: drift.flatMap((column) => problemsOf(column, pipeline)) };
}

function problemsOf(column: DriftedColumn, { drift, columns }: Pipeline): readonly PlanProblem[] {
  const { name, change, before, after } = column;
  const code = 'PIPELINE_DRIFTED';
  switch (change) {
    case 'missing':
      return [
        {
          code,
          title: `The source no longer has the column “${name}” (${before})`,
          fix:
            columns === null
              ? 'Save the pipeline again to copy the columns that are left, or add the column to the source again.'
              : 'Remove the column from the pipeline, give its place to another column, or add it to the source again.',
        },
      ];
    case 'changed':
      if (drift.changedTypes === 'widen') return [];
      return [
        {
          code,
          title: `The type of the column “${name}” was ${before} and is ${after} now`,
          fix: `Choose to widen columns whose type has changed, cast “${name}” to the old type, or save the pipeline again to accept the new one.`,
        },
      ];
    case 'new':
      if (drift.newColumns !== 'fail') return [];
      return [
        {
          code,
          title: `The source has a new column “${name}” (${after})`,
          fix: 'Save the pipeline again with or without it, or choose to add or to ignore new columns.',
        },
      ];
  }
}

/** Which columns of its source a pipeline reads; an expression may use those whose names it contains. */
function usedColumns(pipeline: Pipeline): (name: string) => boolean {
  const { columns, filters, reading } = pipeline;
  if (columns === null) return () => true;
  const named = new Set(filters.map(({ column }) => column));
  if (reading.type === 'incremental') named.add(reading.cursor);
  const texts: string[] = [];
  for (const { origin } of columns) {
    const name = nameOf(origin);
    if (name !== null) named.add(name);
    if (origin.type === 'expression') texts.push(origin.text);
  }
  return (name) => named.has(name) || texts.some((text) => mentions(text, name));
}

/** The column that a value comes from; null for one that comes from none, or from several. */
export function nameOf(origin: ColumnOrigin): string | null {
  return origin.type === 'column' || origin.type === 'json' ? origin.name : null;
}

const letter = /[\p{L}\p{N}_]/u;

function mentions(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const behind = at + name.length;
    if (!letter.test(text.slice(at - 1, at)) && !letter.test(text.slice(behind, behind + 1))) return true;
  }
  return false;
}
