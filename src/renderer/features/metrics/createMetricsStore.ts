import { createStore } from 'zustand/vanilla';
import type { MetricsSample } from '../../../shared/model/metrics.ts';
import type { MetricsRange } from '../../../shared/model/metricsRange.ts';
import type { ScalingDecision } from '../../../shared/model/poolStats.ts';
import type { SourceState } from '../../../shared/model/sourceState.ts';
import type { Span } from '../../components/charts/chartData.ts';
import { withDecisions } from './knownDecisions.ts';
import { rangeLengths } from './metricsRanges.ts';
import { SampleRing } from './SampleRing.ts';
import { type StateChange, withState } from './stateChanges.ts';

/** Where figures come from. */
interface MetricsApi {
  range(input: Span & { id: string }): Promise<MetricsRange>;
  onSample(listener: (event: { id: string; sample: MetricsSample }) => void): () => void;
  onState(listener: (event: { id: string; state: SourceState }) => void): () => void;
  now(): number;
}

/** What is known of one data source. A new object for each sample; the ring itself stays the same. */
export interface SourceMetrics {
  readonly ring: SampleRing;
  /** Of this session; the ring begins with what was measured before. */
  readonly newest: MetricsSample | null;
  /** The last decisions of the scaler, oldest first; they may be older than the samples. */
  readonly decisions: readonly ScalingDecision[];
  /** Oldest first; the first one is from before. */
  readonly states: readonly StateChange[];
}

interface MetricsState {
  /** Only of the data sources that somebody watches. */
  readonly byId: Readonly<Record<string, SourceMetrics>>;
  /** Follows a data source, beginning with its history; the last of the returned functions stops and forgets. */
  readonly watch: (sourceId: string) => () => void;
}

const nothing = (): SourceMetrics => ({ ring: new SampleRing(), newest: null, decisions: [], states: [] });

/** The history and, after it, what came while it was under way. */
function joined(history: MetricsRange, arrived: SourceMetrics): SourceMetrics {
  const ring = new SampleRing();
  for (const point of history.points) ring.add(point);
  for (const point of arrived.ring.since(0)) ring.add(point);
  return {
    ...arrived,
    ring,
    decisions: withDecisions(history.decisions, arrived.decisions),
    states: arrived.states.reduce(withState, history.states),
  };
}

/** Live figures of the data sources on the screen. */
export function createMetricsStore(api: MetricsApi) {
  return createStore<MetricsState>()((set, get) => {
    const put = (sourceId: string, metrics: SourceMetrics): void =>
      set(({ byId }) => ({ byId: { ...byId, [sourceId]: metrics } }));

    const follow = (sourceId: string): (() => void) => {
      put(sourceId, nothing());
      let isWatching = true;
      const stopSamples = api.onSample(({ id, sample }) => {
        const known = get().byId[sourceId];
        if (id !== sourceId || known === undefined || !known.ring.add(sample)) return;
        const decisions = withDecisions(known.decisions, sample.decisions);
        put(sourceId, { ...known, newest: sample, decisions });
      });
      const stopStates = api.onState(({ id, state }) => {
        const known = get().byId[sourceId];
        if (id !== sourceId || known === undefined) return;
        const states = withState(known.states, { at: api.now(), status: state.status });
        if (states !== known.states) put(sourceId, { ...known, states });
      });
      const to = api.now();
      api.range({ id: sourceId, from: to - rangeLengths.live, to }).then(
        (history) => {
          const arrived = get().byId[sourceId];
          if (isWatching && arrived !== undefined) put(sourceId, joined(history, arrived));
        },
        // Without a history the charts begin empty and fill by themselves.
        () => undefined,
      );
      return () => {
        isWatching = false;
        stopSamples();
        stopStates();
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
