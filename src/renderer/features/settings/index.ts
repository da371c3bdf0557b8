/** Door of the settings: the dialog, and the preferences that the whole window follows. */
import { shownOnDemand } from '../../components/shownOnDemand.tsx';
import { useSettings } from './settings.ts';

export { settingsStore, useSettings } from './settings.ts';

export const SettingsDialog = shownOnDemand(
  async () => (await import('./SettingsDialog.tsx')).SettingsDialog,
  () => useSettings((store) => store.opened),
);
