import type {
  NodeDetail,
  NodeRef,
  NodeTraits,
  RelationRef,
  RowCount,
} from '../../../../shared/model/schemaTree.ts';
import type { ServerInfo } from '../../../../shared/model/testReport.ts';
import type { Catalogue, NameReader, ServerOverview } from '../../Catalogue.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import { askCatalogue } from '../../sql/askCatalogue.ts';
import { countRows, describeNode } from './describeNode.ts';
import { describePreview, previewFacts } from './describePreview.ts';
import { describeServer, serverFacts, serverInfoOf } from './describeServer.ts';
import { PostgresNameReader } from './PostgresNameReader.ts';

const ofTables = ['structure', 'rows', 'count'] as const;
const ofViews = ['structure', 'rows', 'count', 'definition'] as const;

/** What PostgreSQL's catalogue tells; however many relations there are, a few statements ask for it. */
export class PostgresCatalogue implements Catalogue {
  readonly kinds: readonly NodeTraits[] = [
    { kind: 'table', actions: [...ofTables] },
    { kind: 'partitioned-table', actions: [...ofTables] },
    { kind: 'partition', actions: [...ofTables] },
    { kind: 'view', actions: [...ofViews] },
    { kind: 'materialized-view', actions: [...ofViews] },
    { kind: 'foreign-table', actions: [...ofTables] },
  ];

  serverInfo(connection: SqlConnection, options: QueryOptions): Promise<ServerInfo> {
    return describeServer(connection, options);
  }

  async overview(connection: SqlConnection, options: QueryOptions): Promise<ServerOverview> {
    const answers = await askCatalogue(connection, { ...serverFacts, ...previewFacts }, options);
    return {
      server: serverInfoOf(answers, connection),
      preview: await describePreview(connection, answers, options),
    };
  }

  readNames(connection: SqlConnection, options: QueryOptions): Promise<NameReader> {
    return PostgresNameReader.open(connection, options);
  }

  describe(connection: SqlConnection, node: NodeRef, options: QueryOptions): Promise<NodeDetail> {
    return describeNode(connection, node, options);
  }

  countRows(connection: SqlConnection, relation: RelationRef, options: QueryOptions): Promise<RowCount> {
    return countRows(connection, relation, options);
  }
}
