import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { CallId } from '../../../shared/model/ids.ts';
import { call, openStream } from '../../lib/api.ts';
import { dialogIsOpen } from '../../lib/useCommandKeys.ts';
import { tabsStore } from '../tabs/index.ts';
import { createLogStore, type LogStore, unfiltered } from './createLogStore.ts';
import { operationsStore } from './operations.ts';

/** The window's one view of the log. */
export const logStore = createLogStore({ call, openStream });

export function useLog<Selected>(selector: (store: LogStore) => Selected): Selected {
  return useStore(logStore, selector);
}

/** Whether the log stands in a dialog of its own, above the one that the question came from. */
export const logDialogStore = createStore(() => ({ isOpen: false }));

/** Shows the log as it was filtered before. */
export const openLog = (): void => void tabsStore.getState().openLog();

/** Filters the log for the lines of one operation, all of them. */
export function showLines(correlationId: string): void {
  operationsStore.setState({ view: 'lines' });
  logStore.getState().setFilter({ ...unfiltered, level: 'debug', correlationId });
}

/** Shows the lines of one operation: above the dialog from which it is asked for, if there is one. */
export function showInLog(correlationId: CallId): void {
  showLines(correlationId);
  if (dialogIsOpen()) logDialogStore.setState({ isOpen: true });
  else openLog();
}
