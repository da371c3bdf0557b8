import { useStore } from 'zustand';
import { call } from '../../lib/api.ts';
import { notifyDone, notifyError } from '../../lib/notify.tsx';
import { commandsText } from '../../text/commands.ts';
import { createSettingsStore, type SettingsStore } from './settingsStore.ts';

/** The window's one set of preferences. */
export const settingsStore = createSettingsStore({
  call,
  reportDone: () => notifyDone(commandsText.backedUp),
  reportError: notifyError,
});

export function useSettings<Selected>(selector: (store: SettingsStore) => Selected): Selected {
  return useStore(settingsStore, selector);
}

const offeredRowLimits = [null, 1_000, 10_000, 100_000, 1_000_000] as const;

/** The row limits to choose from, with the one that is set if it is another; null: all rows. */
export const rowLimitChoices = (current: number | null): readonly (number | null)[] => [
  ...new Set([...offeredRowLimits, current]),
];
