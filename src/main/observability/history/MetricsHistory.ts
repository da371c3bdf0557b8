import type { MetricsRange, MetricsRangeInput } from '../../../shared/model/metrics.ts';
import type { MetricsCollector } from '../MetricsCollector.ts';

export interface MetricsHistoryOptions {
  readonly metrics: Pick<MetricsCollector, 'samples'>;
}

/** What was measured on the data sources. */
export class MetricsHistory {
  readonly #options: MetricsHistoryOptions;

  constructor(options: MetricsHistoryOptions) {
    this.#options = options;
  }

  range({ id, from, to }: MetricsRangeInput): MetricsRange {
    const samples = this.#options.metrics.samples(id).filter(({ at }) => at >= from && at <= to);
    return {
      ...{ from, to, stepMs: 1_000, states: [] },
      points: samples.map(({ pool, decisions, ...point }) => point),
      decisions: samples.flatMap(({ decisions }) => decisions),
    };
  }
}
