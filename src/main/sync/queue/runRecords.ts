import { z } from 'zod';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import { errorDtoSchema } from '../../../shared/errors/errorDto.ts';
import { sourceColumnSchema } from '../../../shared/model/columnTypes.ts';
import { pipelineIdSchema } from '../../../shared/model/pipelines.ts';
import {
  type RunId,
  runLogLineSchema,
  runOutcomeSchema,
  runProgressSchema,
} from '../../../shared/model/runs.ts';
import type { RunRequest, RunResult } from './RunQueue.ts';

/** What the queue holds of a run. Whoever can write to the store can write this, so that both sides check it. */

export const runJobSchema = z.strictObject({
  pipelineId: pipelineIdSchema,
  sealed: z.string().max(50_000_000),
  maxAttempts: z.int().min(1).max(20),
});
export type RunJob = z.infer<typeof runJobSchema>;

/** How a run stands, as the worker that has it says. */
export const takingSchema = z.strictObject({
  /** Tells apart each time that a worker took it. */
  id: z.string().max(100),
  attempt: z.int().min(1),
  worker: z.string().max(100),
  progress: runProgressSchema,
  /** Lines in its log. */
  logCount: z.int().min(0),
  /** When it is tried again after this attempt failed, in milliseconds since the epoch. */
  retryAt: z.number().nullable(),
});
export type Taking = z.infer<typeof takingSchema>;

const runResultSchema: z.ZodType<RunResult> = z.strictObject({
  outcome: runOutcomeSchema,
  shape: z.array(sourceColumnSchema).max(2_000),
  position: z.string().max(10_000_000).nullable(),
  rejectsFile: z.string().max(300).nullable(),
});

/** Why a run ended without a result. It is kept as text where BullMQ keeps the reason of a failure. */
export type RunEnding =
  | { readonly type: 'failed'; readonly failure: ErrorDto }
  | { readonly type: 'stopped'; readonly request: RunRequest };

const requestSchema = z.enum(['cancel', 'pause']);

const runEndingSchema: z.ZodType<RunEnding> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('failed'), failure: errorDtoSchema }),
  z.strictObject({ type: z.literal('stopped'), request: requestSchema }),
]);

/** Each answers null for what no worker of ours has written. */
export const readTaking = (value: unknown): Taking | null => takingSchema.safeParse(value).data ?? null;
/** The store keeps a text as JSON: a NUL in a name, which not every store can hold, is escaped twice then. */
export const readResult = (json: unknown): RunResult | null =>
  runResultSchema.safeParse(parsed(parsed(json))).data ?? null;
export const readEnding = (json: unknown): RunEnding | null =>
  runEndingSchema.safeParse(parsed(json)).data ?? null;
export const readLogLine = (json: unknown) => runLogLineSchema.safeParse(parsed(json)).data ?? null;
export const readRequest = (value: unknown): RunRequest | null => requestSchema.safeParse(value).data ?? null;

/** Names of the fields beside the jobs. */
export const requestField = (id: RunId): string => `request-${id}`;
export const toldField = (id: RunId): string => `told-${id}`;

function parsed(json: unknown): unknown {
  if (typeof json !== 'string') return null;
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
