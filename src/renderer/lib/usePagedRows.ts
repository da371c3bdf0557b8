import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useEffectEvent } from 'react';

interface PagedRows {
  /** Rows that were read. */
  readonly count: number;
  readonly rowHeightPx: number;
  /** What scrolls. */
  readonly viewportRef: RefObject<HTMLElement | null>;
  /** Reads the next page, if there is one: called when the last row comes near, and after each page for as long as it is. */
  readonly loadMore: () => void;
}

/** A list that is read page by page, of which only the rows in view exist. */
export function usePagedRows({ count, rowHeightPx, viewportRef, loadMore }: PagedRows) {
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => viewportRef.current,
    estimateSize: () => rowHeightPx,
    overscan: 8,
  });
  const rows = virtualizer.getVirtualItems();
  const isNearEnd = (rows.at(-1)?.index ?? -1) >= count - 1;
  const readOn = useEffectEvent(loadMore);
  useEffect(() => {
    if (isNearEnd && count > 0) readOn();
  }, [isNearEnd, count]);
  return {
    rows,
    totalHeightPx: virtualizer.getTotalSize(),
    show: (index: number): void => virtualizer.scrollToIndex(index),
  };
}
