import type { SearchBatch, SearchQuery } from '../../shared/model/schemaSearch.ts';
import type { Connection, QueryOptions } from './Connection.ts';

/** Searches all that a server knows about what is in it, on the server. */
export interface CatalogueSearch {
  /**
   * Each place in turn, with its hits as they are found. A place that the server refuses to search is told as such, and
   * the others are searched all the same.
   * @throws INVALID_INPUT for what the server does not take as a regular expression; what ended the connection; a
   *   time-out, or the abort's reason
   */
  search(
    connection: Connection,
    query: SearchQuery,
    options: QueryOptions,
  ): AsyncGenerator<SearchBatch, void, void>;
}
