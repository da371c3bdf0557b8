export { MetricsPanel } from './MetricsPanel.tsx';
export { useNewestSample, useSourceMetrics, useWatchMetrics } from './metrics.ts';
