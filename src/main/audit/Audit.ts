import type { AuditDetails, AuditOperation } from '../../shared/model/audit.ts';

/** What the audit trail records; see AuditEntry for the meaning. */
export interface AuditRecord {
  readonly operation: AuditOperation;
  readonly subject?: string | null;
  /** `ok` by default, else an error's code. */
  readonly outcome?: string;
  readonly details?: AuditDetails;
}

/** The audit trail as vault and services see it; implemented by AuditTrail. */
export interface Audit {
  /**
   * Adds an entry. A record of the operation of the call under way (see `callLine.ts`) is that call's one line.
   *
   * In a transaction it is a part of it, and throws when it cannot be written: no change is kept without its line.
   * Elsewhere it never throws, since there is nothing to take back: a full disk must not keep people from locking.
   * @throws STORE_… in a transaction
   */
  record(record: AuditRecord): void;
}
