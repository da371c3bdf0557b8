import type { DataSourceSummary, Draft } from '../../shared/model/dataSource.ts';

/** Where an import puts what was chosen; DataSourceService is one. */
export interface ImportTarget {
  list(): { readonly dataSources: readonly DataSourceSummary[] };

  /**
   * Saves all of them in one transaction, or none of them. Answers in the order of the drafts.
   * - `id: null` makes a new data source with an id of its own. A name that is taken, also by one before it in the
   *   batch, gets a number.
   * - An `id` replaces what is saved under it and keeps its id and time of creation.
   * - A secret that is `typed` is sealed for the new endpoint; one that is missing is removed; `stored` keeps it, and is
   *   only asked for when the endpoint hash stays the same. Its envelope then stays valid as it is, so that it need not be
   *   opened: one that cannot be opened now must not keep the others from being saved.
   * - Up to 5,000 drafts: reading the saved ones again for each of them would take minutes.
   *
   * @param record called in that transaction, to tell the audit trail
   * @param signal closes the question that `stored` leads to when its endpoint has changed after all
   * @throws NOT_FOUND when an id is gone, VAULT_… when a secret cannot be sealed, STORE_…, DISK_FULL: nothing is saved
   */
  saveAll(drafts: readonly Draft[], record: () => void, signal: AbortSignal): Promise<DataSourceSummary[]>;
}
