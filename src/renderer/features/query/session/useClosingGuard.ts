import { useEffect } from 'react';
import { tabsStore } from '../../tabs/index.ts';
import { transactionOf } from './createQueryStore.ts';
import { type QueryDesk, queryTabOf } from './queryDesks.ts';
import { saveTab } from './tabFiles.ts';

/**
 * Asks what becomes of an open transaction, and does that.
 * @returns whether the session may go
 */
export async function settleTransaction(
  { store, questions, tabId }: QueryDesk,
  purpose: 'close' | 'switch',
): Promise<boolean> {
  const transaction = transactionOf(store.getState());
  if (transaction === null) return true;
  const how = await questions.ask<'transaction'>({
    type: 'transaction',
    purpose,
    title: queryTabOf(tabId)?.title ?? '',
    isFailed: transaction === 'failed',
  });
  if (how === null) return false;
  // What runs cannot be committed; closing cancels it and rolls back.
  return store.getState().endTransaction(how);
}

async function settleFile(desk: QueryDesk): Promise<boolean> {
  const tab = queryTabOf(desk.tabId);
  const isUnsaved = tabsStore.getState().marks[desk.tabId]?.isUnsaved ?? false;
  if (tab === null || tab.file === null || !isUnsaved) return true;
  const how = await desk.questions.ask<'file'>({ type: 'file', name: tab.file.name });
  return how === 'save' ? saveTab(desk, false) : how === 'discard';
}

/** Nothing is lost by closing the tab unless the person has said so. */
export function useClosingGuard(desk: QueryDesk): void {
  useEffect(() => {
    const { setGuard } = tabsStore.getState();
    setGuard(desk.tabId, async () => (await settleTransaction(desk, 'close')) && settleFile(desk));
    return () => setGuard(desk.tabId, null);
  }, [desk]);
}
