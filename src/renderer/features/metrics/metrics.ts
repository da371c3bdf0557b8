import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { MetricsSample } from '../../../shared/model/metrics.ts';
import { call, onEvent } from '../../lib/api.ts';
import { createMetricsStore, type SourceMetrics } from './createMetricsStore.ts';

/** As long as the second is kept as the finest resolution. */
const shownMs = 5 * 60_000;

const metricsStore = createMetricsStore({
  history: (id) => {
    const now = Date.now();
    return call('metrics.range', { id, from: now - shownMs, to: now });
  },
  onSample: (listener) => onEvent('metrics.sample', listener),
});

/** Follows the figures of a data source for as long as the caller is mounted. */
export function useWatchMetrics(sourceId: DataSourceId): void {
  useEffect(() => metricsStore.getState().watch(sourceId), [sourceId]);
}

/** All that is known of a watched data source; null before the first moment. */
export function useSourceMetrics(sourceId: DataSourceId): SourceMetrics | null {
  return useStore(metricsStore, (state) => state.byId[sourceId] ?? null);
}

/** The newest second of a watched data source; null before there is one. */
export function useNewestSample(sourceId: DataSourceId): MetricsSample | null {
  return useStore(metricsStore, (state) => state.byId[sourceId]?.newest ?? null);
}
