import { type Pipeline, unchosen } from '../../../../../shared/model/pipelines.ts';
import { columnFormOf, isUnchanged, plainColumn } from './columnForms.ts';
import { presetOf } from './cronForm.ts';
import { type ColumnForm, newPipelineForm, type PipelineForm, sourceKey } from './pipelineForm.ts';

function sourceFields({ source, reading }: Pipeline): Partial<PipelineForm> {
  return {
    sourceId: source.sourceId,
    sourceType: source.type,
    ...(source.type === 'relation'
      ? { schema: source.relation.schema, relation: source.relation.name }
      : { query: source.text }),
    reading: reading.type,
    ...(reading.type === 'incremental' && { cursor: reading.cursor, lookback: String(reading.lookback) }),
  };
}

function destinationFields({ destination }: Pipeline): Partial<PipelineForm> {
  if (destination.type === 'table') {
    const { sourceId, table, mode, key } = destination;
    return {
      destination: 'table',
      toSourceId: sourceId,
      toSchema: table.schema,
      toTable: table.name,
      mode,
      key: [...key],
    };
  }
  const { folder, name, format } = destination;
  return {
    destination: 'file',
    folder,
    fileName: name,
    format: format.type,
    ...(format.type === 'csv' && { csv: format.options }),
  };
}

function scheduleFields({ schedule }: Pipeline): Partial<PipelineForm> {
  if (schedule.type === 'manual') return { schedule: 'manual' };
  if (schedule.type === 'after') return { schedule: 'after', after: schedule.pipelineId };
  const { expression, timeZone, missed } = schedule;
  return {
    schedule: 'cron',
    cron: expression,
    isCustomCron: presetOf(expression) === null,
    timeZone,
    missed,
  };
}

/** The columns that are copied, and behind them those of the source that are not. */
function columnFields({ columns, shape }: Pipeline): ColumnForm[] {
  if (columns === null) return shape.map(({ name }) => plainColumn(name));
  const used = new Set(columns.flatMap(({ origin }) => (origin.type === 'column' ? [origin.name] : [])));
  const off = shape.filter(({ name }) => !used.has(name));
  return [...columns.map(columnFormOf), ...off.map(({ name }) => ({ ...plainColumn(name), isOn: false }))];
}

/** What a file leaves to be chosen on this computer. */
function withoutUnchosen(form: PipelineForm): PipelineForm {
  const chosen = (id: string): string => (id === unchosen.sourceId ? '' : id);
  return {
    ...form,
    sourceId: chosen(form.sourceId),
    toSourceId: chosen(form.toSourceId),
    folder: form.folder === unchosen.folder ? '' : form.folder,
  };
}

/** How a pipeline is typed. @param revision null for one that is not saved */
export function formOfPipeline(pipeline: Pipeline, revision: number | null): PipelineForm {
  const { name, filters, drift, shape, allowedLosses, isEnabled } = pipeline;
  const typed = newPipelineForm({
    revision,
    name,
    ...sourceFields(pipeline),
    filters: filters.map((filter) => ({ ...filter })),
    columns: columnFields(pipeline),
    shape: [...shape],
    ...destinationFields(pipeline),
    allowedLosses: [...allowedLosses],
    ...scheduleFields(pipeline),
    isEnabled,
    ...drift,
    maxRejectedRows: String(pipeline.maxRejectedRows),
    maxAttempts: String(pipeline.maxAttempts),
  });
  const form = withoutUnchosen(typed);
  return { ...form, shapeOf: sourceKey(form) };
}

/** What of a form a save would write: without what the source says by itself, and without what is turned off. */
function essence(form: PipelineForm): string {
  const { shape: _shape, shapeOf: _shapeOf, revision: _revision, columns, ...rest } = form;
  const chosen = isUnchanged(form)
    ? null
    : columns.filter(({ isOn }) => isOn).map(({ id: _id, ...column }) => column);
  return JSON.stringify([chosen, Object.entries(rest).sort(([left], [right]) => (left < right ? -1 : 1))]);
}

/** Whether two forms make the same pipeline. */
export const isSameForm = (left: PipelineForm, right: PipelineForm): boolean =>
  essence(left) === essence(right);
