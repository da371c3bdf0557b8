import type { AuditCheck, AuditOperation } from '../../shared/model/audit.ts';
import type { AuditGroup, AuditRetentionDays } from '../../shared/model/auditChoices.ts';
import { formatCount, plural } from '../lib/format.ts';

/** Calls are named as actions, because the result column says how they ended. All other entries are events. */
const operations: Record<AuditOperation, string> = {
  'vault.opened': 'Unlock vault',
  'vault.locked': 'Lock vault',
  'vault.rotated': 'Rotate key',
  'vault.mode-changed': 'Change key storage',
  'vault.passphrase-changed': 'Change passphrase',
  'vault.app-lock-changed': 'Change app lock',
  'vault.started-over': 'Start over with a new key',
  'data-source.saved': 'Save data source',
  'data-source.duplicated': 'Duplicate data source',
  'data-source.removed': 'Delete data source',
  'data-source.restored': 'Restore data source',
  'data-source.confirmed': 'Confirm data source',
  'data-source.discarded': 'Remove damaged data source',
  'data-source.url-copied': 'Copy connection URL',
  'transfer.exported': 'Export data sources',
  'transfer.imported': 'Import data sources',
  'store.backed-up': 'Create backup',
  'store.restored': 'Restore backup',
  'store.started-empty': 'Start with an empty list',
  'demo.reset': 'Reset demo database',
  'monitoring.configured': 'Change monitoring',
  'monitoring.token-renewed': 'Renew monitoring token',
  'monitoring.config-copied': 'Copy scrape configuration',
  'tracing.configured': 'Change tracing',
  'tracing.header-changed': 'Change header of the trace collector',
  'server.statement-cancelled': 'Cancel statement of a session',
  'server.session-terminated': 'Terminate session',
  'audit.exported': 'Export audit trail',
  'audit.retention-changed': 'Change how long entries are kept',
  'statistics.reset': 'Reset query statistics',
  'alerts.rule-changed': 'Change alert rule',
  'alerts.rule-removed': 'Remove alert rule',
  'pipeline.saved': 'Save pipeline',
  'pipeline.removed': 'Delete pipeline',
  'pipeline.enabled': 'Turn pipeline on or off',
  'pipeline.run': 'Run pipeline',
  'pipeline.run-cancelled': 'Cancel run of pipeline',
  'pipeline.run-paused': 'Pause run of pipeline',
  'pipeline.run-resumed': 'Resume run of pipeline',
  'pipeline.exported': 'Export pipeline',
  'pipeline.imported': 'Open pipeline from a file',
  'pipeline.settings-changed': 'Change settings of pipelines',
  'queue.configured': 'Move queue of runs',
  'queue.key-renewed': 'Replace worker key',
  'request.sent': 'Send request',
  'request.copied': 'Copy request as curl',
  'vault.key-created': 'Key created',
  'vault.not-opened': 'Vault could not be unlocked',
  'vault.rotation-undone': 'Incomplete key rotation rolled back',
  'vault.key-destroyed': 'Old key destroyed',
  'secret.saved': 'Password saved',
  'secret.used': 'Password used',
  'secret.not-opened': 'Password could not be decrypted',
  'secret.endpoint-approved': 'Password approved for another address',
  'ssh.host-key-accepted': 'Key of an SSH server accepted',
  'password.command-allowed': 'Password command allowed',
  'ssh.host-key-replaced': 'Key of an SSH server replaced',
  'data-source.address-confirmed': 'Address confirmed',
  'data-source.purged': 'Data source permanently deleted',
  'data-source.changed-outside': 'Data source changed outside Mooring',
  'audit.pruned': 'Old entries removed',
  'audit.renewed': 'Retention of the audit trail signed with the new key',
  'audit.end-adopted': 'End of the trail recorded for the first time',
  'secret.removed': 'Password removed',
  'secret.copied': 'Password copied',
  'audit.unreadable': 'Unreadable entry',
};

const groups: Record<AuditGroup, string> = {
  'data-source': 'Data sources',
  secret: 'Passwords',
  vault: 'Vault and keys',
  transfer: 'Export and import',
  store: 'Backups',
  server: 'Sessions of servers',
  demo: 'Demo database',
  audit: 'Audit trail',
};

type Intact = Extract<AuditCheck, { status: 'intact' }>;

type Broken = Extract<AuditCheck, { status: 'broken' }>;

