import { type DataSourceFields, dataSourceFieldsSchema } from '../../src/shared/model/dataSource.ts';
import { type FieldOverrides, someFields } from './dataSources.ts';

/** Where a test server is: a `PostgresCluster`, the shared server, or anything that listens. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  readonly user?: string;
  readonly database?: string;
}

/** Valid fields of a data source that reaches this server, without TLS unless a test says otherwise. */
export function fieldsFor(
  { host, port, user = 'postgres', database = 'postgres' }: ServerAddress,
  overrides: FieldOverrides = {},
): DataSourceFields {
  const address = { host, port, user, database };
  const fields = someFields({ name: 'Test server', environment: 'test', ...address, ...overrides });
  return dataSourceFieldsSchema.parse(fields);
}
