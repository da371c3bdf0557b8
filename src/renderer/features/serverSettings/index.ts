/** Door of the settings of servers. Loaded when they are first shown. */
import { lazy } from 'react';

export const SettingsPanel = lazy(async () => ({
  default: (await import('./SettingsPanel.tsx')).SettingsPanel,
}));
