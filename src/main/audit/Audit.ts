import type { AuditOperation } from '../../shared/model/audit.ts';

/** What the audit trail is told; see AuditEntry for the meaning. */
export interface AuditRecord {
  readonly operation: AuditOperation;
  readonly subject?: string | null;
  /** `ok` by default, else an error's code. */
  readonly outcome?: string;
  readonly details?: Readonly<Record<string, string | number | boolean>>;
}

/** Where vault and services tell what was done; implemented by AuditTrail. */
export interface Audit {
  /** Adds an entry; joins the transaction that is open. Never throws: a full disk must not keep people from locking. */
  record(record: AuditRecord): void;
}
