import { z } from 'zod';
import { dataSourceIdSchema } from './ids.ts';

/** Each is measured at one place of main. */
export const operationKinds = [
  'call',
  'stream',
  'acquire',
  'connect',
  'stage',
  'statement',
  'vault',
  'demo',
  'store',
  'result',
  'run',
] as const;
export type OperationKind = (typeof operationKinds)[number];

/** Names of calls, stages and purposes: words of the code. */
const name = z.string().max(100);

/** An operation that has ended. */
export const endedOperationSchema = z.strictObject({
  id: z.int(),
  /** The operation that it was a part of; null when nothing was around it. */
  parentId: z.int().nullable(),
  kind: z.enum(operationKinds),
  name,
  sourceId: dataSourceIdSchema.nullable(),
  correlationId: z.string().max(100).nullable(),
  /** Epoch milliseconds, with fractions. */
  startedAt: z.number(),
  durationMs: z.number(),
  outcome: z.enum(['ok', 'error', 'cancelled', 'timeout']),
  /** Why it failed. */
  code: z.string().max(100).nullable(),
  rowCount: z.int().nullable(),
});
export type EndedOperation = z.infer<typeof endedOperationSchema>;

/** Operations with nothing around them that are kept. */
export const maxOperationCount = 500;

export const operationFilterSchema = z.strictObject({
  sourceId: dataSourceIdSchema.nullable(),
  /** Only those that failed. */
  failedOnly: z.boolean(),
  /** At least so long, in milliseconds. */
  minDurationMs: z.number().min(0),
});
export type OperationFilter = z.infer<typeof operationFilterSchema>;

/** The newest first. */
export const operationListSchema = z.array(endedOperationSchema).max(maxOperationCount);

/** Parts of an operation that are kept. */
export const maxPartCount = 200;

/** An operation and its parts, in the order in which they began. Empty: it is not kept any more. */
export const operationTreeSchema = z.strictObject({
  operations: z.array(endedOperationSchema).max(maxPartCount + 1),
  /** Parts that were too many. */
  leftOutCount: z.int().min(0),
});
export type OperationTree = z.infer<typeof operationTreeSchema>;
