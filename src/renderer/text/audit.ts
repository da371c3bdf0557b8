import type { AuditCheck, AuditOperation } from '../../shared/model/audit.ts';
import { formatCount, plural } from '../lib/format.ts';

const operations: Record<AuditOperation, string> = {
  'vault.key-created': 'Key made',
  'vault.opened': 'Vault opened',
  'vault.not-opened': 'Vault not opened',
  'vault.locked': 'Vault locked',
  'vault.rotated': 'Key rotated',
  'vault.rotation-undone': 'Unfinished rotation undone',
  'vault.key-destroyed': 'Old key destroyed',
  'vault.mode-changed': 'Place of the key changed',
  'vault.passphrase-changed': 'Passphrase changed',
  'vault.app-lock-changed': 'App lock changed',
  'vault.started-over': 'Started over with a new key',
  'secret.saved': 'Password saved',
  'secret.removed': 'Password removed',
  'secret.used': 'Password used',
  'secret.not-opened': 'Password did not open',
  'secret.copied': 'Password copied',
  'data-source.saved': 'Data source saved',
  'data-source.removed': 'Data source removed',
  'data-source.restored': 'Data source brought back',
  'data-source.purged': 'Removed data source deleted for good',
  'data-source.confirmed': 'Data source confirmed',
  'data-source.changed-outside': 'Data source changed outside of Mooring',
  'transfer.exported': 'Data sources exported',
  'transfer.imported': 'Data sources imported',
  'store.backed-up': 'Backup made',
  'store.restored': 'Backup restored',
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
