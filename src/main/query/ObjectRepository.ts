import type { KeptObject, KeptObjects } from '../../shared/model/keptObjects.ts';

/** Keeps which objects are favourites and which were opened lately; a port, implemented by the store. */
export interface ObjectRepository {
  /** Those of data sources that are in the list, or can still be brought back. */
  list(): KeptObjects;
  /** An object of a data source that is gone is ignored. @throws TOO_LARGE when there are as many as there may be */
  setFavourite(object: KeptObject, isFavourite: boolean): void;
  /** It becomes the newest one; the oldest ones above the limits are forgotten. */
  opened(object: KeptObject): void;
  clearRecent(): void;
}
