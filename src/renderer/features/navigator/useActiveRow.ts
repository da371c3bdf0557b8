import { useEffect, useEffectEvent, useRef } from 'react';
import type { FilterWords } from '../../lib/textRank.ts';
import { keysWithoutFilter } from './keys.ts';
import { navigatorStore } from './navigator.ts';
import type { NavigatorRow } from './rows.ts';

interface ActiveRowOptions {
  readonly rows: readonly NavigatorRow[];
  readonly activeKey: string | null;
  readonly activeIndex: number;
  readonly words: FilterWords;
  readonly scrollTo: (index: number) => void;
}

/** Keeps the row with the keyboard focus in view, and after a search goes on from what was found. */
export function useActiveRow(options: ActiveRowOptions): void {
  const { rows, activeKey, activeIndex, words, scrollTo } = options;
  const isFiltering = words.length > 0;
  const place = `${isFiltering} ${activeKey}`;
  const scrolledTo = useRef<string | null>(null);
  const goOnWithoutFilter = useEffectEvent(() => {
    if (activeKey === null || activeIndex >= 0) return;
    const known = keysWithoutFilter(activeKey).find((key) => rows.some((row) => row.key === key));
    navigatorStore.getState().setActive(known ?? null);
  });
  useEffect(() => {
    scrolledTo.current = null;
    if (!isFiltering) goOnWithoutFilter();
  }, [isFiltering]);

  // What fits best stands at the top.
  useEffect(() => {
    if (words.length > 0) scrollTo(0);
  }, [words, scrollTo]);
  useEffect(() => {
    // Only a move of the focus scrolls: opening a row above must not pull the list away from where somebody reads.
    if (activeIndex < 0 || scrolledTo.current === place) return;
    scrollTo(activeIndex);
    scrolledTo.current = place;
  }, [activeIndex, place, scrollTo]);
}
