import { createStore } from 'zustand/vanilla';
import type { MetricsHistory, MetricsSample } from '../../../shared/model/metrics.ts';
import type { ScalingDecision } from '../../../shared/model/poolStats.ts';
import { withDecisions } from './knownDecisions.ts';
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
  /** The last decisions of the scaler, oldest first; they may be older than the samples. */
  readonly decisions: readonly ScalingDecision[];
}

interface MetricsState {
  /** Only of the data sources that somebody watches. */
  readonly byId: Readonly<Record<string, SourceMetrics>>;
  /** Follows a data source, beginning with its history; the last of the returned functions stops and forgets. */
  readonly watch: (sourceId: string) => () => void;
}

/** The history and, after it, what came while it was under way. */
function joined(history: MetricsHistory, arrived: SourceMetrics): Omit<SourceMetrics, 'newest'> {
  const ring = new SampleRing();
  for (const sample of history.samples) ring.add(sample);
  for (const sample of arrived.ring.since(0)) ring.add(sample);
  return { ring, decisions: withDecisions(history.decisions, arrived.decisions) };
}

/** Live figures of the data sources on the screen. */
export function createMetricsStore(api: MetricsApi) {
  return createStore<MetricsState>()((set, get) => {
    const put = (sourceId: string, { ring, decisions }: Omit<SourceMetrics, 'newest'>): void =>
      set(({ byId }) => ({ byId: { ...byId, [sourceId]: { ring, newest: ring.newest, decisions } } }));

    const follow = (sourceId: string): (() => void) => {
      put(sourceId, { ring: new SampleRing(), decisions: [] });
      let isWatching = true;
      const stopEvents = api.onSample(({ id, sample }) => {
        const known = get().byId[sourceId];
        if (id !== sourceId || known === undefined || !known.ring.add(sample)) return;
        put(sourceId, { ring: known.ring, decisions: withDecisions(known.decisions, sample.decisions) });
      });
      api.history(sourceId).then(
        (history) => {
          const arrived = get().byId[sourceId];
          if (isWatching && arrived !== undefined) put(sourceId, joined(history, arrived));
        },
        // Without a history the charts begin empty and fill by themselves.
        () => undefined,
      );
      return () => {
        isWatching = false;
        stopEvents();
        set(({ byId: { [sourceId]: _, ...others } }) => ({ byId: others }));
      };
    };
    /** Several parts of the window may watch one data source. */
    const watched = new Map<string, { count: number; readonly stop: () => void }>();

    return {
      byId: {},
      watch(sourceId) {
        const known = watched.get(sourceId);
        const watching = known ?? { count: 0, stop: follow(sourceId) };
        watching.count += 1;
        watched.set(sourceId, watching);
        return () => {
          watching.count -= 1;
          if (watching.count > 0) return;
          watched.delete(sourceId);
          watching.stop();
        };
      },
    };
  });
}