function start({ startsAfter, startSigned, signaturesChecked }: Intact): string {
  if (startsAfter === 0) return '';
  const removed = ` Entries up to ${formatCount(startsAfter)} were removed because of their age`;
  return startSigned || !signaturesChecked
    ? `${removed}.`
    : `${removed}; the key that signed the removal no longer exists, so this cannot be verified.`;
}

function intact(check: Intact): string {
  const { entryCount, signedUpTo, signaturesChecked } = check;
  const chain = `Intact: ${plural(entryCount, 'entry', 'entries')} checked. No entry was changed, and none is missing.${start(check)}`;
  if (!signaturesChecked) {
    return `${chain} Signatures were not checked because the vault is not unlocked. Anyone who can write to Mooring’s data file could have forged the entire trail.`;
  }
  if (signedUpTo === null) return `${chain} No entry is signed, because there was no key yet.`;
  return `${chain} Entries up to ${formatCount(signedUpTo)} are signed with your key.`;
}

const brokenBecause: Record<Broken['reason'], (at: string) => string> = {
  entry: (at) =>
    `Broken at entry ${at}: it was changed outside Mooring, or an earlier entry was removed or inserted. Do not trust the entries after it.`,
  start: (at) => `Broken: entries before ${at} were removed outside Mooring.`,
  end: (at) => `Broken: entries from ${at} on were removed outside Mooring.`,
};

const keep: Record<'all' | NonNullable<AuditRetentionDays>, string> = {
  all: 'All entries',
  730: '2 years',
  365: '1 year',
  90: '90 days',
  30: '30 days',
};

type Detail = string | number | boolean;

/** `keptCount` reads “kept count”. */
const inWords = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function detailText(value: Detail): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'number' ? formatCount(value) : value;
}

const details = (entries: Readonly<Record<string, Detail>>): string =>
  Object.entries(entries)
    .map(([name, value]) => `${inWords(name)}: ${detailText(value)}`)
    .join(', ');

export const auditText = {
  title: 'Audit trail',
  list: 'Audit trail entries, newest first',
  selected: 'Selected entry',
  operations,
  groups,
  ok: 'Done',
  /** For a data source that is no longer in the list. */
  gone: (id: string) => `deleted (${id.slice(0, 8)})`,
  details,
  facts: {
    sequence: 'Entry',
    time: 'Time',
    operation: 'Action',
    subject: 'Data source',
    outcome: 'Result',
    details: 'Details',
  },
  search: 'Search the audit trail',
  group: 'Kind of action',
  everyGroup: 'All actions',
  outcome: 'Result',
  outcomes: { all: 'All results', ok: 'Done', failed: 'Failed' },
  period: 'Time',
  periods: {
    any: 'Any time',
    day: 'Last 24 hours',
    week: 'Last 7 days',
    month: 'Last 30 days',
    year: 'Last 12 months',
    custom: 'From … to …',
  },
  from: 'From',
  to: 'To',
  count: (count: number) => plural(count, 'entry', 'entries'),
  startsAt: (sequence: number) => `From entry ${formatCount(sequence)} back`,
  showNewest: 'Show the newest entries',
  empty: 'No entries yet',
  emptyMessage: 'Actions on keys, passwords and data sources will appear here.',
  noMatch: 'No matching entries',
  noMatchMessage: 'Change the filter, or show all entries.',
  clearFilter: 'Show all entries',
  check: 'Check integrity',
  copy: 'Copy the entries shown',
  copied: (count: number) => `Copied ${plural(count, 'entry', 'entries')}`,
  copyEntry: 'Copy entry',
  export: 'Export…',
  exportAs: { csv: 'CSV, for spreadsheets', jsonl: 'JSON lines, for programs' },
  exporting: 'Exporting the audit trail',
  cancelExport: 'Cancel export',
  exported: (count: number, fileName: string) =>
    `Exported ${plural(count, 'entry', 'entries')} to ${fileName}`,
  intact,
  broken: ({ at, reason }: Broken) =>
    `${brokenBecause[reason](formatCount(at))} Compare the audit trail with the one in a backup.`,
  showBroken: (at: number) => `Show entry ${formatCount(at)}`,
  isBroken: 'Does not fit',
  brokenShort: 'Audit trail is broken',
  brokenHint: 'Entries were changed or removed outside Mooring. Click to see where.',
  keep,
  keepLabel: 'Keep entries for',
  keepHint: 'Older entries are removed. The rest of the trail can still be checked.',
  removed: (count: number) =>
    count === 0 ? 'No entry is that old yet' : `Removed ${plural(count, 'entry', 'entries')}`,
};
