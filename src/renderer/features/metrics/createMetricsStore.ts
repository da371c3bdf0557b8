import { createStore } from 'zustand/vanilla';
import type { MetricsHistory, MetricsSample } from '../../../shared/model/metrics.ts';
import { SampleRing } from './SampleRing.ts';

/** Where samples come from. */
interface MetricsApi {
  history(sourceId: string): Promise<MetricsHistory>;
  onSample(listener: (event: { id: string; sample: MetricsSample }) => void): () => void;
}

/** What is known of one data source. A new object for each sample; the ring itself stays the same. */
export interface SourceMetrics {
  readonly ring: SampleRing;
  readonly newest: MetricsSample | null;
}

interface MetricsState {
  /** Only of the data sources that somebody watches. */
  readonly byId: Readonly<Record<string, SourceMetrics>>;
  /** Follows a data source, beginning with its history; the returned function stops and forgets. */
  readonly watch: (sourceId: string) => () => void;
}

/** A ring with the history and, after it, the samples that came while the history was under way. */
function joinedRing({ samples }: MetricsHistory, arrived: SampleRing): SampleRing {
  const ring = new SampleRing();
  for (const sample of samples) ring.add(sample);
  for (const sample of arrived.since(0)) ring.add(sample);
  return ring;
}

/** Live figures of the data sources on the screen. */
export function createMetricsStore(api: MetricsApi) {
  return createStore<MetricsState>()((set, get) => {
    const put = (sourceId: string, ring: SampleRing): void =>
      set(({ byId }) => ({ byId: { ...byId, [sourceId]: { ring, newest: ring.newest } } }));

    return {
      byId: {},
      watch(sourceId) {
        put(sourceId, new SampleRing());
        let isWatching = true;
        const stopEvents = api.onSample(({ id, sample }) => {
          const ring = get().byId[sourceId]?.ring;
          if (id === sourceId && ring?.add(sample) === true) put(sourceId, ring);
        });
        api.history(sourceId).then(
          (history) => {
            const ring = get().byId[sourceId]?.ring;
            if (isWatching && ring !== undefined) put(sourceId, joinedRing(history, ring));
          },
          // Without a history the charts begin empty and fill by themselves.
          () => undefined,
        );
        return () => {
          isWatching = false;
          stopEvents();
          set(({ byId: { [sourceId]: _, ...others } }) => ({ byId: others }));
        };
      },
    };
  });
}
