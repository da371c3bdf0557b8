import { useStore } from 'zustand';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { call, openStream } from '../../lib/api.ts';
import { emptyActivity, type SourceActivity } from './activityState.ts';
import { createActivityStore } from './createActivityStore.ts';

export const activityStore = createActivityStore({ call, openStream });

/** What is shown of a server. */
export function useActivity(id: DataSourceId): SourceActivity {
  return useStore(activityStore, (state) => state.byId[id] ?? emptyActivity);
}

/** Whether a server has been sampled already. */
export function useHasActivity(id: DataSourceId): boolean {
  return useStore(activityStore, (state) => (state.byId[id]?.sample ?? null) !== null);
}
