import type { DataSourceId } from '../../../shared/model/ids.ts';

/** Keeps with which method each endpoint of a data source has let us in. Implemented by the store. */
export interface LoginMethodRepository {
  /** As it was kept, or null. Not checked: whoever can write the file can put anything there. */
  find(id: DataSourceId, endpoint: Buffer): string | null;
  /** Keeps or replaces it. Does nothing for a data source that is not saved; goes with it when it is deleted. */
  put(id: DataSourceId, endpoint: Buffer, method: string): void;
  forget(id: DataSourceId, endpoint: Buffer): void;
}
