import type { DataSource, DataSourceSummary } from '../../shared/model/dataSource.ts';

/** Where an export takes data sources from; DataSourceService is one. */
export interface ExportSource {
  list(): { readonly dataSources: readonly DataSourceSummary[] };
}

/** Where an export takes passwords from; PasswordSource is one. */
export interface StoredPasswords {
  /** The stored password, or null. @throws SECRET_TAMPERED, DATA_SOURCE_CHANGED, VAULT_… */
  stored(dataSource: DataSource): Promise<string | null>;
}
