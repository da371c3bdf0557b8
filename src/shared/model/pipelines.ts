import { z } from 'zod';
import { logicalTypeSchema, sourceColumnSchema } from './columnTypes.ts';
import { dataSourceIdSchema } from './ids.ts';
import { csvOptionsSchema, filterOperatorSchema } from './results.ts';
import { relationRefSchema } from './schemaTree.ts';

/** Opaque id of a pipeline (UUID v4), made by main. */
export const pipelineIdSchema = z.uuid();
export type PipelineId = z.infer<typeof pipelineIdSchema>;

const columnName = z.string().min(1).max(256);
const maxColumns = 2_000;

/** Resources of APIs are relations. A query reads, and is run in a read-only transaction. */
export const pipelineSourceSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('relation'),
    sourceId: dataSourceIdSchema,
    relation: relationRefSchema,
  }),
  z.strictObject({
    type: z.literal('query'),
    sourceId: dataSourceIdSchema,
    text: z.string().min(1).max(1_000_000),
  }),
]);
export type PipelineSource = z.infer<typeof pipelineSourceSchema>;

/**
 * What is read in a run: everything, or what is new by a column that only grows. `lookback` reads so much again, in
 * seconds for times and in units for numbers, for rows that became visible late.
 */
export const readingSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('full') }),
  z.strictObject({
    type: z.literal('incremental'),
    cursor: columnName,
    lookback: z.int().min(0).max(1_000_000_000),
  }),
]);
export type Reading = z.infer<typeof readingSchema>;

/** Where the value of a column of the destination comes from. */
export const columnOriginSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('column'), name: columnName }),
  /** A value inside of JSON, by keys and positions from 0; texts come without their quotes, objects as JSON. */
  z.strictObject({
    type: z.literal('json'),
    name: columnName,
    path: z.array(z.string().max(256)).min(1).max(16),
  }),
  /** The same text in each row; null for NULL. */
  z.strictObject({ type: z.literal('constant'), value: z.string().max(10_000).nullable() }),
  /** See docs/pipelines.md, “Expressions”. */
  z.strictObject({ type: z.literal('expression'), text: z.string().min(1).max(4_000) }),
]);
export type ColumnOrigin = z.infer<typeof columnOriginSchema>;

/**
 * `hash`: HMAC-SHA-256 under the pipeline's own key, so that equal values stay equal and nobody can guess them. `redact`:
 * another text in place of each value. `truncate`: the first characters only. NULL stays NULL.
 */
export const maskSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('hash') }),
  z.strictObject({ type: z.literal('redact'), text: z.string().max(100) }),
  z.strictObject({ type: z.literal('truncate'), length: z.int().min(0).max(10_000) }),
]);
export type Mask = z.infer<typeof maskSchema>;

/** A column of the destination. */
export const columnMappingSchema = z.strictObject({
  /** As it is called in the destination. */
  name: columnName,
  origin: columnOriginSchema,
  /** Null: that of its origin; text for an expression that does not say. */
  cast: logicalTypeSchema.nullable(),
  mask: maskSchema.nullable(),
});
export type ColumnMapping = z.infer<typeof columnMappingSchema>;

/** A row is copied when all of them hold. */
export const pipelineFilterSchema = z.strictObject({
  column: columnName,
  operator: filterOperatorSchema,
  value: z.string().max(10_000),
});
export type PipelineFilter = z.infer<typeof pipelineFilterSchema>;

/**
 * How rows come into a table. `append`: behind those that are there. `overwrite`: in place of them, all at once.
 * `upsert`: by key. `mirror`: by key, and rows that the source no longer has get a time in `_deleted_at`.
 */
export const writeModeSchema = z.enum(['append', 'overwrite', 'upsert', 'mirror']);
export type WriteMode = z.infer<typeof writeModeSchema>;

/** Whether rows are found again by key. */
export const needsKey = (mode: WriteMode): boolean => mode === 'upsert' || mode === 'mirror';

