/** Door of the figures of a data source. The charts are loaded when they are first shown. */
import { lazy } from 'react';

export { useHasMetrics, useNewestSample, useSourceMetrics, useWatchMetrics } from './metrics.ts';

export const MetricsPanel = lazy(async () => ({
  default: (await import('./MetricsPanel.tsx')).MetricsPanel,
}));
