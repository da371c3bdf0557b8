import { z } from 'zod';
import { maxRangeEvents } from './historyLengths.ts';
import { dataSourceIdSchema } from './ids.ts';
import type { MetricsPoint } from './metrics.ts';
import { arePoints } from './packedPoints.ts';
import { scalingDecisionSchema } from './poolStats.ts';
import { sourceStatusSchema } from './sourceState.ts';

/** Epoch milliseconds, as far as a date goes. */
const momentSchema = z.number().min(-8.64e15).max(8.64e15);

export const metricsRangeInputSchema = z
  .strictObject({ id: dataSourceIdSchema, from: momentSchema, to: momentSchema })
  .refine(({ from, to }) => from <= to, { message: 'The range ends before it begins.' });
export type MetricsRangeInput = z.infer<typeof metricsRangeInputSchema>;

/** What was measured between two moments, in the finest resolution that is still kept of the first: as it is sent. */
export const metricsRangeSchema = z.strictObject({
  from: z.number(),
  to: z.number(),
  /** Length of the intervals. */
  stepMs: z.int(),
  /** Packed. Oldest first; none where nothing was measured, such as while the app was closed. */
  points: z.instanceof(Float64Array).refine(arePoints),
  /** Changes of state, oldest first. The first may be before the range: the state in which it begins. */
  states: z.array(z.strictObject({ at: z.number(), status: sourceStatusSchema })).max(maxRangeEvents),
  /** The last decisions of the scaler in the range, oldest first. */
  decisions: z.array(scalingDecisionSchema).max(maxRangeEvents),
});
export type PackedMetricsRange = z.infer<typeof metricsRangeSchema>;

/** The same, as both sides read it. */
export interface MetricsRange extends Omit<PackedMetricsRange, 'points'> {
  readonly points: readonly MetricsPoint[];
}
