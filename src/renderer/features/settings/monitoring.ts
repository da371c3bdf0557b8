import { useStore } from 'zustand';
import { call, onEvent } from '../../lib/api.ts';
import { notifyDone, notifyError } from '../../lib/notify.tsx';
import { monitoringText } from '../../text/monitoring.ts';
import { createMonitoringStore, type MonitoringStore } from './monitoringStore.ts';

const done = { copied: monitoringText.configCopied, renewed: monitoringText.renewed };

export const monitoringStore = createMonitoringStore({
  call,
  onEvent,
  reportDone: (what) => notifyDone(done[what]),
  reportError: notifyError,
});

export function useMonitoring<Selected>(selector: (store: MonitoringStore) => Selected): Selected {
  return useStore(monitoringStore, selector);
}
