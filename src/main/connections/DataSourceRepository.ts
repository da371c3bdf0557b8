import type { DataSource } from '../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../shared/model/ids.ts';

/** Keeps data sources; implemented by the store. All methods are synchronous; each is one transaction. */
export interface DataSourceRepository {
  /** Those in the list, by name as people sort (case and accents aside). */
  list(): DataSource[];
  /** Also finds one that was removed and not yet purged. */
  find(id: DataSourceId): DataSource | null;
  /** Inserts or replaces by id. */
  put(dataSource: DataSource): void;
  /** Takes it out of the list; row and secrets stay until `purgeRemoved`. */
  markRemoved(id: DataSourceId, at: number): void;
  /** Puts a removed one back in the list. */
  restore(id: DataSourceId): void;
  /** Deletes the removed ones for good, with their secrets. */
  purgeRemoved(): DataSourceId[];
  /** Runs `work` in one transaction: all of its writes or none. */
  transaction<Value>(work: () => Value): Value;
}
