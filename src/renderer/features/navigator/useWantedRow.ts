import { type RefObject, useEffect } from 'react';
import { useStore } from 'zustand';
import { useConnections, wantedRow } from '../connections/index.ts';
import { withFolderChanged } from './arrangement.ts';
import { sourceKey } from './keys.ts';
import { arrangementStore, navigatorStore } from './navigator.ts';
import type { NavigatorRow } from './rows.ts';

/** Puts the focus on the row of a data source that somebody has just saved, as soon as there is one. */
export function useWantedRow(rows: readonly NavigatorRow[], treeRef: RefObject<HTMLDivElement | null>): void {
  const wantedId = useStore(wantedRow, ({ id }) => id);
  const isListed = useConnections((store) => wantedId !== null && store.byId[wantedId] !== undefined);
  const isShown = wantedId !== null && rows.some(({ key }) => key === sourceKey(wantedId));
  useEffect(() => {
    if (wantedId === null || !isListed) return;
    if (isShown) {
      navigatorStore.getState().setActive(sourceKey(wantedId));
      treeRef.current?.focus();
      wantedRow.setState({ id: null });
      return;
    }
    // Neither a filter nor a closed folder that hides the row was meant for it.
    navigatorStore.getState().setFilter('');
    const { arrangement, change } = arrangementStore.getState();
    const folderId = arrangement.folderOf[wantedId];
    if (folderId !== undefined)
      void change((before) => withFolderChanged(before, folderId, { isExpanded: true }));
  }, [wantedId, isListed, isShown, treeRef]);
}
