/** Door of the settings: the dialog, and the preferences that the whole window follows. */
export { SettingsDialog } from './SettingsDialog.tsx';
export { settingsStore, useSettings } from './settings.ts';
