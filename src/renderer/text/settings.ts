import type { Preferences } from '../../shared/model/appInfo.ts';
import type { VaultMode, VaultStatus } from '../../shared/model/vault.ts';
import { plural } from '../lib/format.ts';

const theme: Record<Preferences['theme'], string> = {
  system: 'Like the system',
  light: 'Light',
  dark: 'Dark',
};

const vaultMode: Record<VaultMode, string> = {
  keychain: 'Saved passwords are encrypted, and the key to them is in the keychain of this computer.',
  passphrase: 'Saved passwords are encrypted, and the key to them is wrapped by your passphrase.',
  session: 'Nothing secret is saved: passwords are kept in memory until Mooring ends.',
};

const lock: Record<VaultStatus['lock'], string> = {
  open: 'Open',
  closed: 'Opened when a password is needed',
  locked: 'Locked: your passphrase is needed',
};

function keyPlace({ mode, hasPassphrase }: VaultStatus): string {
  if (mode === null) return 'Not made yet: the first saved password makes it';
  if (mode === 'session') return 'Memory only';
  if (mode === 'passphrase') return 'Mooring’s own file, wrapped by your passphrase';
  return hasPassphrase
    ? 'The keychain of this computer, wrapped by your passphrase as well'
    : 'The keychain of this computer';
}

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
  demoResetDone: 'The demo database is as it was in the beginning',
  vault: {
    heading: 'Saved passwords',
    mode: vaultMode,
    noMode:
      'No password is saved yet. With the first one the keychain of this computer is used, if it can be.',
    keyPlace: 'Key is in',
    keyPlaceOf: keyPlace,
    lock: 'Vault',
    lockOf: lock,
    keyVersion: 'Key',
    version: (version: number) => `Version ${version}, made `,
    lastRotation: 'Last rotation',
    never: 'Never',
    retiredKeys: 'Older keys kept',
    secretCount: 'Saved passwords',
    heldCount: 'Passwords in memory',
    rotationDue: 'The key is older than a year. A new one limits what an old copy of it can open.',
    rotateNow: 'Rotate now…',
    reminder: 'Remind me when the key is a year old',
    unlock: 'Unlock…',
    lockNow: 'Lock now',
    changeMode: 'Change where the key is…',
    rotate: 'Rotate the key…',
    changePassphrase: 'Change passphrase…',
    addPassphrase: 'Add a passphrase…',
    removePassphrase: 'Remove passphrase…',
    startOver: 'Start over…',
    forgotten: 'Passphrase forgotten…',
  },
  appLock: {
    heading: 'App lock',
    enabled: 'Lock Mooring with the passphrase',
    enabledHint: 'Asked for at start. Locking drops the key and opened passwords from memory.',
    needsPassphrase: 'Turning it on asks you to add a passphrase first.',
    needsMode: 'Needs a passphrase: choose first where the key to your passwords is.',
    idle: 'Lock when nobody uses Mooring for',
    idleMinutes: (minutes: number) =>
      minutes % 60 === 0 ? plural(minutes / 60, 'hour', 'hours') : plural(minutes, 'minute', 'minutes'),
    idleNever: 'Never for that',
    withSystem: 'Also when the screen is locked or the computer sleeps',
    connections: 'Open connections',
    connectionsOf: { keep: 'Stay open', close: 'Are closed' },
  },
  audit: {
    heading: 'Audit trail',
    message:
      'What was done with keys, passwords and data sources, in a chain that shows if somebody changed it.',
    open: 'Audit trail…',
  },
  backups: {
    heading: 'Backups and moving',
    none: 'There is no backup yet.',
    newest: (moment: string, sources: number, secrets: number) =>
      `Newest: ${moment}, with ${plural(sources, 'data source', 'data sources')} and ${plural(secrets, 'password', 'passwords')}, sealed as they are.`,
    kept: (count: number) => plural(count, 'backup is kept', 'backups are kept'),
    backUp: 'Back up now',
    done: 'A backup was made and checked',
    restore: 'Restore…',
  },
  version: 'Version',
  electronVersion: (version: string) => `on Electron ${version}`,
  dataFolder: 'Data is kept in',
  logFile: 'Log file',
  copyPath: (what: string) => `Copy: ${what}`,
  showLogFolder: 'Show log folder',
};
