import { useCallback, useEffect, useEffectEvent, useId, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { call } from '../../lib/api.ts';
import { withProgress } from '../../lib/withProgress.ts';
import { gridText } from '../../text/grid.ts';
import { createGridStore, type GridStore } from './createGridStore.ts';
import { GridPointer } from './GridPointer.ts';
import { type GridExtras, GridView } from './GridView.ts';
import type { Arrangement, ResultGridProps } from './gridTypes.ts';
import { toggledSort } from './sortKeys.ts';
import { readWindow } from './window/rowsAhead.ts';

/** A grid of one component: its state, and the way to change what is shown. */
export interface Grid {
  readonly store: GridStore;
  /** Null before the first drawing. */
  readonly view: () => GridView | null;
  readonly viewportRef: React.RefObject<HTMLDivElement | null>;
  /** How it is sorted and filtered now, by whomever. */
  readonly arrangement: Arrangement;
  /** On the server or on the spool. */
  readonly arrange: (arrangement: Arrangement) => void;
}

const newStore = (): GridStore =>
  createGridStore({
    arrange: (input, signal) =>
      withProgress(gridText.arranging, (options) => call('results.arrange', input, options), {
        outer: signal,
      }),
  });

/** Makes the grid of a component and keeps it true to its props. */
export function useGrid({ result, links, server, onNeedRows }: ResultGridProps): Grid {
  const gridId = useId();
  const [store] = useState(newStore);
  const viewportRef = useRef<HTMLDivElement>(null);
  const viewRef = useRef<GridView | null>(null);
  const ownArrangement = useStore(store, (state) => state.arrangement);
  const arrangement: Arrangement = server ?? ownArrangement;
  const linkColumns = useMemo(() => new Set(links?.flatMap(({ columns }) => columns)), [links]);
  const extrasRef = useRef<GridExtras>({ arrangement: null, linkColumns, onNeedRows: null });
  const arrange = useCallback(
    (next: Arrangement): void => {
      if (server === undefined) void store.getState().arrange(next);
      else server.onChange(next);
    },
    [store, server],
  );
  const sortBy = useEffectEvent((place: number, addsKey: boolean) => {
    const column = store.getState().geometry.layout.order[place];
    if (column !== undefined)
      arrange({ ...arrangement, sort: toggledSort(arrangement.sort, column, addsKey) });
  });

  useEffect(() => {
    const viewport = viewportRef.current;
    if (viewport === null) return;
    const view = new GridView(viewport, {
      store,
      gridId,
      extras: () => extrasRef.current,
      read: readWindow,
    });
    const pointer = new GridPointer({ viewport, view, store, onSort: sortBy });
    viewRef.current = view;
    return () => {
      viewRef.current = null;
      pointer.dispose();
      view.dispose();
    };
  }, [store, gridId]);

  // In this order: what is drawn for a new result must have the marks that belong to it.
  useEffect(() => {
    extrasRef.current = { arrangement: server ?? null, linkColumns, onNeedRows: onNeedRows ?? null };
    viewRef.current?.refresh();
  }, [server, linkColumns, onNeedRows]);
  useEffect(() => store.getState().show(result), [store, result]);

  const view = useCallback(() => viewRef.current, []);
  return useMemo(
    () => ({ store, view, viewportRef, arrangement, arrange }),
    [store, view, arrangement, arrange],
  );
}
