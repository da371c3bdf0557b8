import type { RelationDetail, RelationRef, RowCount } from '../../../../shared/model/schemaTree.ts';
import type { ServerInfo } from '../../../../shared/model/testReport.ts';
import type {
  SqlConnection,
  Describer,
  NameReader,
  QueryOptions,
  RowReader,
  ServerOverview,
} from '../../Connection.ts';
import { askCatalogue } from './askCatalogue.ts';
import { describePreview, previewFacts } from './describePreview.ts';
import { countRows, describeRelation } from './describeNode.ts';
import { describeServer, serverFacts, serverInfoOf } from './describeServer.ts';
import { PostgresNameReader } from './PostgresNameReader.ts';
import { PostgresRowReader } from './PostgresRowReader.ts';

/** What PostgreSQL's catalogue tells; however many relations there are, a few statements ask for it. */
export class PostgresDescriber implements Describer {
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

  describeRelation(
    connection: SqlConnection,
    relation: RelationRef,
    options: QueryOptions,
  ): Promise<RelationDetail> {
    return describeRelation(connection, relation, options);
  }

  countRows(connection: SqlConnection, relation: RelationRef, options: QueryOptions): Promise<RowCount> {
    return countRows(connection, relation, options);
  }

  readRows(
    connection: SqlConnection,
    relation: RelationRef,
    limit: number,
    options: QueryOptions,
  ): Promise<RowReader> {
    return PostgresRowReader.open(connection, relation, limit, options);
  }
}
