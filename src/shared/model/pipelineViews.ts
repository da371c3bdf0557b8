import { z } from 'zod';
import { logicalTypeSchema, sourceColumnSchema } from './columnTypes.ts';
import { pipelineIdSchema, pipelineSchema, pipelineSourceSchema, scheduleSchema } from './pipelines.ts';
import { resultColumnSchema } from './results.ts';
import { runIdSchema, runSchema, runStateSchema } from './runs.ts';

const name = z.string().max(256);
const count = z.int().min(0);

/** A pipeline as the list shows it. */
export const pipelineSummarySchema = z.strictObject({
  id: pipelineIdSchema,
  name: z.string(),
  sourceText: z.string(),
  destinationText: z.string(),
  schedule: scheduleSchema,
  isEnabled: z.boolean(),
  /** What keeps it from running, such as a data source that is gone; null when nothing is known. */
  problem: z.string().nullable(),
  /** The next time of its schedule, in milliseconds since the epoch; null where there is none. */
  nextAt: z.number().nullable(),
  /** The run that is under way or waits, else the last one. */
  run: runSchema.nullable(),
  /** The last runs, oldest first, for the sparkline. */
  recent: z
    .array(z.strictObject({ state: runStateSchema, durationMs: z.number(), writtenCount: count }))
    .max(20),
});
export type PipelineSummary = z.infer<typeof pipelineSummarySchema>;

/** Most pipelines that are kept. */
export const maxPipelines = 2_000;

/** A summary that is new or has changed, or a pipeline that was removed. */
export const pipelineChangeSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('changed'), summary: pipelineSummarySchema }),
  z.strictObject({ type: z.literal('removed'), id: pipelineIdSchema }),
]);
export type PipelineChange = z.infer<typeof pipelineChangeSchema>;

/** What a source gives: asked for while a pipeline is made. */
export const sourceShapeSchema = z.strictObject({
  columns: z.array(sourceColumnSchema).max(2_000),
  /** Names of the columns that tell rows apart; empty when none are known. */
  key: z.array(name),
  /** Names of the columns that can be the cursor of an incremental reading. */
  cursors: z.array(name),
  rowCount: z
    .strictObject({ value: z.number(), accuracy: z.enum(['exact', 'estimate', 'at-least']) })
    .nullable(),
  sample: z.array(z.array(z.string().nullable())).max(20),
});
export type SourceShape = z.infer<typeof sourceShapeSchema>;

/** A column of the destination, as it is or as the first run makes it. */
export const plannedColumnSchema = z.strictObject({
  /** As it is called there: shortened or told apart where the engine's rules ask for it. */
  name,
  /** As the pipeline calls it. */
  mappedName: name,
  type: logicalTypeSchema,
  /** As the destination declares it, such as `numeric(38,10)`; of Parquet, its own type. */
  declared: z.string(),
  isNullable: z.boolean(),
  /** What may be lost on the way, in words; null when nothing is. */
  loss: z.string().nullable(),
  isNew: z.boolean(),
});
export type PlannedColumn = z.infer<typeof plannedColumnSchema>;

/** A difference between the pipeline's shape and its source. */
export const driftedColumnSchema = z.strictObject({
  name,
  change: z.enum(['new', 'missing', 'changed']),
  /** As declared before and now; null where it was or is not there. */
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type DriftedColumn = z.infer<typeof driftedColumnSchema>;

/** What a pipeline would do, and what speaks against it. */
export const pipelinePlanSchema = z.strictObject({
  columns: z.array(plannedColumnSchema).max(2_000),
  tableExists: z.boolean(),
  /** The statement with which the first run makes the table; null where it is there, and of files. */
  createSql: z.string().nullable(),
  drift: z.array(driftedColumnSchema).max(4_000),
  /** Each keeps the pipeline from running. */
  problems: z.array(z.strictObject({ title: z.string(), fix: z.string() })).max(50),
  warnings: z.array(z.string()).max(50),
});
export type PipelinePlan = z.infer<typeof pipelinePlanSchema>;

/** The first rows as they would arrive; nothing is written. */
export const dryRunSchema = z.strictObject({
  columns: z.array(resultColumnSchema).max(2_000),
  rows: z.array(z.array(z.string().nullable())).max(100),
  readCount: count,
});
export type DryRun = z.infer<typeof dryRunSchema>;

export const sourceShapeInputSchema = z.strictObject({ source: pipelineSourceSchema });
/** `id` is null for a pipeline that is not saved yet. */
export const pipelineDraftInputSchema = z.strictObject({
  id: pipelineIdSchema.nullable(),
  pipeline: pipelineSchema,
});
export type PipelineDraftInput = z.infer<typeof pipelineDraftInputSchema>;

export const savePipelineInputSchema = z.strictObject({
  id: pipelineIdSchema.nullable(),
  /** That of the pipeline as it was when it was opened; null for a new one. */
  revision: z.int().min(1).nullable(),
  pipeline: pipelineSchema,
});
export type SavePipelineInput = z.infer<typeof savePipelineInputSchema>;

export const scheduleTextInputSchema = z.strictObject({ schedule: scheduleSchema });
export const scheduleTextSchema = z.strictObject({
  /** Null with a schedule that cannot be read. */
  text: z.string().nullable(),
  /** Why it cannot be read; null when it can. */
  problem: z.string().nullable(),
  /** The next five runs, in milliseconds since the epoch. */
  next: z.array(z.number()).max(5),
});
export type ScheduleText = z.infer<typeof scheduleTextSchema>;

export const runPageInputSchema = z.strictObject({
  /** Null: of all pipelines. */
  pipelineId: pipelineIdSchema.nullable(),
  /** Runs that were queued before this one; null: the newest. */
  before: runIdSchema.nullable(),
  limit: z.int().min(1).max(200),
});
export type RunPageInput = z.infer<typeof runPageInputSchema>;

/** How pipelines are run on this computer. */
export const pipelineSettingsSchema = z.strictObject({
  /** Runs at the same time. */
  concurrency: z.int().min(1).max(16),
  /** The app begins when a person logs in, without its window. */
  startsAtLogin: z.boolean(),
  /** Closing the window leaves an icon, and pipelines run on. */
  hasTray: z.boolean(),
  /** Runs in the history that are kept of each pipeline. */
  keptRuns: z.int().min(10).max(10_000),
});
export type PipelineSettings = z.infer<typeof pipelineSettingsSchema>;

export const defaultPipelineSettings: PipelineSettings = {
  concurrency: 2,
  startsAtLogin: false,
  hasTray: false,
  keptRuns: 200,
};
