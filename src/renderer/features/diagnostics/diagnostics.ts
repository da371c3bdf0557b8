import { useStore } from 'zustand';
import { call } from '../../lib/api.ts';
import { notifyDone, notifyError } from '../../lib/notify.tsx';
import { diagnosticsText } from '../../text/diagnostics.ts';
import { createDiagnosticsStore, type DiagnosticsStore } from './diagnosticsStore.ts';

export const diagnosticsStore = createDiagnosticsStore({
  call,
  reportSaved: (fileName) => notifyDone(diagnosticsText.saved(fileName)),
  reportError: notifyError,
});

export function useDiagnostics<Selected>(selector: (store: DiagnosticsStore) => Selected): Selected {
  return useStore(diagnosticsStore, selector);
}

/** Collects what helps others to help, and shows it. */
export const openDiagnostics = (): void => diagnosticsStore.getState().open();
