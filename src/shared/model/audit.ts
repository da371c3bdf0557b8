import { z } from 'zod';
import { auditGroups, auditRetentionDays } from './auditChoices.ts';

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
  'monitoring.configured',
  'monitoring.token-renewed',
  'monitoring.config-copied',
  'tracing.configured',
  'tracing.header-changed',
  'server.statement-cancelled',
  'server.session-terminated',
  'audit.exported',
  'audit.retention-changed',
  'statistics.reset',
  'alerts.rule-changed',
  'alerts.rule-removed',
  'pipeline.saved',
  'pipeline.removed',
  'pipeline.enabled',
  'pipeline.run',
  'pipeline.run-cancelled',
  'pipeline.run-paused',
  'pipeline.run-resumed',
  'pipeline.exported',
  'pipeline.imported',
  'pipeline.settings-changed',
  'queue.configured',
  'queue.key-renewed',
  'request.sent',
  'request.copied',
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
  'ssh.host-key-accepted',
  'password.command-allowed',
  'ssh.host-key-replaced',
  'data-source.address-confirmed',
  'data-source.purged',
  'data-source.changed-outside',
  // Of the trail itself; see standingEntries.ts and AuditTrail.
  'audit.pruned',
  'audit.renewed',
  'audit.end-adopted',
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
  | 'concurrency'
  | 'connections'
  | 'copyOf'
  | 'dataSourceCount'
  | 'destroyOldKey'
  | 'enabled'
  | 'endpoint'
  | 'entryCount'
  | 'format'
  | 'forSeconds'
  | 'from'
  | 'hasTray'
  | 'hash'
  | 'idleMinutes'
  | 'inApplicationName'
  | 'inComment'
  | 'keepDays'
  | 'keptCount'
  | 'keptRuns'
  | 'method'
  | 'password'
  | 'pipeline'
  | 'port'
  | 'protection'
  | 'removedCount'
  | 'repeatedCount'
  | 'replacedCount'
  | 'resealedCount'
  | 'rule'
  | 'run'
  | 'scope'
  | 'secretCount'
  | 'session'
  | 'sharePercent'
  | 'skippedCount'
  | 'startsAtLogin'
  | 'status'
  | 'threshold'
  | 'to'
  | 'upTo'
  | 'version'
  | 'withPassword'
  | 'withSecrets'
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
 * - `broken`: see `reason`.
 */
export const auditCheckSchema = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('intact'),
    /** Those that are there. */
    entryCount: z.int(),
    signedUpTo: z.int().nullable(),
    /** False while the key to check signatures with is not in memory: then only the hashes were checked. */
    signaturesChecked: z.boolean(),
    /** The last entry that was removed for its age; 0 when the trail begins with its first. */
    startsAfter: z.int(),
    /** Whether the signature of that removal was checked and is right; true when nothing was removed. */
    startSigned: z.boolean(),
  }),
  z.strictObject({
    status: z.literal('broken'),
    /** The first entry that does not fit; for `end` the first that is missing. */
    at: z.int(),
    /**
     * - `entry`: it was changed, or one before it was removed or put in.
     * - `start`: entries before it are missing, and no signed removal says so.
     * - `end`: entries at the end are missing.
     */
    reason: z.enum(['entry', 'start', 'end']),
  }),
]);
export type AuditCheck = z.infer<typeof auditCheckSchema>;

export const auditRetentionSchema = z.literal([...auditRetentionDays]);

/** What is known of the trail as a whole. */
export const auditStatusSchema = z.strictObject({
  /** The last check of this run; null before the first. */
  check: auditCheckSchema.nullable(),
  /** Epoch milliseconds. */
  checkedAt: z.number().nullable(),
  /** Whether somebody has looked at what that check found. */
  isSeen: z.boolean(),
  keepDays: auditRetentionSchema,
});
export type AuditStatus = z.infer<typeof auditStatusSchema>;

/** Which entries are wanted; null: all. */
export const auditFilterSchema = z.strictObject({
  group: z.enum(auditGroups).nullable(),
  /** The data source. */
  subject: z.string().max(100).nullable(),
  outcome: z.enum(['ok', 'failed']).nullable(),
  /** Epoch milliseconds; this one included. */
  since: z.number().nullable(),
  /** Epoch milliseconds; this one not included. */
  until: z.number().nullable(),
  /** Found in the codes, the details or the id of an entry, in either case, or by what the window calls these. */
  search: z
    .strictObject({
      text: z.string().min(1).max(200),
      operations: z.array(auditOperationSchema).max(100),
      subjects: z.array(z.string().max(100)).max(1_000),
    })
    .nullable(),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;

/** The newest entries before `before`, newest first. */
export const auditPageInputSchema = z.strictObject({
  filter: auditFilterSchema,
  before: z.int().nullable(),
  limit: z.int().min(1).max(500),
});
export const auditPageSchema = z.strictObject({
  /** May be none although older ones follow: a page is looked for in a bounded number of entries. */
  entries: z.array(auditEntrySchema),
  /** Where older entries begin; null: there are none. */
  before: z.int().nullable(),
});
export type AuditPage = z.infer<typeof auditPageSchema>;

export const auditExportInputSchema = z.strictObject({
  filter: auditFilterSchema,
  format: z.enum(['csv', 'jsonl']),
});
export type AuditExportInput = z.infer<typeof auditExportInputSchema>;

/** Null: the person has cancelled the dialog. */
export const auditExportedSchema = z.strictObject({ fileName: z.string(), entryCount: z.int() }).nullable();
export type AuditExported = z.infer<typeof auditExportedSchema>;
