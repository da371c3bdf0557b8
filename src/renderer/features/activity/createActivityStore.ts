import { createStore } from 'zustand/vanilla';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { ActivityBatch, InterventionInput } from '../../../shared/model/serverActivity.ts';
import type { call, openStream } from '../../lib/api.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import {
  type ActivityState,
  type Asked,
  emptyActivity,
  type Intervention,
  type SourceActivity,
} from './activityState.ts';
import { withSample } from './activityTrend.ts';

/** The way to main. */
export interface ActivityPorts {
  readonly openStream: typeof openStream;
  readonly call: typeof call;
}

const callOf = {
  cancel: 'activity.cancelStatement',
  terminate: 'activity.terminateSession',
} as const satisfies Record<Intervention, string>;

/** What the sessions of servers do, for those whose activity is on the screen. */
export function createActivityStore({ openStream, call }: ActivityPorts) {
  return createStore<ActivityState>()((set, get) => {
    const of = (id: DataSourceId): SourceActivity => get().byId[id] ?? emptyActivity;
    const patch = (id: DataSourceId, change: Partial<SourceActivity>): void =>
      set(({ byId }) => ({ byId: { ...byId, [id]: { ...(byId[id] ?? emptyActivity), ...change } } }));
    /** The open streams, of what is watched. */
    const streams = new Map<DataSourceId, () => void>();
    /** Several parts of the window may watch one server. */
    const watchers = new Map<DataSourceId, number>();
    const begin = (id: DataSourceId): void => {
      streams.get(id)?.();
      patch(id, { failure: null });
      const cancel = openStream(
        'activity.watch',
        { id },
        {
          onBatch: (batch) => patch(id, afterBatch(of(id), batch)),
          onEnd: () => undefined,
          onError: (error) => patch(id, { failure: errorDtoOf(error) }),
        },
      );
      streams.set(id, cancel);
    };

    return {
      byId: {},
      watch(id) {
        const count = watchers.get(id) ?? 0;
        watchers.set(id, count + 1);
        if (count === 0) begin(id);
        return () => {
          const left = (watchers.get(id) ?? 1) - 1;
          watchers.set(id, left);
          if (left > 0) return;
          streams.get(id)?.();
          streams.delete(id);
        };
      },
      sampleNow(id) {
        // Whoever is watched no more because of a pause begins when it is over.
        if (streams.has(id)) begin(id);
        else patch(id, { isPaused: false });
      },
      setPaused: (id, isPaused) => patch(id, { isPaused, failure: null }),
      show: (id, shows) => patch(id, { shows }),
      setFilter: (id, filter) => patch(id, { filter }),
      select: (id, selected) => patch(id, { selected }),
      ask: (id, asked) => patch(id, { asked }),
      dismiss: (id) => patch(id, { asked: null }),
      async confirm(id) {
        const { asked } = of(id);
        if (asked === null) return;
        patch(id, { asked: null, aftermath: { ...asked, status: 'running' } });
        try {
          const { outcome } = await call(callOf[asked.intervention], inputOf(id, asked));
          patch(id, { aftermath: { ...asked, status: 'done', outcome } });
          // What was paused stays as it was when it was paused.
          if (streams.has(id)) begin(id);
        } catch (error) {
          patch(id, { aftermath: { ...asked, status: 'failed', error: errorDtoOf(error) } });
        }
      },
    };
  });
}

function inputOf(id: DataSourceId, { intervention, session }: Asked): InterventionInput {
  const statementId = intervention === 'cancel' ? (session.statement?.id ?? null) : null;
  return { id, sessionId: session.id, statementId };
}

/** The selected session stays selected, as it is now or, once it has ended, as it was. */
function afterBatch({ selected, trend }: SourceActivity, batch: ActivityBatch): Partial<SourceActivity> {
  if (batch.type === 'late') return { late: batch };
  const { sample } = batch;
  const now = sample.sessions.find(({ id }) => id === selected?.id);
  const known = { trend: withSample(trend, sample), selected: now ?? selected };
  return { sample, late: null, failure: null, ...known };
}
