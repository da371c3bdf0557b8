import type { Preferences } from '../../shared/model/appInfo.ts';
import type { VaultMode, VaultStatus } from '../../shared/model/vault.ts';
import { plural } from '../lib/format.ts';

const theme: Record<Preferences['theme'], string> = {
  system: 'System',
  light: 'Light',
  dark: 'Dark',
};

const vaultMode: Record<VaultMode, string> = {
  keychain: 'Saved passwords are encrypted. The key is in this computer’s keychain.',
  passphrase: 'Saved passwords are encrypted. The key is protected by your passphrase.',
  session: 'Passwords are not saved. They are kept in memory until you quit Mooring.',
};

const lock: Record<VaultStatus['lock'], string> = {
  open: 'Unlocked',
  closed: 'Unlocks when a password is needed',
  locked: 'Locked: passphrase required',
};

function keyPlace({ mode, hasPassphrase }: VaultStatus): string {
  if (mode === null) return 'Created when you save the first password';
  if (mode === 'session') return 'Memory only';
  if (mode === 'passphrase') return 'Mooring’s data file, protected by your passphrase';
  return hasPassphrase
    ? 'This computer’s keychain, also protected by your passphrase'
    : 'This computer’s keychain';
}

export const settingsText = {
  title: 'Settings',
  search: 'Find a setting',
  foundTitle: 'Settings found',
  nothingFound: (search: string) => `No setting is called “${search}”`,
  nothingFoundHint: 'Try another word, such as “theme”, “passphrase” or “backup”.',
  /** What a group is found by: its own words, and others that people use for them. */
  searchWords: {
    theme: 'theme dark light system colour scheme mode appearance',
    rowLimit: 'rows of a result row limit maximum number of rows queries',
    statistics: 'query statistics statements keep restart fingerprint slow privacy',
    demo: 'demo database sample data reset server',
    vault:
      'vault passwords key storage keychain passphrase memory encryption rotate rotation reminder lock unlock add change remove passphrase start over forgot',
    appLock: 'app lock passphrase idle screen sleep connections keep close start-up',
    audit: 'audit trail record actions keep retention remove old entries days',
    backups: 'backup restore back up now transfer export import data sources',
    monitoring:
      'monitoring prometheus grafana metrics endpoint port token scrape configuration dashboard alert rules',
    alerts:
      'alerts rules notification threshold down unreachable error rate slow latency pool connections replication lag',
    pipelines:
      'pipelines runs at the same time concurrency kept runs history log in start tray icon background schedule',
    queue: 'pipelines queue redis valkey postgresql server worker key computers team tls password',
    tracing:
      'tracing traces spans opentelemetry otlp collector endpoint header sampling traceparent sqlcommenter comment application name',
    about: 'about version electron data folder log file path show log folder',
  },
  sections: {
    appearance: 'Appearance',
    queries: 'Queries',
    demo: 'Demo database',
    security: 'Security',
    monitoring: 'Monitoring',
    alerts: 'Alerts',
    pipelines: 'Pipelines',
    tracing: 'Tracing',
    about: 'About and data',
  },
  themeLabel: 'Theme',
  theme,
  rowLimit: {
    heading: 'Rows of a result',
    label: 'Row limit',
    hint: 'Rows are kept on the disk, so results need no limit.',
    all: 'All rows',
    first: (count: number) => `The first ${plural(count, 'row', 'rows')}`,
  },
  statistics: {
    heading: 'Query statistics',
    label: 'Keep statistics when Mooring quits',
    hint: 'Statements are kept without their values. Turning this off deletes them.',
  },
  aboutHeading: 'About Mooring',
  demoMessage:
    'A separate PostgreSQL server with sample data. It accepts connections from this computer only.',
  demoStatus: 'Status',
  demoUnknown: 'Unknown',
  demoReset: 'Reset…',
  demoResetHint: 'Restores the original sample data.',
  demoResetDone: 'Demo database reset',
  vault: {
    heading: 'Vault',
    mode: vaultMode,
    noMode:
      'No passwords are saved yet. When you save the first one, Mooring uses this computer’s keychain if it is available.',
    keyPlace: 'Key storage',
    keyPlaceOf: keyPlace,
    lock: 'Status',
    lockOf: lock,
    keyVersion: 'Key',
    version: (version: number) => `Version ${version}, created `,
    lastRotation: 'Last rotation',
    never: 'Never',
    retiredKeys: 'Old keys kept',
    secretCount: 'Saved passwords',
    heldCount: 'Passwords in memory',
    rotationDue:
      'The key is more than a year old. Rotating it limits what an old copy of the key can decrypt.',
    rotateNow: 'Rotate now…',
    reminder: 'Remind me to rotate the key after a year',
    unlock: 'Unlock…',
    lockNow: 'Lock now',
    changeMode: 'Change key storage…',
    rotate: 'Rotate key…',
    changePassphrase: 'Change passphrase…',
    addPassphrase: 'Add passphrase…',
    removePassphrase: 'Remove passphrase…',
    startOver: 'Start over…',
    forgotten: 'Forgot passphrase…',
  },
  appLock: {
    heading: 'App lock',
    enabled: 'Lock Mooring with the passphrase',
    enabledHint:
      'Mooring asks for it at start-up. Locking clears the key and decrypted passwords from memory.',
    needsPassphrase: 'You will be asked to add a passphrase first.',
    needsMode: 'Requires a passphrase. Change the key storage first.',
    idle: 'Lock when idle for',
    idleMinutes: (minutes: number) =>
      minutes % 60 === 0 ? plural(minutes / 60, 'hour', 'hours') : plural(minutes, 'minute', 'minutes'),
    idleNever: 'Never',
    withSystem: 'Lock when the screen is locked or the computer sleeps',
    connections: 'Open connections when locked',
    connectionsOf: { keep: 'Keep open', close: 'Close' },
  },
  audit: {
    heading: 'Audit trail',
    message: 'A tamper-evident record of actions on keys, passwords and data sources.',
    open: 'Show audit trail',
  },
  backups: {
    heading: 'Backup and transfer',
    none: 'There is no backup yet.',
    newest: (moment: string, sources: number, secrets: number) =>
      `Latest backup: ${moment}, with ${plural(sources, 'data source', 'data sources')} and ${plural(secrets, 'encrypted password', 'encrypted passwords')}.`,
    kept: (count: number) => plural(count, 'backup is kept', 'backups are kept'),
    backUp: 'Back up now',
    restore: 'Restore…',
  },
  version: 'Version',
  electronVersion: (version: string) => `on Electron ${version}`,
  dataFolder: 'Data folder',
  logFile: 'Log file',
  copyPath: (what: string) => `Copy path: ${what}`,
  showLogFolder: 'Show log folder',
};
