import { createStore } from 'zustand/vanilla';
import type { DataSourceId } from '../../shared/model/ids.ts';

/** Work that runs somewhere in the window, as the status bar shows it. */
export interface RunningWork {
  readonly id: string;
  /** Such as `Saving orders.csv`. */
  readonly label: string;
  /** 0 to 1; null while it is not known. */
  readonly share: number | null;
  /** Such as `120,000 rows, 14 MB`. */
  readonly detail: string;
  readonly cancel: (() => void) | null;
  /** The data source whose connection it needs; absent when it needs none. */
  readonly sourceId?: DataSourceId;
  /** Goes to where it can be seen; absent when it is nowhere else. */
  readonly open?: () => void;
}

interface StatusBarState {
  /** Of the tab in front: how many rows there are, and what is selected; null for nothing to say. */
  readonly rows: string | null;
  readonly selection: string | null;
  readonly work: readonly RunningWork[];
}

export const statusBarStore = createStore<StatusBarState>()(() => ({
  rows: null,
  selection: null,
  work: [],
}));

/** Shows or updates work in the status bar. */
export function showWork(work: RunningWork): void {
  statusBarStore.setState((state) => ({
    work: state.work.some(({ id }) => id === work.id)
      ? state.work.map((one) => (one.id === work.id ? work : one))
      : [...state.work, work],
  }));
}

export function endWork(id: string): void {
  statusBarStore.setState((state) => ({ work: state.work.filter((one) => one.id !== id) }));
}
