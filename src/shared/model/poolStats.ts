import { z } from 'zod';

/** What a pool holds at one moment. `total` counts open connections: in use and idle; `connecting` come on top. */
export const poolStatsSchema = z.strictObject({
  total: z.int(),
  inUse: z.int(),
  idle: z.int(),
  /** Of those in use, how many query tabs keep for themselves. */
  pinned: z.int(),
  connecting: z.int(),
  waiting: z.int(),
  min: z.int(),
  max: z.int(),
  /** How many connections the scaler keeps open while nobody needs more; from `min` to `max`. */
  target: z.int(),
  /** The most that the server grants at present; `max` until it refused one. */
  ceiling: z.int(),
  /** Lent for longer than the leak warning allows. */
  leaked: z.int(),
  /** Of `max`, how many runs of pipelines have, in a process of their own; they are not in `total`. */
  reserved: z.int(),
});
export type PoolStats = z.infer<typeof poolStatsSchema>;

/** Why the scaler moved its target, or the pool its ceiling. */
const scalingReasonSchema = z.enum([
  /** Callers waited too long. */
  'waiting',
  /** Most connections were in use. */
  'busy',
  /** Fewer would have done for a while. */
  'idle',
  /** The server refused another connection. */
  'server-limit',
  /** Time has passed since it refused: more are tried. */
  'limit-lifted',
]);

/** One move, with the figures that explain it. */
export const scalingDecisionSchema = z.strictObject({
  /** Epoch milliseconds. */
  at: z.number(),
  reason: scalingReasonSchema,
  from: z.int(),
  to: z.int(),
  /** 95th percentile of the wait for a connection, in the window that decided; null when nobody waited. */
  waitP95Ms: z.number().nullable(),
  /** Mean share of connections in use, 0 to 1. */
  use: z.number(),
  /** Callers a second. */
  arrivalsPerSecond: z.number(),
});
export type ScalingDecision = z.infer<typeof scalingDecisionSchema>;
