import { useDocumentVisibility } from '@mantine/hooks';
import { type RefObject, useEffect, useState } from 'react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { activityStore } from './activity.ts';

/** Whether an element is drawn: that of a tab behind another one is not. */
function useIsDrawn(ref: RefObject<HTMLElement | null>): boolean {
  const [isDrawn, setIsDrawn] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const observer = new IntersectionObserver(([entry]) => setIsDrawn(entry?.isIntersecting === true));
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return isDrawn;
}

/** Has samples taken for as long as somebody can see them: the tab is drawn, the window shown, and nothing paused. */
export function useWatch(
  id: DataSourceId,
  ref: RefObject<HTMLElement | null>,
  isPaused: boolean,
  isConnected: boolean,
): void {
  const isDrawn = useIsDrawn(ref);
  const isShown = useDocumentVisibility() === 'visible';
  const isWanted = isDrawn && isShown && isConnected && !isPaused;
  useEffect(() => (isWanted ? activityStore.getState().watch(id) : undefined), [id, isWanted]);
}
