import { z } from 'zod';

/** Pool options of one data source. Durations in milliseconds. */
export const poolSettingsSchema = z
  .strictObject({
    /** Connections kept open while the data source is in use; 0 keeps none. */
    min: z.int().min(0).max(100),
    /** Most connections open at any time. */
    max: z.int().min(1).max(100),
    /** An idle connection above `min` is closed after this long. */
    idleTimeoutMs: z.int().min(1_000).max(3_600_000),
    /** Longest wait for a free connection. */
    acquireTimeoutMs: z.int().min(100).max(600_000),
    /** A connection lent for longer is told as a leak, with the place in the code that borrowed it. */
    leakWarningMs: z.int().min(1_000).max(3_600_000).default(60_000),
    /** After this long a leaked connection is taken back and closed; null never takes one back. */
    leakReclaimMs: z.int().min(1_000).max(86_400_000).nullable().default(null),
  })
  .refine((pool) => pool.min <= pool.max, { error: 'The minimum must not exceed the maximum', path: ['min'] })
  .refine((pool) => pool.leakReclaimMs === null || pool.leakReclaimMs >= pool.leakWarningMs, {
    error: 'A leaked connection cannot be closed before it is reported',
    path: ['leakReclaimMs'],
  });
export type PoolSettings = z.infer<typeof poolSettingsSchema>;

export const defaultPoolSettings: PoolSettings = {
  min: 2,
  max: 10,
  idleTimeoutMs: 30_000,
  acquireTimeoutMs: 30_000,
  leakWarningMs: 60_000,
  leakReclaimMs: null,
};

/** Deadlines of one data source, in milliseconds. */
export const timeoutSettingsSchema = z.strictObject({
  /** DNS, TCP, TLS and authentication share this. */
  connectMs: z.int().min(1_000).max(300_000),
  /** One statement, on the server and guarded on our side. */
  queryMs: z.int().min(1_000).max(86_400_000),
  /** A transaction without a statement for this long is ended by the server, and guarded on our side. */
  idleInTransactionMs: z.int().min(1_000).max(86_400_000).default(60_000),
  /** A statement that takes longer is marked as slow, and logged; 0: none is. It limits nothing. */
  slowStatementMs: z.int().min(0).max(86_400_000).default(0),
});
export type TimeoutSettings = z.infer<typeof timeoutSettingsSchema>;

export const defaultTimeoutSettings: TimeoutSettings = {
  connectMs: 30_000,
  queryMs: 60_000,
  idleInTransactionMs: 60_000,
  slowStatementMs: 0,
};
