import type { AuditCheck, AuditOperation } from '../../shared/model/audit.ts';
import { formatCount, plural } from '../lib/format.ts';

/** Calls are named by what was asked for: the result says what came of it. Everything else is told as it happened. */
const operations: Record<AuditOperation, string> = {
  'vault.opened': 'Open vault',
  'vault.locked': 'Lock vault',
  'vault.rotated': 'Rotate key',
  'vault.mode-changed': 'Change where the key is kept',
  'vault.passphrase-changed': 'Change passphrase',
  'vault.app-lock-changed': 'Change app lock',
  'vault.started-over': 'Start over with a new key',
  'data-source.saved': 'Save data source',
  'data-source.duplicated': 'Duplicate data source',
  'data-source.removed': 'Remove data source',
  'data-source.restored': 'Restore data source',
  'data-source.confirmed': 'Confirm data source',
  'data-source.discarded': 'Remove damaged data source',
  'data-source.url-copied': 'Copy connection URL',
  'transfer.exported': 'Export data sources',
  'transfer.imported': 'Import data sources',
  'store.backed-up': 'Back up',
  'store.restored': 'Restore backup',
  'store.started-empty': 'Start with an empty list',
  'demo.reset': 'Reset demo database',
  'vault.key-created': 'Key created',
  'vault.not-opened': 'Vault not opened',
  'vault.rotation-undone': 'Unfinished rotation undone',
  'vault.key-destroyed': 'Old key destroyed',
  'secret.saved': 'Password saved',
  'secret.used': 'Password used',
  'secret.not-opened': 'Password did not open',
  'secret.endpoint-approved': 'Password allowed for another address',
  'data-source.address-confirmed': 'Address confirmed',
  'data-source.purged': 'Removed data source deleted for good',
  'data-source.changed-outside': 'Data source changed outside of Mooring',
  'secret.removed': 'Password removed',
  'secret.copied': 'Password copied',
  'audit.unreadable': 'Entry cannot be read',
};

type Intact = Extract<AuditCheck, { status: 'intact' }>;

function intact({ entryCount, signedUpTo, signaturesChecked }: Intact): string {
  const chain = `Intact: ${plural(entryCount, 'entry is', 'entries are')} as written, and none is missing in between.`;
  if (!signaturesChecked) {
    return `${chain} Signatures were not checked, because the vault is not open: who can write Mooring’s file could have made up the whole trail.`;
  }
  if (signedUpTo === null) return `${chain} None is signed, because there was no key yet.`;
  return `${chain} Up to entry ${formatCount(signedUpTo)} they are signed with your key.`;
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
  list: 'Entries of the audit trail, newest first',
  columns: { at: 'Time', operation: 'What', subject: 'Data source', outcome: 'Result' },
  operations,
  ok: 'Done',
  /** Of a data source that is not in the list any more. */
  gone: (id: string) => `removed (${id.slice(0, 8)})`,
  details,
  empty: 'Nothing has been done with keys and passwords yet.',
  loading: 'Reading the trail…',
  check: 'Check the trail',
  copy: 'Copy',
  intact,
  broken: (at: number) =>
    `Broken at entry ${formatCount(at)}: it was changed, or one before it was removed or put in, by something other than Mooring. What comes after it cannot be trusted. Compare it with the trail in a backup.`,
};
