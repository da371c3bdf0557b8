import { z } from 'zod';
import { scalingHistoryLength } from './historyLengths.ts';
import { poolStatsSchema, scalingDecisionSchema } from './poolStats.ts';

/** Durations in milliseconds, each within 5 % of the true percentile. */
export const percentilesSchema = z.strictObject({ p50: z.number(), p95: z.number(), p99: z.number() });
export type Percentiles = z.infer<typeof percentilesSchema>;

/** Per second: of statements that people ran, of reads of the catalogue, and of health checks. */
const ratesByPurposeSchema = z.strictObject({ user: z.number(), catalogue: z.number(), health: z.number() });

/** HTTP requests per second by class of status; `none` were never answered. */
const ratesByStatusSchema = z.strictObject({
  '2xx': z.number(),
  '3xx': z.number(),
  '4xx': z.number(),
  '5xx': z.number(),
  none: z.number(),
});

/** What only requests to an API have. */
const requestPointSchema = z.strictObject({
  statusesPerSecond: ratesByStatusSchema,
  /** How long requests waited for a rate limit, or before they were sent again. */
  wait: percentilesSchema.nullable(),
  /** The fewest requests that the API still allowed in its period; null when it did not say. */
  remaining: z.number().nullable(),
});

/** One interval of one data source. Rates are per second, latencies milliseconds; null where nothing was measured. */
export const metricsPointSchema = z.strictObject({
  /** Epoch milliseconds of the end of the interval. */
  at: z.number(),
  /** As at the end of one second; the mean over a longer interval. `pinned` ones are part of those in use. */
  connections: z.strictObject({
    inUse: z.number(),
    idle: z.number(),
    pinned: z.number(),
    waiting: z.number(),
    ceiling: z.number(),
  }),
  /** The most in the interval. */
  most: z.strictObject({ inUse: z.number(), waiting: z.number() }),
  statementsPerSecond: ratesByPurposeSchema,
  /** Failed and timed out. */
  errorsPerSecond: ratesByPurposeSchema,
  /** Of statements of people, cancelled before they ended: part of the statements, no errors, and not in the latencies. */
  cancelsPerSecond: z.number(),
  /** Of statements that people ran. */
  latency: percentilesSchema.nullable(),
  /** How long callers waited for a connection that was not free, whether they got one or gave up. */
  wait: percentilesSchema.nullable(),
  /** Round trip of the last health check; the mean over a longer interval. */
  healthMs: z.number().nullable(),
  /** Null before the first request since the start of the app, and always for an engine that sends statements. */
  requests: requestPointSchema.nullable(),
});
export type MetricsPoint = z.infer<typeof metricsPointSchema>;

/** One second of one data source, as it ends. */
export const metricsSampleSchema = metricsPointSchema.extend({
  pool: poolStatsSchema,
  /** What the scaler decided in this second. */
  decisions: z.array(scalingDecisionSchema).max(scalingHistoryLength),
});
export type MetricsSample = z.infer<typeof metricsSampleSchema>;
