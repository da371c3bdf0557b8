import { z } from 'zod';
import { logicalTypeSchema, sourceColumnSchema } from '../../../../../shared/model/columnTypes.ts';
import { driftSchema, writeModeSchema } from '../../../../../shared/model/pipelines.ts';
import { plainCsv } from '../../../../../shared/model/plainCsv.ts';
import { csvOptionsSchema, filterOperatorSchema } from '../../../../../shared/model/results.ts';
import { castKinds } from './castForm.ts';

const text = z.string();

/** A column of the destination, as it is typed. */
export const columnFormSchema = z.strictObject({
  /** Stays the same while everything else of it is changed. */
  id: text,
  isOn: z.boolean(),
  origin: z.enum(['column', 'json', 'constant', 'expression']),
  /** The column of the source that it is taken from; empty where it is not. */
  from: text,
  /** The path in JSON, the constant, or the expression. */
  text,
  /** A constant that is NULL. */
  isNull: z.boolean(),
  name: text,
  cast: z.enum(castKinds),
  /** What belongs to the cast: a length, or digits and places. */
  castText: text,
  /** A type that has no place in the list: kept as it came. */
  keptCast: logicalTypeSchema.nullable(),
  mask: z.enum(['none', 'hash', 'redact', 'truncate']),
  /** The text in place of each value, or the length. */
  maskText: text,
});
export type ColumnForm = z.infer<typeof columnFormSchema>;

export const filterFormSchema = z.strictObject({
  column: text,
  operator: filterOperatorSchema,
  value: text,
});
export type FilterForm = z.infer<typeof filterFormSchema>;

/** A pipeline as it is typed: everything that was ever chosen stays, also what does not count at the moment. */
export const pipelineFormSchema = z.strictObject({
  /** That of the pipeline when it was opened; null for a new one. */
  revision: z.int().nullable(),
  name: text,

  sourceId: text,
  sourceType: z.enum(['relation', 'query']),
  schema: text,
  /** Empty: none was chosen yet. */
  relation: text,
  query: text,
  reading: z.enum(['full', 'incremental']),
  cursor: text,
  lookback: text,
  filters: z.array(filterFormSchema),

  columns: z.array(columnFormSchema),
  /** Columns of the source, and what they were read for (`sourceKey`). */
  shape: z.array(sourceColumnSchema),
  shapeOf: text,

  destination: z.enum(['table', 'file']),
  toSourceId: text,
  toSchema: text,
  toTable: text,
  mode: writeModeSchema,
  key: z.array(text),
  folder: text,
  fileName: text,
  format: z.enum(['csv', 'ndjson', 'parquet']),
  csv: csvOptionsSchema,
  allowedLosses: z.array(text),

  schedule: z.enum(['manual', 'cron', 'after']),
  cron: text,
  /** The five fields are typed, also where a preset would say the same. */
  isCustomCron: z.boolean(),
  timeZone: text,
  missed: z.enum(['once', 'skip']),
  after: text,
  isEnabled: z.boolean(),
  newColumns: driftSchema.shape.newColumns,
  changedTypes: driftSchema.shape.changedTypes,
  maxRejectedRows: text,
  maxAttempts: text,
});
export type PipelineForm = z.infer<typeof pipelineFormSchema>;

/** What a new pipeline begins with. */
export const newPipelineForm = (start: Partial<PipelineForm> = {}): PipelineForm => ({
  revision: null,
  name: '',
  sourceId: '',
  sourceType: 'relation',
  schema: '',
  relation: '',
  query: '',
  reading: 'full',
  cursor: '',
  lookback: '0',
  filters: [],
  columns: [],
  shape: [],
  shapeOf: '',
  destination: 'table',
  toSourceId: '',
  toSchema: '',
  toTable: '',
  mode: 'append',
  key: [],
  folder: '',
  fileName: '',
  format: 'csv',
  csv: plainCsv,
  allowedLosses: [],
  schedule: 'manual',
  cron: '0 7 * * *',
  isCustomCron: false,
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  missed: 'once',
  after: '',
  isEnabled: true,
  newColumns: 'add',
  changedTypes: 'fail',
  maxRejectedRows: '0',
  maxAttempts: '5',
  ...start,
});

const startSchema = pipelineFormSchema.partial();

/** A form that was kept, or what a new one begins with; null when it cannot be read any more. */
export function readPipelineForm(kept: string): PipelineForm | null {
  try {
    const read = startSchema.safeParse(JSON.parse(kept));
    if (!read.success) return null;
    const fields = Object.entries(read.data).filter(([, value]) => value !== undefined);
    return newPipelineForm(Object.fromEntries(fields));
  } catch {
    return null;
  }
}

/** Names the source of a form: what was read for another one is stale. Empty while it is not chosen. */
export function sourceKey(form: PipelineForm): string {
  const { sourceId, sourceType, schema, relation, query } = form;
  if (sourceId === '') return '';
  if (sourceType === 'query') return query.trim() === '' ? '' : JSON.stringify([sourceId, query]);
  return relation === '' ? '' : JSON.stringify([sourceId, schema, relation]);
}
