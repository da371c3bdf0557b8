import type { Clock } from '../base/Clock.ts';
import type { OtherDatabases } from '../dataSources/databases/OtherDatabases.ts';
import { MetricsHistory } from '../observability/history/MetricsHistory.ts';
import type { Logger } from '../observability/Logger.ts';
import { MetricsCollector } from '../observability/MetricsCollector.ts';
import type { OpenStore } from './openStore.ts';

export interface MetricsFeatureOptions {
  readonly store: OpenStore;
  readonly others: OtherDatabases;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What is measured on the data sources, and what is kept of it. */
export function createMetrics({ store, others, clock, logger }: MetricsFeatureOptions) {
  const metrics = new MetricsCollector(clock);
  const metricsHistory = new MetricsHistory({
    repository: store.metrics,
    samplesOf: (id) => metrics.samples(id),
    clock,
    logger,
  });
  metrics.onMeasured.on((second) => {
    // Nothing is kept of what is not saved.
    if (others.originOf(second.id) === null) metricsHistory.measured(second);
  });
  return {
    metrics,
    metricsHistory,
    stop: { name: 'metrics', limitMs: 50, run: () => metricsHistory.stop() },
  };
}
