import type { Preferences, VaultMode } from '../../shared/model/appInfo.ts';

const theme: Record<Preferences['theme'], string> = {
  system: 'Like the system',
  light: 'Light',
  dark: 'Dark',
};

const vaultMode: Record<VaultMode, string> = {
  keychain: 'Passwords are encrypted, and the key to them is in the keychain of this computer.',
  unavailable: 'The keychain of this computer cannot be used, so passwords cannot be stored.',
};

export const settingsText = {
  title: 'Settings',
  sections: {
    appearance: 'Appearance',
    demo: 'Demo database',
    security: 'Security',
    about: 'About and data',
  },
  themeLabel: 'Colour scheme',
  theme,
  demoMessage: 'A PostgreSQL server of its own with sample data. It listens on this computer only.',
  demoStatus: 'Status',
  demoUnknown: 'Unknown',
  demoReset: 'Reset…',
  demoResetHint: 'Brings the sample data back as it was in the beginning.',
  demoResetTitle: 'Reset the demo database?',
  demoResetMessage: 'Everything that was changed in it is lost. Connections to it are closed.',
  demoResetConfirm: 'Reset',
  demoResetDone: 'The demo database is as it was in the beginning',
  vaultMode,
  vault: 'Vault',
  vaultDetail: 'Detail',
  version: 'Version',
  electronVersion: (version: string) => `on Electron ${version}`,
  dataFolder: 'Data is kept in',
  logFile: 'Log file',
  copyPath: (what: string) => `Copy: ${what}`,
  showLogFolder: 'Show log folder',
};
