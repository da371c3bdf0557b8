import { z } from 'zod';
import { dataSourceIdSchema } from './ids.ts';

/** Longest text of a statement in a sample, in characters. */
export const maxActivityTextLength = 20_000;
/** Most sessions in a sample. */
export const maxActivitySessions = 5_000;

/**
 * What a session does.
 * - `active`: a statement runs.
 * - `waiting`: one runs and waits for a lock.
 * - `idle-in-transaction`, `failed-transaction`: nothing runs, but a transaction is open, or failed and not ended yet.
 */
export const activityStateSchema = z.enum([
  'active',
  'waiting',
  'idle',
  'idle-in-transaction',
  'failed-transaction',
  'other',
]);
export type ActivityState = z.infer<typeof activityStateSchema>;

/** A session's statement: the one that runs or, of a session that is idle, the last one. */
const activityStatementSchema = z.strictObject({
  /** Names this very execution; null where the server has no name for it. */
  id: z.string().max(100).nullable(),
  text: z.string().max(2 * maxActivityTextLength),
  /** The server or Mooring keeps only its beginning. */
  isCut: z.boolean(),
});

/** One session of the server. Null is what the server does not say, or has nothing to say about. */
export const activitySessionSchema = z.strictObject({
  /** Names this very session, also after its number was given to another one. */
  id: z.string().max(100),
  /** The number by which the server and its administrators know it. */
  number: z.number(),
  /** Who it works for: a client, a replica, the server's upkeep, or another session or the server itself. */
  role: z.enum(['client', 'replication', 'maintenance', 'worker']),
  /** `sampling`: the session that these figures were read with; `mooring`: another one of this Mooring. */
  owner: z.enum(['sampling', 'mooring', 'other']),
  user: z.string().nullable(),
  database: z.string().nullable(),
  /** Address of the client. */
  client: z.string().nullable(),
  application: z.string().nullable(),
  /** Null where the server does not tell this user. */
  state: activityStateSchema.nullable(),
  /** In the server's own terms, such as `Lock: transactionid`. */
  waitsFor: z.string().nullable(),
  /** Since when, in milliseconds before the sample: connected; its transaction; its running statement; its state. */
  connectedMs: z.number().nullable(),
  transactionMs: z.number().nullable(),
  statementMs: z.number().nullable(),
  stateMs: z.number().nullable(),
  statement: activityStatementSchema.nullable(),
});
export type ActivitySession = z.infer<typeof activitySessionSchema>;

/** By what the list of sessions is sorted. */
export const activityColumnSchema = z.enum([
  'number',
  'user',
  'database',
  'application',
  'client',
  'state',
  'waitsFor',
  'statementMs',
  'transactionMs',
  'statement',
]);
export type ActivityColumn = z.infer<typeof activityColumnSchema>;

/** How a person looks at sessions. */
export const activityViewSchema = z.strictObject({
  hidesIdle: z.boolean(),
  /** Sessions of this Mooring are left out. */
  hidesOwn: z.boolean(),
  sort: z.strictObject({ column: activityColumnSchema, isDescending: z.boolean() }),
});
export type ActivityView = z.infer<typeof activityViewSchema>;

/** One session that waits for another one. */
export const lockWaitSchema = z.strictObject({
  waitingId: z.string().max(100),
  /** Null: held by something that is no session here, such as a prepared transaction. */
  holderId: z.string().max(100).nullable(),
  lock: z.strictObject({
    kind: z.enum(['row', 'table', 'definition', 'transaction', 'advisory', 'other']),
    /** What it is on, such as `shop.orders`. */
    object: z.string().nullable(),
    /** The mode that is asked for, in the server's own terms. */
    mode: z.string().nullable(),
  }),
});
export type LockWait = z.infer<typeof lockWaitSchema>;

