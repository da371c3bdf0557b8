import { z } from 'zod';
import { errorDtoSchema } from '../errors/errorDto.ts';
import { dataSourceIdSchema } from './ids.ts';
import { resultColumnSchema, resultIdSchema, savingShape } from './results.ts';
import { runningShape, tabIdSchema } from './tabs.ts';

/** Longest statement, in UTF-16 units. */
export const maxStatementLength = 16_000_000;

/**
 * A value of a parameter, always bound. `text` leaves the type to the server, which knows it from where the parameter
 * stands.
 */
export const parameterValueSchema = z.strictObject({
  /** As it stands in the statement, without its colon or dollar: `pw`, `1`. */
  name: z.string().min(1).max(200),
  type: z.enum(['text', 'number', 'boolean', 'null']),
  value: z.string().max(1_000_000),
});
export type ParameterValue = z.infer<typeof parameterValueSchema>;

/** What a person is asked about before it runs. */
export const riskSchema = z.enum(['every-row', 'drop', 'production-write']);
export type Risk = z.infer<typeof riskSchema>;

/** How quotes and backslashes are read: see `LexicalModes`. */
const lexicalModesSchema = z.strictObject({ backslashEscapes: z.boolean(), quotedNames: z.boolean() });

/** What statements run in, and with. */
const runShape = {
  tabId: tabIdSchema,
  sourceId: dataSourceIdSchema,
  parameters: z.array(parameterValueSchema).max(500),
  /** What the person was asked about and agreed to. */
  acceptedRisks: z.array(riskSchema).max(3),
};

export const runInputSchema = z.strictObject({
  ...runShape,
  /** In order. */
  statements: z
    .array(
      z.strictObject({
        text: z.string().min(1).max(maxStatementLength),
        /** The lines of a `COPY … FROM STDIN`, without the closing `\.`; null when there are none. */
        data: z.string().max(maxStatementLength).nullable(),
        /** How it was read when it was cut out of its script. A session that would read it otherwise is not sent it. */
        modes: lexicalModesSchema,
      }),
    )
    .min(1)
    .max(100_000),
  ...runningShape,
  /** Most rows kept of each result; null: all of them. */
  rowLimit: z.int().min(1).nullable(),
});
export type RunInput = z.infer<typeof runInputSchema>;

/** A message of the server that is no error. */
export const noticeSchema = z.strictObject({
  severity: z.string().max(40),
  message: z.string(),
  detail: z.string().nullable(),
  hint: z.string().nullable(),
  code: z.string().max(10).nullable(),
});
export type Notice = z.infer<typeof noticeSchema>;

/** Why a tab keeps its connection for itself. */
export const heldStateSchema = z.enum([
  'transaction',
  'temporary-table',
  'setting',
  'listening',
  'lock',
  'prepared',
]);
export type HeldState = z.infer<typeof heldStateSchema>;

/** The session of a tab, while it has one. */
export const querySessionSchema = z.strictObject({
  backendId: z.int().nullable(),
  transaction: z.enum(['none', 'open', 'failed']),
  /** Empty when the connection goes back to the pool after the run. */
  holds: z.array(heldStateSchema),
  /** The schemas that unqualified names are looked up in, in order; null when the server did not say. */
  searchPath: z.array(z.string()).nullable(),
  /** How it reads statements; null as long as that is not known. */
  modes: lexicalModesSchema.nullable(),
  /** A pooler lends it for one transaction: nothing that a statement leaves in it lasts. */
  isLent: z.boolean().optional(),
});
export type QuerySession = z.infer<typeof querySessionSchema>;

const statementIndex = z.int().min(0);
const count = z.int().min(0);

