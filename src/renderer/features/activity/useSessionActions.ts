import { type RefObject, useMemo } from 'react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { tabsStore } from '../tabs/index.ts';
import { activityStore } from './activity.ts';
import type { SessionActions } from './interventions.ts';

/** Puts the focus into the list of sessions. */
export const focusRows = ({ current }: RefObject<HTMLElement | null>): void =>
  current?.querySelector<HTMLElement>('[role$="grid"]')?.focus();

/** What can be done with the sessions of a server, from within this panel. */
export function useSessionActions(id: DataSourceId, panelRef: RefObject<HTMLElement | null>): SessionActions {
  return useMemo(() => {
    const { ask, select } = activityStore.getState();
    return {
      intervene: (intervention, session) => ask(id, { intervention, session }),
      openQuery: ({ statement }) => {
        if (statement !== null) tabsStore.getState().openQuery({ sourceId: id, text: statement.text });
      },
      close: () => {
        select(id, null);
        focusRows(panelRef);
      },
    };
  }, [id, panelRef]);
}
