import { useStore } from 'zustand';
import { call } from '../../lib/api.ts';
import { notifyError } from '../../lib/notify.tsx';
import { createSettingsStore, type SettingsStore } from './settingsStore.ts';

/** The window's one set of preferences. */
export const settingsStore = createSettingsStore({ call, reportError: notifyError });

export function useSettings<Selected>(selector: (store: SettingsStore) => Selected): Selected {
  return useStore(settingsStore, selector);
}
