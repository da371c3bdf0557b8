import { useEffect, useRef } from 'react';
import { keysWithoutFilter } from './keys.ts';
import { navigatorStore } from './navigator.ts';
import type { NavigatorRow } from './rows.ts';

interface ActiveRowOptions {
  readonly rows: readonly NavigatorRow[];
  readonly activeKey: string | null;
  readonly activeIndex: number;
  readonly isFiltering: boolean;
  readonly scrollTo: (index: number) => void;
}

/** Keeps the row with the keyboard focus in view, and after a search goes on from what was found. */
export function useActiveRow(options: ActiveRowOptions): void {
  const { rows, activeKey, activeIndex, isFiltering, scrollTo } = options;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the end of a search looks for where one was in it
  useEffect(() => {
    if (isFiltering || activeKey === null || activeIndex >= 0) return;
    const known = keysWithoutFilter(activeKey).find((key) => rows.some((row) => row.key === key));
    navigatorStore.getState().setActive(known ?? null);
  }, [isFiltering]);

  const place = `${isFiltering} ${activeKey}`;
  const scrolledTo = useRef<string | null>(null);
  useEffect(() => {
    // Only a move of the focus scrolls: opening a row above must not pull the list away from where somebody reads.
    if (activeIndex < 0 || scrolledTo.current === place) return;
    scrollTo(activeIndex);
    scrolledTo.current = place;
  }, [activeIndex, place, scrollTo]);
}
