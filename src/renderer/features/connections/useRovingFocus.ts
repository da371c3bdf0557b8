import { type RefObject, useEffect, useRef, useState } from 'react';

interface RovingFocus {
  readonly activeIndex: number;
  readonly setActiveId: (id: string) => void;
  readonly focusIndex: (index: number) => void;
}

/**
 * Keeps one row of a list in the tab order and moves the focus between rows. When the row with the focus is deleted,
 * its neighbour gets it, so that the keyboard never loses its place.
 */
export function useRovingFocus(
  ids: readonly string[],
  selectedId: string | null,
  listRef: RefObject<HTMLElement | null>,
  scrollTo: (index: number) => void,
): RovingFocus {
  const [activeId, setActiveId] = useState<string | null>(null);
  const lastIndex = useRef(0);
  const wanted = activeId ?? selectedId;
  const found = wanted === null ? -1 : ids.indexOf(wanted);
  const activeIndex = found >= 0 ? found : Math.min(lastIndex.current, Math.max(0, ids.length - 1));

  const focusIndex = (index: number) => {
    const id = ids[index];
    if (id === undefined) return;
    setActiveId(id);
    scrollTo(index);
    // The row may be drawn only after the list has scrolled to it.
    requestAnimationFrame(() => {
      listRef.current?.querySelector<HTMLElement>(`[data-source-id="${CSS.escape(id)}"]`)?.focus();
    });
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change of the rows can take the focus away
  useEffect(() => {
    if (found >= 0) lastIndex.current = found;
    else if (activeId !== null && document.activeElement === document.body) focusIndex(activeIndex);
  }, [ids, found]);

  return { activeIndex, setActiveId, focusIndex };
}
