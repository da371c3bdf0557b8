import { z } from 'zod';
import { errorDtoSchema } from '../errors/errorDto.ts';
import { pipelineIdSchema } from './pipelines.ts';

/** Opaque id of a run (UUID v4), made by main. */
export const runIdSchema = z.uuid();
export type RunId = z.infer<typeof runIdSchema>;

const count = z.int().min(0);

/** Why a run was begun. `slot`: the time that its schedule named, in milliseconds since the epoch. */
export const runReasonSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('schedule'), slot: z.number() }),
  /** In place of `missedCount` runs whose time had passed; `slot` is the latest of them. */
  z.strictObject({ type: z.literal('missed'), slot: z.number(), missedCount: z.int().min(1) }),
  z.strictObject({ type: z.literal('hand') }),
  /** By hand, from the beginning instead of where the last one ended. */
  z.strictObject({ type: z.literal('again') }),
  z.strictObject({ type: z.literal('after'), runId: runIdSchema }),
]);
export type RunReason = z.infer<typeof runReasonSchema>;

/**
 * `waiting`: for a worker, or for the next attempt. `interrupted`: its worker is gone; it goes on by itself. `paused`: by
 * a person, until they resume it. `skipped`: the pipeline ran already, or the time had passed and is not made up for.
 */
export const runStateSchema = z.enum([
  'waiting',
  'running',
  'interrupted',
  'paused',
  'succeeded',
  'failed',
  'cancelled',
  'skipped',
]);
export type RunState = z.infer<typeof runStateSchema>;

/** States that a run does not leave. */
export const finalRunStates: ReadonlySet<RunState> = new Set(['succeeded', 'failed', 'cancelled', 'skipped']);

/** How far a run is, all attempts together. */
export const runProgressSchema = z.strictObject({
  /** `waiting`: until its data sources have connections free. */
  phase: z.enum(['waiting', 'opening', 'copying', 'finishing']),
  readCount: count,
  /** Rows that came into being or changed in the destination, or lines of the file. */
  writtenCount: count,
  rejectedCount: count,
  byteCount: count,
  /** Null while it is not known. */
  totalCount: count.nullable(),
  /** Rows of the last seconds, per second. */
  rate: z.number().min(0),
});
export type RunProgress = z.infer<typeof runProgressSchema>;

export const runLogLineSchema = z.strictObject({
  at: z.number(),
  level: z.enum(['info', 'warn', 'error']),
  text: z.string().max(2_000),
});
/** Lines of a run's log that are kept: the newest. */
export const maxLogLines = 1_000;
export type RunLogLine = z.infer<typeof runLogLineSchema>;

/** What a run that succeeded has done. */
export const runOutcomeSchema = z.strictObject({
  /** Of the destination's table before and after, where the run replaced its rows. */
  rowsBefore: count.nullable(),
  rowsAfter: count.nullable(),
  /** Rows that were marked as deleted. */
  deletedCount: count,
  /** The largest value of the cursor that was copied; null for a full reading or where there was nothing yet. */
  watermark: z.string().max(1_000).nullable(),
  /** Of a destination that is a file. */
  fileName: z.string().max(300).nullable(),
  /** Columns that were added to the destination. */
  addedColumns: z.array(z.string().max(256)).max(2_000),
});
export type RunOutcome = z.infer<typeof runOutcomeSchema>;

/** One execution of a pipeline, as its history keeps it. */
export const runSchema = z.strictObject({
  id: runIdSchema,
  pipelineId: pipelineIdSchema,
  reason: runReasonSchema,
  state: runStateSchema,
  queuedAt: z.number(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  /** From 1; 0 before the first. */
  attempt: count,
  /** When the next attempt begins, while the run waits for it. */
  retryAt: z.number().nullable(),
  /** The worker that has it, or had it last. */
  worker: z.string().max(100).nullable(),
  progress: runProgressSchema,
  /** Of the last attempt. */
  failure: errorDtoSchema.nullable(),
  outcome: runOutcomeSchema.nullable(),
  /** The file with the rows that the destination refused. */
  rejectsFile: z.string().max(300).nullable(),
});
export type Run = z.infer<typeof runSchema>;

export const noProgress: RunProgress = {
  phase: 'opening',
  readCount: 0,
  writtenCount: 0,
  rejectedCount: 0,
  byteCount: 0,
  totalCount: null,
  rate: 0,
};