/**
 * Why something could not be read.
 * - `missing-right`: this user may not.
 * - `not-offered`: this kind of server, or this version, has no such thing.
 * - `not-replicated`: it has no replica and is none.
 * - `first-sample`: a rate needs two samples.
 * - `too-slow`: reading it took too long, so that it is not asked for any more.
 * - `too-many`: there is more than is read.
 * - `refused`: the server refused for another reason.
 */
export const activityGapReasonSchema = z.enum([
  'missing-right',
  'not-offered',
  'not-replicated',
  'first-sample',
  'too-slow',
  'too-many',
  'refused',
]);
export type ActivityGapReason = z.infer<typeof activityGapReasonSchema>;

const gapShape = {
  reason: activityGapReasonSchema,
  /** The right or role that would help, by the server's own name. */
  right: z.string().max(60).nullable(),
};

/** A part of the sessions that is missing. */
export const activityGapSchema = z.strictObject({
  part: z.enum(['sessions', 'transactions', 'statements', 'locks']),
  ...gapShape,
});
export type ActivityGap = z.infer<typeof activityGapSchema>;

/** The figures of a server. Sizes and counts are of the moment; rates and shares of the time since the last sample. */
export const activityFigureKeySchema = z.enum([
  'connections',
  'transactions',
  'statements',
  'cacheHits',
  'replicationLag',
  'databaseSize',
]);
export type ActivityFigureKey = z.infer<typeof activityFigureKeySchema>;

export const activityFigureSchema = z.strictObject({
  key: activityFigureKeySchema,
  value: z
    .discriminatedUnion('type', [
      /** With the most there can be; null: the server does not say. */
      z.strictObject({ type: z.literal('count'), count: z.number(), max: z.number().nullable() }),
      z.strictObject({ type: z.literal('rate'), perSecond: z.number() }),
      /** From 0 to 1. */
      z.strictObject({ type: z.literal('share'), share: z.number() }),
      z.strictObject({ type: z.literal('duration'), durationMs: z.number() }),
      z.strictObject({ type: z.literal('bytes'), count: z.number() }),
    ])
    .nullable(),
  /** Why there is no value. */
  gap: z.strictObject(gapShape).nullable(),
});
export type ActivityFigure = z.infer<typeof activityFigureSchema>;

/** What a server does at one moment. */
export const activitySampleSchema = z.strictObject({
  /** Epoch milliseconds. */
  at: z.number(),
  sessions: z.array(activitySessionSchema).max(maxActivitySessions),
  lockWaits: z.array(lockWaitSchema),
  figures: z.array(activityFigureSchema),
  gaps: z.array(activityGapSchema),
  /** What looking costs. */
  cost: z.strictObject({
    tookMs: z.number(),
    /** Until the next sample. */
    nextInMs: z.number(),
    /** The server grants no connection beside the pool, so that one of the pool is used. */
    isFromPool: z.boolean(),
  }),
});
export type ActivitySample = z.infer<typeof activitySampleSchema>;

/** A batch of the stream `activity.watch`. */
export const activityBatchSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('sample'), sample: activitySampleSchema }),
  /** The server did not answer within the time limit of a sample. */
  z.strictObject({ type: z.literal('late'), afterMs: z.number(), nextInMs: z.number() }),
]);
export type ActivityBatch = z.infer<typeof activityBatchSchema>;

/** Which session, or which of its statements, is to be ended: as it was seen in a sample. */
export const interventionInputSchema = z.strictObject({
  id: dataSourceIdSchema,
  sessionId: z.string().max(100),
  /** For a cancel: the statement that was seen; null: whichever runs. */
  statementId: z.string().max(100).nullable(),
});
export type InterventionInput = z.infer<typeof interventionInputSchema>;

/**
 * - `sent`: the server was asked and will do it.
 * - `over`: the statement had ended already; nothing was done.
 * - `gone`: the session had ended already.
 */
export const interventionResultSchema = z.strictObject({ outcome: z.enum(['sent', 'over', 'gone']) });
export type InterventionOutcome = z.infer<typeof interventionResultSchema>['outcome'];
