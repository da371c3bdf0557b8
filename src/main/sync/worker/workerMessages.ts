import { z } from 'zod';
import { dataSourceIdSchema } from '../../../shared/model/ids.ts';
import { runIdSchema } from '../../../shared/model/runs.ts';
import { attemptSteps, maxTracedSteps } from '../copy/AttemptTrace.ts';
import { queueStoreSchema } from '../queue/QueueStore.ts';

/** What the app and its worker process say to each other; both check what they get. */

const count = z.int().min(1).max(64);
/** Of a request for connections: grows from one to the next. */
const leaseId = z.int().min(1);

export const toWorkerSchema = z.discriminatedUnion('type', [
  /** The first message. `key`: the line of the worker group's key; `name`: unlike that of any other worker. */
  z.strictObject({
    type: z.literal('start'),
    store: queueStoreSchema,
    key: z.string().max(200),
    name: z.string().min(1).max(100),
    concurrency: count,
  }),
  z.strictObject({ type: z.literal('concurrency'), count }),
  /** What became of a request for connections. `refused`: there is no such data source any more. */
  z.strictObject({
    type: z.literal('lease'),
    id: leaseId,
    is: z.enum(['waiting', 'granted', 'refused']),
  }),
  /** Runs come to a checkpoint and are given back; the process ends then, or after the time. */
  z.strictObject({ type: z.literal('stop'), deadlineMs: z.number().min(0).max(60_000) }),
]);
export type ToWorker = z.infer<typeof toWorkerSchema>;
export type StartWorker = Extract<ToWorker, { type: 'start' }>;
export type LeaseAnswer = Omit<Extract<ToWorker, { type: 'lease' }>, 'type'>;

const tracedStepSchema = z.strictObject({
  name: z.enum(attemptSteps),
  sourceId: dataSourceIdSchema.nullable(),
  /** Which one it is a part of, by its place among them. */
  parent: z.int().min(0).max(maxTracedSteps).nullable(),
  startedAt: z.number(),
  durationMs: z.number().min(0),
  outcome: z.enum(['ok', 'error', 'cancelled', 'timeout']),
  code: z.string().max(64).nullable(),
  rowCount: z.int().min(0).nullable(),
});

export const fromWorkerSchema = z.discriminatedUnion('type', [
  /** It takes runs from now on. */
  z.strictObject({ type: z.literal('ready') }),
  /** A line for the app's log: without secrets, and redacted once more there. */
  z.strictObject({
    type: z.literal('log'),
    level: z.enum(['error', 'warn', 'info', 'debug']),
    message: z.string().max(500),
    code: z.string().max(64).nullable(),
  }),
  /** A server has replaced a secret, such as a refresh token that is good for one use. */
  z.strictObject({
    type: z.literal('secret'),
    sourceId: dataSourceIdSchema,
    field: z.string().min(1).max(100),
    value: z.string().max(100_000),
  }),
  /** A run wants connections of a data source, all of them together. */
  z.strictObject({
    type: z.literal('lease'),
    id: leaseId,
    sourceId: dataSourceIdSchema,
    count: z.int().min(1).max(2),
  }),
  /** It has closed them, or wants them no longer. */
  z.strictObject({ type: z.literal('release'), id: leaseId }),
  /** An attempt of a run has ended. */
  z.strictObject({
    type: z.literal('trace'),
    runId: runIdSchema,
    steps: z.array(tracedStepSchema).max(maxTracedSteps),
  }),
]);
export type FromWorker = z.infer<typeof fromWorkerSchema>;
export type LeaseRequest = Omit<Extract<FromWorker, { type: 'lease' }>, 'type'>;
export type AttemptEnd = Omit<Extract<FromWorker, { type: 'trace' }>, 'type'>;
export type ReplacedSecret = Omit<Extract<FromWorker, { type: 'secret' }>, 'type'>;
