import type { Clock } from '../base/Clock.ts';
import { MetricsHistory } from '../observability/history/MetricsHistory.ts';
import type { Logger } from '../observability/Logger.ts';
import { MetricsCollector } from '../observability/MetricsCollector.ts';
import type { OpenStore } from './openStore.ts';

export interface MetricsFeatureOptions {
  readonly store: OpenStore;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What is measured on the data sources, and what is kept of it. */
export function createMetrics({ store, clock, logger }: MetricsFeatureOptions) {
  const metrics = new MetricsCollector(clock);
  const metricsHistory = new MetricsHistory({
    repository: store.metrics,
    samplesOf: (id) => metrics.samples(id),
    clock,
    logger,
  });
  metrics.onMeasured.on((second) => metricsHistory.measured(second));
  return {
    metrics,
    metricsHistory,
    stop: { name: 'metrics', limitMs: 50, run: () => metricsHistory.stop() },
  };
}
