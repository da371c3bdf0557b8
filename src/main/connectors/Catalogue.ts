import type { Diagram, DiagramScope } from '../../shared/model/diagrams.ts';
import type { ColumnFilter, SortKey } from '../../shared/model/results.ts';
import type {
  CatalogueNode,
  NodeDependencies,
  NodeDetail,
  NodeRef,
  NodeTraits,
  RelationRef,
  RowCount,
  SchemaName,
} from '../../shared/model/schemaTree.ts';
import type { TableLink } from '../../shared/model/tableRows.ts';
import type { SchemaPreview, ServerInfo } from '../../shared/model/testReport.ts';
import type { Connection, QueryOptions, RunOptions } from './Connection.ts';
import type { Row, RowStream } from './RowStream.ts';

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

/** What a server says about itself and what is in it, over one connection, which its own connector has opened. */
export interface Catalogue {
  /** The kinds of nodes it has, in the order in which a schema groups them, with what a person can do with each. */
  readonly kinds: readonly NodeTraits[];
  /** Those that this server has, where it is built otherwise than most of its engine. Absent: all. */
  kindsOf?(connection: Connection): readonly NodeTraits[];
  /** What the server refuses to say is null; only a lost connection, a time-out or a cancel makes it reject. */
  serverInfo(connection: Connection, options: QueryOptions): Promise<ServerInfo>;
  /** As `serverInfo`, with where the tables are, in as few round trips as there can be. */
  overview(connection: Connection, options: QueryOptions): Promise<ServerOverview>;
  readNames(connection: Connection, options: QueryOptions): Promise<NameReader>;
  /** @throws NOT_FOUND when there is no such node. */
  describe(connection: Connection, node: NodeRef, options: QueryOptions): Promise<NodeDetail>;
  /** Nothing for kinds without the action `dependencies`. */
  dependencies(connection: Connection, node: NodeRef, options: QueryOptions): Promise<NodeDependencies>;
  countRows(connection: Connection, relation: RelationRef, options: QueryOptions): Promise<RowCount>;
  /** About how many rows there are, without reading them; null where the server does not say. @throws as `countRows` */
  estimateRows(connection: Connection, relation: RelationRef, options: QueryOptions): Promise<number | null>;
  /**
   * Tables with their columns and foreign keys, at most `maxDiagramTables`. Absent where there are no foreign keys.
   * @throws NOT_FOUND when the table in the middle does not exist
   */
  readDiagram?(connection: Connection, scope: DiagramScope, options: QueryOptions): Promise<Diagram>;
}

/** Which rows of a relation, in which order. Among rows that are equal in that, its key decides. */
export interface RowPage {
  /** Columns by their position in the relation, here and in the filters. */
  readonly sort: readonly SortKey[];
  readonly filters: readonly ColumnFilter[];
  /** The row that the page begins behind, of which only the columns of `pageKey` are read; null: at the beginning. */
  readonly after: Row | null;
  /** Most rows; null: all of them. */
  readonly limit: number | null;
}

/** What of a page's filters and order its server applies; the rest is for whoever has all rows. */
export interface AppliedParts {
  /** For each filter of the page. */
  readonly filters: readonly boolean[];
  readonly sort: boolean;
}

/** A relation whose rows can be read. What was asked about it holds for all its pages. */
export interface ReadableRelation {
  /** Its foreign keys, columns by their position. */
  readonly links: readonly TableLink[];
  /**
   * The columns whose text in a row says exactly where the next page begins in this order; null when there are none that
   * do, and all rows have to be read as one page.
   */
  pageKey(sort: readonly SortKey[]): readonly number[] | null;
  /** What `readPage` applies by itself. Absent: everything. */
  applies?(page: Pick<RowPage, 'filters' | 'sort'>): AppliedParts;
  /** @throws what the server refuses to read it with; no transaction is left open then */
  readPage(connection: Connection, page: RowPage, options: RunOptions): Promise<RowStream>;
  /**
   * Present where rows come in parts, each for a request of its own, so that no connection need be kept in between. As
   * `readPage`, but nothing is on its way while nobody waits for rows, and each request goes over the connection that
   * there is then.
   */
  pullPage?(connection: () => Connection, page: RowPage, options: RunOptions): RowStream;
}

/** Reads the rows of relations. */
export interface RowReader {
  /**
   * Asks what has to be known before rows are read in an order.
   * @throws NOT_FOUND when there is no such relation, or the role may not see any of its columns; or what the server
   *   itself refuses to read it with
   */
  find(connection: Connection, relation: RelationRef, options: QueryOptions): Promise<ReadableRelation>;
}
