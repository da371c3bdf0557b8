import { call } from '../../../lib/api.ts';
import { type LoadControl, useLoadable } from '../../../lib/useLoadable.ts';
import { tabsStore } from '../../tabs/index.ts';
import { type QueryDesk, queryTabOf, type StartText } from './queryDesks.ts';

async function readStart({ tabId, text: keeper }: QueryDesk): Promise<StartText> {
  const given = tabsStore.getState().takeStart(tabId);
  const runs = given?.runs ?? false;
  const text = given?.text;
  if (text === undefined) return { ...(await call('tabs.readText', { tabId })), runs, isFile: false };
  keeper.changed(() => text);
  return { text, runs, isFile: (queryTabOf(tabId)?.file ?? null) !== null };
}

/** The text that a tab was opened with, or was left with. */
export function useStartText(desk: QueryDesk): LoadControl<StartText> {
  return useLoadable(desk.tabId, () => {
    desk.start ??= readStart(desk).catch((error: unknown) => {
      desk.start = null;
      throw error;
    });
    return desk.start;
  });
}
