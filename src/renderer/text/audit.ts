import type { AuditCheck, AuditOperation } from '../../shared/model/audit.ts';
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
  'server.statement-cancelled': 'Cancel statement of a session',
  'server.session-terminated': 'Terminate session',
  'statistics.reset': 'Reset query statistics',
  'vault.key-created': 'Key created',
  'vault.not-opened': 'Vault could not be unlocked',
  'vault.rotation-undone': 'Incomplete key rotation rolled back',
  'vault.key-destroyed': 'Old key destroyed',
  'secret.saved': 'Password saved',
  'secret.used': 'Password used',
  'secret.not-opened': 'Password could not be decrypted',
  'secret.endpoint-approved': 'Password approved for another address',
  'data-source.address-confirmed': 'Address confirmed',
  'data-source.purged': 'Data source permanently deleted',
  'data-source.changed-outside': 'Data source changed outside Mooring',
  'secret.removed': 'Password removed',
  'secret.copied': 'Password copied',
  'audit.unreadable': 'Unreadable entry',
};

type Intact = Extract<AuditCheck, { status: 'intact' }>;

function intact({ entryCount, signedUpTo, signaturesChecked }: Intact): string {
  const chain = `Intact: ${plural(entryCount, 'entry', 'entries')} checked. No entry was changed, and none is missing in between.`;
  if (!signaturesChecked) {
    return `${chain} Signatures were not checked because the vault is not unlocked. Anyone who can write to Mooring’s data file could have forged the entire trail.`;
  }
  if (signedUpTo === null) return `${chain} No entry is signed, because there was no key yet.`;
  return `${chain} Entries up to ${formatCount(signedUpTo)} are signed with your key.`;
}

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
  columns: { at: 'Time', operation: 'Action', subject: 'Data source', outcome: 'Result' },
  operations,
  ok: 'Done',
  /** For a data source that is no longer in the list. */
  gone: (id: string) => `deleted (${id.slice(0, 8)})`,
  details,
  empty: 'No entries yet. Actions on keys, passwords and data sources will appear here.',
  loading: 'Loading the audit trail…',
  check: 'Check integrity',
  copy: 'Copy',
  intact,
  broken: (at: number) =>
    `Broken at entry ${formatCount(at)}: it was changed outside Mooring, or an earlier entry was removed or inserted. Do not trust the entries after it. Compare the audit trail with the one in a backup.`,
};
