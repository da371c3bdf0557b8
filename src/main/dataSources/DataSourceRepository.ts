import type { DamagedDataSource, DataSource, Integrity } from '../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../shared/model/ids.ts';

/** By field, the revision of each secret that was saved with a data source: an older one put back is not taken. */
export type SecretRevisions = Readonly<Record<string, number>>;

/** A saved data source and how far it can be trusted, all from one reading of its row. */
export interface InspectedDataSource {
  readonly dataSource: DataSource;
  readonly integrity: Integrity;
  readonly secretRevisions: SecretRevisions;
  /** SHA-256 of all that is signed, in hex. */
  readonly digest: string;
}

/** Keeps data sources; implemented by the store. All methods are synchronous; each is one transaction. */
export interface DataSourceRepository {
  /** Those in the list, by name as people sort (case and accents aside). */
  list(): DataSource[];
  /** The same, each with how far it can be trusted. */
  inspectAll(): InspectedDataSource[];
  /** Those of the list that cannot be read. */
  damaged(): DamagedDataSource[];
  /** Also finds one that was removed and not yet purged. Null also for a damaged one. */
  find(id: DataSourceId): DataSource | null;
  /** Whether it is in the list; false for one that was removed. */
  isListed(id: DataSourceId): boolean;
  /** As `find`; null also for one that was removed, which can still be restored. */
  findListed(id: DataSourceId): DataSource | null;
  /** As `find`. What decides about a password takes everything from one such answer. */
  inspect(id: DataSourceId): InspectedDataSource | null;
  /** For one that is not there `changed`. */
  integrityOf(id: DataSourceId): Integrity;
  /** Inserts or replaces by id, and signs it when the vault's key is in memory. */
  put(dataSource: DataSource, secretRevisions: SecretRevisions): void;
  /** Takes it out of the list; row and secrets stay until `purgeRemoved`. */
  markRemoved(id: DataSourceId, at: number): void;
  /** Puts a removed one back in the list. */
  restore(id: DataSourceId): void;
  /** Deletes the removed ones for good, with their secrets. */
  purgeRemoved(): DataSourceId[];
  /** Deletes one of `damaged()` for good, with its secrets. @returns false when no damaged one has the id */
  removeDamaged(id: string): boolean;
  /** Runs `work` in one transaction: all of its writes or none. */
  transaction<Value>(work: () => Value): Value;
}
