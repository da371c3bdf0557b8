import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { QueryStore } from './createQueryStore.ts';
import type { QueryDesk } from './queryDesks.ts';

const DeskContext = createContext<QueryDesk | null>(null);

export const QueryDeskProvider = DeskContext.Provider;

/** The tab that a component is part of. */
export function useDesk(): QueryDesk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('A part of a query tab is drawn outside of one');
  return desk;
}

export function useQuery<Selected>(selector: (store: QueryStore) => Selected): Selected {
  return useStore(useDesk().store, selector);
}
