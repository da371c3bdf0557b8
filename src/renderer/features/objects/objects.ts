import { useStore } from 'zustand';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { NodeRef } from '../../../shared/model/schemaTree.ts';
import { call } from '../../lib/api.ts';
import { notifyError } from '../../lib/notify.tsx';
import { isDatabase } from '../connections/index.ts';
import { createObjectsStore, isFavourite } from './createObjectsStore.ts';

/** The window's favourites, and what it opened lately. */
export const objectsStore = createObjectsStore({ call, reportError: notifyError });

/** Whether an object is a favourite, and a way to change that; null in another database, of which nothing is saved. */
export function useFavourite(sourceId: DataSourceId, node: NodeRef) {
  const isOne = useStore(objectsStore, (state) => isFavourite(state, sourceId, node));
  const toggle = (): void => void objectsStore.getState().setFavourite(sourceId, node, !isOne);
  return { isFavourite: isOne, toggle: isDatabase(sourceId) ? null : toggle };
}
