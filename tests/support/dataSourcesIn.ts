import { silentLogger } from '../../src/main/observability/Logger.ts';
import type { Database } from '../../src/main/store/Database.ts';
import { SqliteDataSourceRepository } from '../../src/main/store/SqliteDataSourceRepository.ts';
import type { Signer } from '../../src/main/vault/Signer.ts';
import { TestSigner } from './TestSigner.ts';

/** The data sources of an open store, signed with a key of the test's own. */
export function dataSourcesIn(
  database: Database,
  signer: Signer = new TestSigner(),
): SqliteDataSourceRepository {
  return new SqliteDataSourceRepository({ database, signer, logger: silentLogger });
}
