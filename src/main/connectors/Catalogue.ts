import type {
  CatalogueNode,
  NodeDetail,
  NodeRef,
  NodeTraits,
  RelationRef,
  RowCount,
  SchemaName,
} from '../../shared/model/schemaTree.ts';
import type { SchemaPreview, ServerInfo } from '../../shared/model/testReport.ts';
import type { QueryOptions, SqlConnection } from './Connection.ts';
import type { RowStream } from './RowStream.ts';

/** Reads the names of all nodes of a database in batches. */
export interface NameReader {
  /** All schemas, those of people first. */
  readonly schemas: readonly SchemaName[];
  /** The next batch, in no particular order; empty when there are no more. */
  next(options: QueryOptions): Promise<readonly CatalogueNode[]>;
  /** Ends the reading; after a failure the connection may be unusable, never half way. Never rejects. */
  close(): Promise<void>;
}

/** What a connection test shows of a server. */
export interface ServerOverview {
  readonly server: ServerInfo;
  /** Null when the server refused to list its tables. */
  readonly preview: SchemaPreview | null;
}

/** What a server says about itself and what is in it, over one connection. */
export interface Catalogue {
  /** The kinds of nodes it has, in the order in which a schema groups them, with what a person can do with each. */
  readonly kinds: readonly NodeTraits[];
  /** What the server refuses to say is null; only a lost connection, a time-out or a cancel makes it reject. */
  serverInfo(connection: SqlConnection, options: QueryOptions): Promise<ServerInfo>;
  /** As `serverInfo`, with where the tables are, in as few round trips as there can be. */
  overview(connection: SqlConnection, options: QueryOptions): Promise<ServerOverview>;
  readNames(connection: SqlConnection, options: QueryOptions): Promise<NameReader>;
  /** @throws NOT_FOUND when there is no such node. */
  describe(connection: SqlConnection, node: NodeRef, options: QueryOptions): Promise<NodeDetail>;
  countRows(connection: SqlConnection, relation: RelationRef, options: QueryOptions): Promise<RowCount>;
}

/** Reads the rows of a relation. */
export interface RowReader {
  /** @param limit most rows read in all */
  readRows(
    connection: SqlConnection,
    relation: RelationRef,
    limit: number,
    options: QueryOptions,
  ): Promise<RowStream>;
}
