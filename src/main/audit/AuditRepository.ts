import type { AuditEntry, AuditFilter } from '../../shared/model/audit.ts';
import type { Signature } from '../vault/Signer.ts';

/** An entry as it is kept, with what makes the chain. */
export interface StoredAuditEntry extends AuditEntry {
  /** SHA-256 over the hash of the entry before and this entry; see AuditTrail. */
  readonly hash: Buffer;
  /** Over the hash; null while the vault's key was not in memory. */
  readonly signature: Signature | null;
}

/** Which entry is the last one, kept beside the entries: those that are cut off at the end are missed. */
export interface TrailEnd {
  readonly sequence: number;
  readonly hash: Buffer;
  /** Over both; null when the last entry has none either. */
  readonly signature: Signature | null;
}

/** Entries that a filter found in a bounded part of the trail. */
export interface FoundEntries {
  readonly entries: StoredAuditEntry[];
  /** Where the search goes on; null when it is over. */
  readonly next: number | null;
}

/** Keeps the audit trail; implemented by the store. Synchronous. */
export interface AuditRepository {
  last(): StoredAuditEntry | null;
  /** Null for a trail that has none yet. */
  end(): TrailEnd | null;
  /** The newest entry with this operation that went well. */
  newestOf(operation: string): StoredAuditEntry | null;
  /** Adds an entry with the end that it makes, both or neither. */
  add(entry: StoredAuditEntry, end: TrailEnd): void;
  /** Those with a sequence above `after`, oldest first. */
  oldestFirst(after: number, limit: number): StoredAuditEntry[];
  /** Looks through some entries below `before` (null: from the newest), newest first. */
  findBefore(filter: AuditFilter, before: number | null, limit: number): FoundEntries;
  /** Looks through some entries above `after` (null: from the oldest), oldest first. */
  findAfter(filter: AuditFilter, after: number | null, limit: number): FoundEntries;
  /** Counts what a filter finds in some entries below `before`. */
  countBefore(
    filter: AuditFilter,
    before: number | null,
  ): { readonly count: number; readonly next: number | null };
  /** Removes all entries up to a sequence. @returns how many */
  removeUpTo(sequence: number): number;
  /** Whether what is added now is a part of a transaction. */
  isInTransaction(): boolean;
  /** Runs `work` in one transaction: all of its writes or none. */
  transaction<Value>(work: () => Value): Value;
}
