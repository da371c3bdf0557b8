import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

type ShowInLog = (correlationId: string) => void;

/** Whoever can show the log; nobody while the window is locked or the app could not start. */
const shower = createStore<{ readonly show: ShowInLog | null }>(() => ({ show: null }));

/** @returns takes it away again */
export function offerLog(show: ShowInLog): () => void {
  shower.setState({ show });
  return () => shower.setState({ show: null });
}

/** Shows the lines of one operation; null where nobody can. */
export const useShowInLog = (): ShowInLog | null => useStore(shower, ({ show }) => show);
