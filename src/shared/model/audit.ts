import { z } from 'zod';

/** What an audited call of the contract is called in the trail. Each such call leaves one line with its outcome. */
export const callOperationSchema = z.enum([
  'vault.opened',
  'vault.locked',
  'vault.rotated',
  'vault.mode-changed',
  'vault.passphrase-changed',
  'vault.app-lock-changed',
  'vault.started-over',
  'data-source.saved',
  'data-source.duplicated',
  'data-source.removed',
  'data-source.restored',
  'data-source.confirmed',
  'data-source.discarded',
  'data-source.url-copied',
  'transfer.exported',
  'transfer.imported',
  'store.backed-up',
  'store.restored',
  'store.started-empty',
  'demo.reset',
  'server.statement-cancelled',
  'server.session-terminated',
  'statistics.reset',
]);
export type CallOperation = z.infer<typeof callOperationSchema>;

/** What the audit trail records. Stable: they are part of what each entry's hash covers. */
export const auditOperationSchema = z.enum([
  ...callOperationSchema.options,
  // Facts that are no calls. A few of the above are recorded by themselves too, such as the lock after some idle time.
  'vault.key-created',
  'vault.not-opened',
  'vault.rotation-undone',
  'vault.key-destroyed',
  'secret.saved',
  'secret.used',
  'secret.not-opened',
  'secret.endpoint-approved',
  'data-source.address-confirmed',
  'data-source.purged',
  'data-source.changed-outside',
  // Written by earlier versions only.
  'secret.removed',
  'secret.copied',
  /** Never written: stands for an entry that cannot be read any more. */
  'audit.unreadable',
]);
export type AuditOperation = z.infer<typeof auditOperationSchema>;

/** Everything that an entry may say beside its operation. An allow-list: counts, versions, modes and yes or no. */
type AuditDetail =
  | 'addedCount'
  | 'backup'
  | 'change'
  | 'connections'
  | 'copyOf'
  | 'dataSourceCount'
  | 'destroyOldKey'
  | 'enabled'
  | 'from'
  | 'idleMinutes'
  | 'keptCount'
  | 'password'
  | 'protection'
  | 'repeatedCount'
  | 'replacedCount'
  | 'resealedCount'
  | 'secretCount'
  | 'session'
  | 'skippedCount'
  | 'to'
  | 'version'
  | 'withPassword'
  | 'withSystem';
export type AuditDetails = Readonly<Partial<Record<AuditDetail, string | number | boolean>>>;

/** One entry as people read it. */
export const auditEntrySchema = z.strictObject({
  /** 1, 2, 3 … without gaps. */
  sequence: z.int(),
  /** Epoch milliseconds. */
  at: z.number(),
  operation: auditOperationSchema,
  /** The data source it was about; it may be gone. */
  subject: z.string().max(100).nullable(),
  /** `ok`, or the code of the error. */
  outcome: z.string().max(64),
  /** Counts, versions and modes; never a value, a host or a name. */
  details: z.record(z.string().max(40), z.union([z.string().max(100), z.number(), z.boolean()])),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

/**
 * Whether the trail is as it was written.
 * - `intact`: every hash fits; signed up to `signedUpTo`.
 * - `broken`: the entry `at` was changed, or one before it was removed or put in.
 */
export const auditCheckSchema = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('intact'),
    entryCount: z.int(),
    signedUpTo: z.int().nullable(),
    /** False while the key to check signatures with is not in memory: then only the hashes were checked. */
    signaturesChecked: z.boolean(),
  }),
  z.strictObject({ status: z.literal('broken'), at: z.int() }),
]);
export type AuditCheck = z.infer<typeof auditCheckSchema>;

/** The newest entries before `before`, newest first. */
export const auditPageInputSchema = z.strictObject({
  before: z.int().nullable(),
  limit: z.int().min(1).max(500),
});
export const auditPageSchema = z.strictObject({ entries: z.array(auditEntrySchema), hasMore: z.boolean() });
export type AuditPage = z.infer<typeof auditPageSchema>;