/** In a table that mirrors its source, when a row was found to be gone; NULL while it is there. */
export const deletedColumn = '_deleted_at';

export const pipelineFileFormatSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('csv'), options: csvOptionsSchema }),
  z.strictObject({ type: z.literal('ndjson') }),
  z.strictObject({ type: z.literal('parquet') }),
]);
export type PipelineFileFormat = z.infer<typeof pipelineFileFormatSchema>;

export const destinationSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('table'),
    sourceId: dataSourceIdSchema,
    /** Made by the first run when it is not there. */
    table: relationRefSchema,
    mode: writeModeSchema,
    /** Names of columns of the destination; of `upsert` and `mirror`. */
    key: z.array(columnName).max(32),
  }),
  z.strictObject({
    type: z.literal('file'),
    /** One that a person chose in main's dialog. */
    folder: z.string().min(1).max(4_096),
    /** Without an ending; `{date}`, `{time}` and `{run}` are replaced, in the time zone of the schedule. */
    name: z.string().min(1).max(150),
    format: pipelineFileFormatSchema,
  }),
]);
export type Destination = z.infer<typeof destinationSchema>;

/** What happens when the source is not as it was. A missing column always fails. */
export const driftSchema = z.strictObject({
  newColumns: z.enum(['add', 'ignore', 'fail']),
  /** `widen`: the destination's column is made to hold both, where there is such a type; else the run fails. */
  changedTypes: z.enum(['widen', 'fail']),
});
export type Drift = z.infer<typeof driftSchema>;

/** `missed`: what happens once to runs whose time passed while nothing was there to begin them. */
export const scheduleSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('manual') }),
  z.strictObject({
    type: z.literal('cron'),
    /** Five fields: minute, hour, day of the month, month, day of the week. */
    expression: z.string().min(1).max(200),
    /** Of the IANA, such as `Europe/Berlin`. */
    timeZone: z.string().min(1).max(64),
    missed: z.enum(['once', 'skip']),
  }),
  /** After each run of another pipeline that succeeded. */
  z.strictObject({ type: z.literal('after'), pipelineId: pipelineIdSchema }),
]);
export type Schedule = z.infer<typeof scheduleSchema>;

/** Stand in a pipeline of a file for what a person has still to choose on this computer; no save takes them. */
export const unchosen = { sourceId: '00000000-0000-4000-8000-000000000001', folder: '?' } as const;

/** The version of what is written below; read by `readPipelineFile` and the store. */
export const pipelineFormat = 1;

/** What is copied from where to where and when. */
export const pipelineSchema = z.strictObject({
  name: z.string().trim().min(1).max(120),
  source: pipelineSourceSchema,
  reading: readingSchema,
  filters: z.array(pipelineFilterSchema).max(32),
  /** Null: all columns as they are, new ones included as `drift` says. */
  columns: z.array(columnMappingSchema).min(1).max(maxColumns).nullable(),
  destination: destinationSchema,
  drift: driftSchema,
  /** Columns of the source when the pipeline was saved or last ran; what drift is measured against. */
  shape: z.array(sourceColumnSchema).max(maxColumns),
  /** Columns of the destination that may hold less than the source has; a loss in any other is refused. */
  allowedLosses: z.array(columnName).max(maxColumns),
  schedule: scheduleSchema,
  /** Whether its schedule holds. */
  isEnabled: z.boolean(),
  /** Rows that the destination may refuse in a run before that fails; 0: none. */
  maxRejectedRows: z.int().min(0).max(1_000_000),
  /** How often a run is tried in all, when what went wrong can heal by itself. */
  maxAttempts: z.int().min(1).max(20),
});
export type Pipeline = z.infer<typeof pipelineSchema>;

/** As it is saved. */
export const savedPipelineSchema = z.strictObject({
  id: pipelineIdSchema,
  /** Grows with each save; a save of an older one is refused. */
  revision: z.int().min(1),
  pipeline: pipelineSchema,
});
export type SavedPipeline = z.infer<typeof savedPipelineSchema>;
