import type { DataSource, DataSourceSummary, SecretFieldName } from '../../shared/model/dataSource.ts';

/** Where an export takes data sources from; DataSourceService is one. */
export interface ExportSource {
  list(): { readonly dataSources: readonly DataSourceSummary[] };
}

/** Where an export takes secrets from; SecretSource is one. */
export interface StoredSecrets {
  /** The stored secret, or null. @throws SECRET_TAMPERED, DATA_SOURCE_CHANGED, VAULT_… */
  stored(dataSource: DataSource, field: SecretFieldName): Promise<string | null>;
}
