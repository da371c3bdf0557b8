import type { MetricsSample } from '../../../shared/model/metrics.ts';

/** What a sample says of the statements that people ran in one second. */
export interface SampledStatements {
  readonly perSecond: number;
  readonly errorsPerSecond: number;
  /** Null: none ended that counts. */
  readonly p95Ms: number | null;
}

/** The only place of alerts that knows how a sample says it. */
export const sampledStatements = (sample: MetricsSample): SampledStatements => ({
  perSecond: sample.statementsPerSecond.user,
  errorsPerSecond: sample.errorsPerSecond.user,
  p95Ms: sample.latency?.p95 ?? null,
});
