import { type DataSourceFields, dataSourceFieldsSchema } from '../../src/shared/model/dataSource.ts';
import { defaultPoolSettings, defaultTimeoutSettings } from '../../src/shared/model/poolSettings.ts';

/** Where a test server is: a `PostgresCluster`, the shared server, or anything that listens. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  readonly user?: string;
  readonly database?: string;
}

/** Valid fields of a data source that reaches this server, without TLS unless a test says otherwise. */
export function fieldsFor(
  server: ServerAddress,
  overrides: Partial<DataSourceFields> = {},
): DataSourceFields {
  return dataSourceFieldsSchema.parse({
    kind: 'postgres',
    name: 'Test server',
    host: server.host,
    port: server.port,
    database: server.database ?? 'postgres',
    user: server.user ?? 'postgres',
    tls: { mode: 'disable', caPem: null },
    pool: defaultPoolSettings,
    timeouts: defaultTimeoutSettings,
    color: 'blue',
    environment: 'test',
    readOnly: false,
    demo: false,
    ...overrides,
  });
}
