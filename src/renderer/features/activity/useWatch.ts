import { useEffect } from 'react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { activityStore } from './activity.ts';

/** Has samples taken for as long as they are wanted: somebody can see them, and nothing is paused. */
export function useWatch(id: DataSourceId, isWanted: boolean): void {
  useEffect(() => (isWanted ? activityStore.getState().watch(id) : undefined), [id, isWanted]);
}
