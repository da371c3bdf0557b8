import type {
  RelationDetail,
  RelationRef,
  RelationSummary,
  RowCount,
  SchemaSummary,
} from '../../../shared/model/schemaTree.ts';
import type { SchemaPreview, ServerInfo } from '../../../shared/model/testReport.ts';
import type { Clock } from '../../base/Clock.ts';
import type { Connection, Describer, QueryOptions, RowReader } from '../Connector.ts';
import { describePreview } from './describePreview.ts';
import { countRows, describeRelation } from './describeRelation.ts';
import { listRelations, listSchemas } from './describeSchemas.ts';
import { describeServer } from './describeServer.ts';
import { PostgresRowReader } from './PostgresRowReader.ts';

const ofCatalogue = (options: QueryOptions): QueryOptions => ({ ...options, purpose: 'catalogue' });

/** What PostgreSQL's catalogue tells; each call asks it once, however many relations there are. */
export class PostgresDescriber implements Describer {
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  serverInfo(connection: Connection, options: QueryOptions): Promise<ServerInfo> {
    return describeServer(connection, ofCatalogue(options));
  }

  preview(connection: Connection, options: QueryOptions): Promise<SchemaPreview> {
    return describePreview(connection, this.#clock, ofCatalogue(options));
  }

  listSchemas(connection: Connection, options: QueryOptions): Promise<SchemaSummary[]> {
    return listSchemas(connection, ofCatalogue(options));
  }

  listRelations(connection: Connection, schema: string, options: QueryOptions): Promise<RelationSummary[]> {
    return listRelations(connection, schema, ofCatalogue(options));
  }

  describeRelation(
    connection: Connection,
    relation: RelationRef,
    options: QueryOptions,
  ): Promise<RelationDetail> {
    return describeRelation(connection, relation, ofCatalogue(options));
  }

  countRows(connection: Connection, relation: RelationRef, options: QueryOptions): Promise<RowCount> {
    return countRows(connection, relation, options);
  }

  readRows(
    connection: Connection,
    relation: RelationRef,
    limit: number,
    options: QueryOptions,
  ): Promise<RowReader> {
    return PostgresRowReader.open(connection, relation, limit, options);
  }
}
