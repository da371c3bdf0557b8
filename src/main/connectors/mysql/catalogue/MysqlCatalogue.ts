import type { Diagram, DiagramScope } from '../../../../shared/model/diagrams.ts';
import type {
  NodeDependencies,
  NodeDetail,
  NodeKind,
  NodeRef,
  NodeTraits,
  RelationRef,
  RowCount,
} from '../../../../shared/model/schemaTree.ts';
import type { ServerInfo } from '../../../../shared/model/testReport.ts';
import type { Catalogue, NameReader, ServerOverview } from '../../Catalogue.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import { buildNamed } from '../family/builds.ts';
import { countRows, describeNode } from './describeNode.ts';
import { describePreview } from './describePreview.ts';
import { askAboutServer, serverInfoOf } from './describeServer.ts';
import { MysqlNameReader } from './MysqlNameReader.ts';
import { mysqlNodeKinds } from './nodeKinds.ts';
import { readDependencies } from './readDependencies.ts';
import { readDiagram } from './readDiagram.ts';
import { estimateRows } from './tableFigures.ts';

const routineKinds: ReadonlySet<NodeKind> = new Set(['function', 'procedure', 'trigger', 'event']);

/** What the dictionary of MySQL or MariaDB tells: a statement for each list, never one for each table. */
export class MysqlCatalogue implements Catalogue {
  readonly kinds = mysqlNodeKinds;

  kindsOf({ server }: SqlConnection): readonly NodeTraits[] {
    const { hasRoutines } = buildNamed(server.build);
    return hasRoutines ? this.kinds : this.kinds.filter(({ kind }) => !routineKinds.has(kind));
  }

  async serverInfo(connection: SqlConnection, options: QueryOptions): Promise<ServerInfo> {
    return serverInfoOf(await askAboutServer(connection, options), connection);
  }

  async overview(connection: SqlConnection, options: QueryOptions): Promise<ServerOverview> {
    const answers = await askAboutServer(connection, options);
    return {
      server: serverInfoOf(answers, connection),
      preview: await describePreview(connection, answers, options),
    };
  }

  readNames(connection: SqlConnection, options: QueryOptions): Promise<NameReader> {
    return MysqlNameReader.open(connection, options);
  }

  describe(connection: SqlConnection, node: NodeRef, options: QueryOptions): Promise<NodeDetail> {
    return describeNode(connection, node, options);
  }

  dependencies(connection: SqlConnection, node: NodeRef, options: QueryOptions): Promise<NodeDependencies> {
    return readDependencies(connection, node, options);
  }

  countRows(connection: SqlConnection, relation: RelationRef, options: QueryOptions): Promise<RowCount> {
    return countRows(connection, relation, options);
  }

  estimateRows(connection: SqlConnection, relation: RelationRef, options: QueryOptions) {
    return estimateRows(connection, relation, options);
  }

  readDiagram(connection: SqlConnection, scope: DiagramScope, options: QueryOptions): Promise<Diagram> {
    return readDiagram(connection, scope, options);
  }
}
