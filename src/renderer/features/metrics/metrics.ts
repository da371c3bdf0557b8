import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { MetricsSample } from '../../../shared/model/metrics.ts';
import type { MetricsRange, MetricsRangeInput } from '../../../shared/model/metricsRange.ts';
import { unpackPoints } from '../../../shared/model/packedPoints.ts';
import { call, onEvent } from '../../lib/api.ts';
import { latestValue } from '../../lib/loadable.ts';
import { useLoadable } from '../../lib/useLoadable.ts';
import { createMetricsStore, type SourceMetrics } from './createMetricsStore.ts';
import { MetricsView } from './MetricsView.ts';
import { rangeLengths } from './metricsRanges.ts';

const now = (): number => Date.now();

/** @throws ApiError */
async function loadRange(input: MetricsRangeInput, signal?: AbortSignal): Promise<MetricsRange> {
  const range = await call('metrics.range', input, { ...(signal !== undefined && { signal }) });
  return { ...range, points: unpackPoints(range.points) };
}

const metricsStore = createMetricsStore({
  range: (input) => loadRange(input),
  onSample: (listener) => onEvent('metrics.sample', listener),
  onState: (listener) => onEvent('dataSources.state', listener),
  now,
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

/**
 * Whether anything was measured of a data source in the time for which figures are kept.
 * @param isAsked false: nobody wants to know now
 */
export function useHasMetrics(sourceId: DataSourceId, isAsked: boolean): boolean {
  const { loadable } = useLoadable(isAsked ? sourceId : null, (signal) =>
    call('metrics.range', { id: sourceId, from: now() - rangeLengths.week, to: now() }, { signal }),
  );
  return (latestValue(loadable)?.points.length ?? 0) > 0;
}

/** The newest minutes of a watched data source; null before there are any. */
function livePicture(sourceId: DataSourceId): MetricsRange | null {
  const metrics = metricsStore.getState().byId[sourceId];
  const to = metrics?.ring.newest?.at;
  if (metrics === undefined || to === undefined) return null;
  const from = to - rangeLengths.live;
  const { ring, states, decisions } = metrics;
  return {
    from,
    to,
    stepMs: 1_000,
    points: [...ring.since(from)],
    states: [...states],
    decisions: [...decisions],
  };
}

/** What the charts of a data source show: at first the newest minutes or, where nothing is measured now, the last day. */
export const metricsViewOf = (sourceId: DataSourceId, isMeasured: boolean): MetricsView =>
  new MetricsView(
    {
      load: (span, signal) => loadRange({ id: sourceId, ...span }, signal),
      live: () => livePicture(sourceId),
      onLive: (listener) =>
        metricsStore.subscribe((state, before) => {
          if (state.byId[sourceId] !== before.byId[sourceId]) listener();
        }),
      now,
    },
    isMeasured ? 'live' : 'day',
  );
