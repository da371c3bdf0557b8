import { createStore } from 'zustand/vanilla';
import type { MetricsRange, MetricsSample } from '../../../shared/model/metrics.ts';
import type { ScalingDecision } from '../../../shared/model/poolStats.ts';
import { withDecisions } from './knownDecisions.ts';
import { SampleRing } from './SampleRing.ts';

/** Where samples come from. */
interface MetricsApi {
  history(sourceId: string): Promise<Pick<MetricsRange, 'points' | 'decisions'>>;
  onSample(listener: (event: { id: string; sample: MetricsSample }) => void): () => void;
}

/** What is known of one data source. A new object for each sample; the ring itself stays the same. */
export interface SourceMetrics {
  readonly ring: SampleRing;
  /** The newest sample that came; the history has none. */
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
function joined(history: Pick<MetricsRange, 'points' | 'decisions'>, arrived: SourceMetrics): SourceMetrics {
  const ring = new SampleRing();
  for (const point of history.points) ring.add(point);
  for (const sample of arrived.ring.since(0)) ring.add(sample);
  return { ...arrived, ring, decisions: withDecisions(history.decisions, arrived.decisions) };
}

/** Live figures of the data sources on the screen. */
export function createMetricsStore(api: MetricsApi) {
  return createStore<MetricsState>()((set, get) => {
    const put = (sourceId: string, metrics: SourceMetrics): void =>
      set(({ byId }) => ({ byId: { ...byId, [sourceId]: metrics } }));

    const follow = (sourceId: string): (() => void) => {
      put(sourceId, { ring: new SampleRing(), newest: null, decisions: [] });
      let isWatching = true;
      const stopEvents = api.onSample(({ id, sample }) => {
        const known = get().byId[sourceId];
        if (id !== sourceId || known === undefined || !known.ring.add(sample)) return;
        const decisions = withDecisions(known.decisions, sample.decisions);
        put(sourceId, { ring: known.ring, newest: sample, decisions });
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
