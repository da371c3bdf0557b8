import { z } from 'zod';
import { dataSourceIdSchema } from './ids.ts';

/** Most statements that are told apart in a data source. */
export const maxStatementCount = 500;
/** Longest beginning of a statement in a list, in UTF-16 units. */
export const maxListedLength = 400;
/** Longest normal form, in UTF-16 units. */
export const maxFormLength = 2_000;

/** Names a normal form: the first 16 hexadecimal digits of its SHA-256. */
export const fingerprintSchema = z.string().regex(/^[\da-f]{16}$/);

export const statementColumnSchema = z.enum([
  'statement',
  'calls',
  'totalMs',
  'meanMs',
  'p50Ms',
  'p95Ms',
  'p99Ms',
  'rows',
  'errors',
  'slow',
  'lastAt',
]);
export type StatementColumn = z.infer<typeof statementColumnSchema>;

/**
 * All runs of the statements that share a normal form. Times are of those that were not cancelled: when somebody lost
 * patience says nothing about how long the server takes.
 */
const figuresShape = {
  fingerprint: fingerprintSchema,
  calls: z.int(),
  totalMs: z.number(),
  /** Null while every run was cancelled. */
  meanMs: z.number().nullable(),
  /** Percentiles, within 5 %. */
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
  /** Rows that came, or that were changed. */
  rows: z.number(),
  /** Time-outs included. */
  errors: z.int(),
  cancels: z.int(),
  /** Runs that took longer than the data source's threshold. */
  slow: z.int(),
  /** Start of the first run, and end of the last one; epoch milliseconds. */
  firstAt: z.number(),
  lastAt: z.number(),
  /** Time spent in each of the last 24 hours, in milliseconds; the running one last. */
  trend: z.array(z.number()).length(24),
};

export const listedStatementSchema = z.strictObject({
  ...figuresShape,
  /** The beginning of its normal form. */
  text: z.string().max(maxListedLength),
});
export type ListedStatement = z.infer<typeof listedStatementSchema>;

export const statementPageInputSchema = z.strictObject({
  id: dataSourceIdSchema,
  /** A part of the normal form. */
  search: z.string().max(200),
  sort: z.strictObject({ column: statementColumnSchema, isDescending: z.boolean() }),
  offset: z.int().min(0),
  limit: z.int().min(1).max(maxStatementCount),
  /** That of the page which the window has: when it is still the newest, there is nothing to send. */
  revision: z.int().nullable(),
});
export type StatementPageInput = z.infer<typeof statementPageInputSchema>;

export const statementPageSchema = z.strictObject({
  /** Counts what has changed. */
  revision: z.int(),
  statements: z.array(listedStatementSchema).max(maxStatementCount),
  /** How many match the search, and how many there are. */
  matchCount: z.int(),
  totalCount: z.int(),
  /** Statements that were given up for others since Mooring started. */
  droppedCount: z.int(),
  /** What a statement must exceed to be slow; 0: nothing is. */
  slowStatementMs: z.int(),
});
export type StatementPage = z.infer<typeof statementPageSchema>;

/** One run. */
export const statementRunSchema = z.strictObject({
  /** Its end, in epoch milliseconds. */
  at: z.number(),
  durationMs: z.number(),
  rows: z.number(),
  outcome: z.enum(['ok', 'error', 'cancelled', 'timeout']),
});
export type StatementRun = z.infer<typeof statementRunSchema>;

export const statementDetailSchema = z.strictObject({
  fingerprint: fingerprintSchema,
  normalForm: z.string().max(maxFormLength),
  /** The longest first. */
  slowest: z.array(statementRunSchema),
  /** The server's codes, or Mooring's; the most frequent first. */
  errors: z.array(z.strictObject({ code: z.string().max(64), count: z.int() })),
});
export type StatementDetail = z.infer<typeof statementDetailSchema>;

export const byFingerprintSchema = z.strictObject({ id: dataSourceIdSchema, fingerprint: fingerprintSchema });
