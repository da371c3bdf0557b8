import { randomUUID } from 'node:crypto';
import type { DataSource, DataSourceFields } from '../../src/shared/model/dataSource.ts';
import { defaultPoolSettings, defaultTimeoutSettings } from '../../src/shared/model/poolSettings.ts';

/** Fields of an ordinary data source; override what the test is about. */
export function someFields(overrides: Partial<DataSourceFields> = {}): DataSourceFields {
  return {
    kind: 'postgres',
    name: 'Warehouse',
    host: 'db.example.test',
    port: 5432,
    database: 'warehouse',
    user: 'analyst',
    tls: { mode: 'disable', caPem: null },
    pool: defaultPoolSettings,
    timeouts: defaultTimeoutSettings,
    color: 'blue',
    environment: 'none',
    readOnly: false,
    demo: false,
    ...overrides,
  };
}

export function someDataSource(overrides: Partial<DataSource> = {}): DataSource {
  return { ...someFields(), id: randomUUID(), createdAt: 0, updatedAt: 0, ...overrides };
}