/** What a run reports, in order. `index` is the statement's. */
export const runMessageSchema = z.discriminatedUnion('type', [
  /** Epoch milliseconds. */
  z.strictObject({ type: z.literal('started'), index: statementIndex, at: z.number() }),
  /** Rows are coming: the result can be looked at from now on. A procedure may have several. */
  z.strictObject({
    type: z.literal('result'),
    index: statementIndex,
    resultId: resultIdSchema,
    columns: z.array(resultColumnSchema),
  }),
  z.strictObject({
    type: z.literal('rows'),
    index: statementIndex,
    resultId: resultIdSchema,
    rowCount: count,
    byteCount: count,
    /** All rows are there, or those up to the limit, or up to a failure. */
    isComplete: z.boolean(),
    /** The limit of rows cut it short. */
    isLimited: z.boolean(),
  }),
  z.strictObject({ type: z.literal('notice'), index: statementIndex.nullable(), notice: noticeSchema }),
  /** Lines of a COPY went to the server. */
  z.strictObject({ type: z.literal('sent'), index: statementIndex, byteCount: count }),
  z.strictObject({
    type: z.literal('ended'),
    index: statementIndex,
    durationMs: z.number(),
    /** The server's word for what it did, such as `INSERT`, or `ROLLBACK` in answer to COMMIT. */
    command: z.string().nullable(),
    /** Rows that it changed; null when the server says nothing. */
    affectedCount: count.nullable(),
    /** Name of the file that a COPY TO STDOUT went to. */
    fileName: z.string().nullable(),
  }),
  z.strictObject({
    type: z.literal('failed'),
    index: statementIndex,
    durationMs: z.number(),
    error: errorDtoSchema,
    /** Where in the statement, in UTF-16 units; null when the server does not say. */
    position: z.int().min(0).nullable(),
  }),
  z.strictObject({ type: z.literal('session'), session: querySessionSchema.nullable() }),
]);
export type RunMessage = z.infer<typeof runMessageSchema>;

export const runBatchSchema = z.array(runMessageSchema).max(2_000);

/** What a session sends when nobody asked: in a run, or between two. */
export const notificationSchema = z.strictObject({
  channel: z.string(),
  payload: z.string(),
  backendId: z.int(),
});
export type Notification = z.infer<typeof notificationSchema>;

/** What happened to the session of a tab outside of a run. */
export const sessionEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('session'), tabId: tabIdSchema, session: querySessionSchema.nullable() }),
  /** It ended by itself; with what became of an open transaction in the words of the error. */
  z.strictObject({ type: z.literal('lost'), tabId: tabIdSchema, error: errorDtoSchema }),
  z.strictObject({ type: z.literal('notification'), tabId: tabIdSchema, notification: notificationSchema }),
  z.strictObject({ type: z.literal('notice'), tabId: tabIdSchema, notice: noticeSchema }),
  /** Tables and other objects of the data source were made, changed or dropped, for everybody to see. */
  z.strictObject({ type: z.literal('defined'), tabId: tabIdSchema, sourceId: dataSourceIdSchema }),
]);
export type SessionEvent = z.infer<typeof sessionEventSchema>;

/** Saves what a statement returns straight to a file, without keeping it. */
export const saveStatementInputSchema = z.strictObject({
  ...runShape,
  ...savingShape,
  statement: z.string().min(1).max(maxStatementLength),
  modes: lexicalModesSchema,
});

/** One statement that ran, as it ran. */
export const historyEntrySchema = z.strictObject({
  id: z.int(),
  sourceId: dataSourceIdSchema,
  /** As it was called then. */
  sourceName: z.string(),
  /** The first characters of a long one; `history.text` gives all of it. */
  text: z.string(),
  isShortened: z.boolean(),
  /** Epoch milliseconds. */
  startedAt: z.number(),
  durationMs: z.number(),
  rowCount: count.nullable(),
  outcome: z.enum(['done', 'failed', 'cancelled']),
  /** Title and detail of the error. */
  error: z.string().nullable(),
});
export type HistoryEntry = z.infer<typeof historyEntrySchema>;

export const historyPageInputSchema = z.strictObject({
  /** Only entries whose text holds it, case ignored. */
  search: z.string().max(200),
  sourceId: dataSourceIdSchema.nullable(),
  /** Only entries before this one; null: the newest. */
  beforeId: z.int().nullable(),
  limit: z.int().min(1).max(200),
});
export const historyPageSchema = z.strictObject({
  entries: z.array(historyEntrySchema),
  hasMore: z.boolean(),
});
