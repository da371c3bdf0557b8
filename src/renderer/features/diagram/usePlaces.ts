import { useState } from 'react';
import { useStore } from 'zustand';
import type { TabId } from '../../../shared/model/tabs.ts';
import { notifyWithUndo } from '../../lib/notify.tsx';
import { diagramText as words } from '../../text/diagram.ts';
import { arrangements, beginArrangement } from './arrangements.ts';
import type { Point } from './layout/graph.ts';
import type { Moved } from './scene.ts';

const nothingMoved: Moved = {};
/** Moves that can be undone. */
const longestHistory = 50;

/** Where tables of a tab were moved to. */
export function usePlaces(tabId: TabId) {
  const store = arrangements.of(tabId, beginArrangement);
  const moved = useStore(store, ({ form }) => form) ?? nothingMoved;
  const [history, setHistory] = useState<readonly Moved[]>([]);
  const { set } = store.getState();
  return {
    moved,
    place(key: string, { x, y }: Point, isFirst: boolean): void {
      if (isFirst) setHistory([...history, moved].slice(-longestHistory));
      set({ ...store.getState().form, [key]: { x: Math.round(x), y: Math.round(y) } });
    },
    reset:
      Object.keys(moved).length === 0
        ? null
        : () => {
            set({});
            setHistory([]);
            notifyWithUndo({
              message: words.placesReset,
              undoLabel: words.undo,
              onUndo: () => set(moved),
            });
          },
    undo:
      history.length === 0
        ? null
        : () => {
            set(history.at(-1) ?? nothingMoved);
            setHistory(history.slice(0, -1));
          },
  };
}
