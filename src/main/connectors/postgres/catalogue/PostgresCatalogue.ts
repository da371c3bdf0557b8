import type { Diagram, DiagramScope } from '../../../../shared/model/diagrams.ts';
import type {
  NodeDependencies,
  NodeDetail,
  NodeRef,
  NodeTraits,
  RelationRef,
  RowCount,
} from '../../../../shared/model/schemaTree.ts';
import type { ServerInfo } from '../../../../shared/model/testReport.ts';
import type { Catalogue, NameReader, ServerOverview } from '../../Catalogue.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import { buildNamed } from '../family/builds.ts';
import { describePreview, previewFacts } from './describePreview.ts';
import { askServer, describeServer, serverFacts, serverInfoOf } from './describeServer.ts';
import { countRows, describeNode, estimateRows } from './details/describeNode.ts';
import { objectKinds } from './details/describeObject.ts';
import { readDependencies } from './details/readDependencies.ts';
import { PostgresNameReader } from './PostgresNameReader.ts';
import { PlainNameReader } from './plain/PlainNameReader.ts';
import { previewPlainly } from './plain/plainRelation.ts';
import { readDiagram } from './readDiagram.ts';

const relationKinds = [
  'table',
  'partitioned-table',
  'partition',
  'view',
  'materialized-view',
  'foreign-table',
] as const;

/** Of a server of which only `information_schema` is asked. */
const plainKinds: readonly NodeTraits[] = (['table', 'view'] as const).map((kind) => ({
  kind,
  actions: ['structure', 'rows', 'count'],
}));

const isPlain = ({ server }: SqlConnection): boolean => buildNamed(server.build).isPlain;

/** What PostgreSQL's catalogue tells; however many relations there are, a few statements ask for it. */
export class PostgresCatalogue implements Catalogue {
  readonly kinds: readonly NodeTraits[] = [
    ...relationKinds.map(
      (kind): NodeTraits => ({ kind, actions: ['structure', 'rows', 'count', 'definition', 'dependencies'] }),
    ),
    ...objectKinds.map(
      (kind): NodeTraits => ({
        kind,
        actions: ['structure', 'definition', 'dependencies', ...(kind === 'role' ? ['rights' as const] : [])],
      }),
    ),
  ];

  kindsOf(connection: SqlConnection): readonly NodeTraits[] {
    return isPlain(connection) ? plainKinds : this.kinds;
  }

  serverInfo(connection: SqlConnection, options: QueryOptions): Promise<ServerInfo> {
    return describeServer(connection, options);
  }

  async overview(connection: SqlConnection, options: QueryOptions): Promise<ServerOverview> {
    if (isPlain(connection)) {
      const server = await describeServer(connection, options);
      return { server, preview: await previewPlainly(connection, options) };
    }
    const answers = await askServer(connection, { ...serverFacts, ...previewFacts }, options);
    return {
      server: serverInfoOf(answers, connection),
      preview: await describePreview(connection, answers, options),
    };
  }

  readNames(connection: SqlConnection, options: QueryOptions): Promise<NameReader> {
    return isPlain(connection)
      ? PlainNameReader.open(connection, options)
      : PostgresNameReader.open(connection, options);
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

  async estimateRows(connection: SqlConnection, relation: RelationRef, options: QueryOptions) {
    if (isPlain(connection)) return null;
    return estimateRows(connection, relation, options);
  }

  readDiagram(connection: SqlConnection, scope: DiagramScope, options: QueryOptions): Promise<Diagram> {
    return readDiagram(connection, scope, options);
  }
}
