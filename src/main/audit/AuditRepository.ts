import type { AuditEntry } from '../../shared/model/audit.ts';
import type { Signature } from '../vault/Signer.ts';

/** An entry as it is kept, with what makes the chain. */
export interface StoredAuditEntry extends AuditEntry {
  /** SHA-256 over the hash of the entry before and this entry; see AuditTrail. */
  readonly hash: Buffer;
  /** Over the hash; null while the vault's key was not in memory. */
  readonly signature: Signature | null;
}

/** Keeps the audit trail; implemented by the store. Entries are only ever added. Synchronous. */
export interface AuditRepository {
  last(): StoredAuditEntry | null;
  add(entry: StoredAuditEntry): void;
  /** Those with a sequence below `before` (null: the newest), newest first. */
  newestFirst(before: number | null, limit: number): StoredAuditEntry[];
  /** Those with a sequence above `after`, oldest first. */
  oldestFirst(after: number, limit: number): StoredAuditEntry[];
  count(): number;
  /** Whether what is added now is a part of a transaction. */
  isInTransaction(): boolean;
}
