import { useStore } from 'zustand';
import type { HistoryEntry } from '../../../../shared/model/query.ts';
import { call } from '../../../lib/api.ts';
import { errorDtoOf } from '../../../lib/errorText.ts';
import { notifyError } from '../../../lib/notify.tsx';
import { connectionsStore } from '../../connections/index.ts';
import { tabsStore } from '../../tabs/index.ts';
import { createHistoryStore, type HistoryStore } from './createHistoryStore.ts';

/** The window's one view of the history. */
export const historyStore = createHistoryStore({ call });

export function useHistory<Selected>(selector: (store: HistoryStore) => Selected): Selected {
  return useStore(historyStore, selector);
}

/** Opens a statement in a tab of its own, in its data source if that is still there. */
export async function openEntry(entry: HistoryEntry): Promise<void> {
  try {
    const text = await historyStore.getState().wholeText(entry);
    const isThere = connectionsStore.getState().byId[entry.sourceId] !== undefined;
    tabsStore.getState().openQuery({ sourceId: isThere ? entry.sourceId : null, text });
  } catch (error) {
    notifyError(errorDtoOf(error));
  }
}

/** Puts all of a statement on the clipboard. */
export async function copyEntry(entry: HistoryEntry, copyText: (text: string) => void): Promise<void> {
  try {
    copyText(await historyStore.getState().wholeText(entry));
  } catch (error) {
    notifyError(errorDtoOf(error));
  }
}
