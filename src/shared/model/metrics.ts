import { z } from 'zod';
import { metricsHistoryLength, scalingHistoryLength } from './historyLengths.ts';
import { dataSourceIdSchema } from './ids.ts';
import { poolStatsSchema, scalingDecisionSchema } from './poolStats.ts';

/**
 * One second of one data source. Rates are per second, latencies milliseconds; null where nothing was measured. Queries are
 * what people ran; what Mooring runs to show schemas or to see whether a connection lives does not count.
 */
export const metricsSampleSchema = z.strictObject({
  /** Epoch milliseconds of the end of the second. */
  at: z.number(),
  pool: poolStatsSchema,
  queriesPerSecond: z.number(),
  /** Failed and timed out. */
  errorsPerSecond: z.number(),
  /** Cancelled before they ended: part of the queries, no errors, and not in the latencies. */
  cancelsPerSecond: z.number(),
  latencyP50Ms: z.number().nullable(),
  latencyP95Ms: z.number().nullable(),
  /** Round trip of the last health check. */
  healthMs: z.number().nullable(),
  /** What the scaler decided in this second. */
  decisions: z.array(scalingDecisionSchema).max(scalingHistoryLength),
});
export type MetricsSample = z.infer<typeof metricsSampleSchema>;

export const metricsHistorySchema = z.strictObject({
  id: dataSourceIdSchema,
  samples: z.array(metricsSampleSchema).max(metricsHistoryLength),
  /** The last decisions of the scaler, oldest first; they may be older than the samples. */
  decisions: z.array(scalingDecisionSchema).max(scalingHistoryLength),
  totals: z.strictObject({
    queries: z.int(),
    errors: z.int(),
    cancels: z.int(),
    connectsOk: z.int(),
    connectsFailed: z.int(),
  }),
});
export type MetricsHistory = z.infer<typeof metricsHistorySchema>;
