import { type RefObject, useEffect } from 'react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { useIsSeen } from '../../lib/useIsSeen.ts';
import { activityStore } from './activity.ts';

/** Has samples taken for as long as somebody can see them, and nothing is paused. */
export function useWatch(
  id: DataSourceId,
  ref: RefObject<HTMLElement | null>,
  isPaused: boolean,
  isConnected: boolean,
): void {
  const isWanted = useIsSeen(ref) && isConnected && !isPaused;
  useEffect(() => (isWanted ? activityStore.getState().watch(id) : undefined), [id, isWanted]);
}
