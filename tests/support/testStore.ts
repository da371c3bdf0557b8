import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { silentLogger } from '../../src/main/observability/Logger.ts';
import { Database, type DatabaseOptions } from '../../src/main/store/Database.ts';
import { SqliteAuditRepository } from '../../src/main/store/SqliteAuditRepository.ts';
import { SqliteSecretRepository } from '../../src/main/store/SqliteSecretRepository.ts';
import { SqliteVaultRepository } from '../../src/main/store/SqliteVaultRepository.ts';
import { FakeClock } from './FakeClock.ts';

/** A folder of the running test's own, removed after it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mooring-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Opens a real store in the folder (default: a fresh one); closed after the running test at the latest. */
export function openTestStore(options: Partial<DatabaseOptions> = {}): Database {
  const database = Database.open({
    folder: options.folder ?? temporaryFolder(),
    clock: new FakeClock(),
    logger: silentLogger,
    ...options,
  });
  onTestFinished(() => database.close());
  return database;
}

/** A store (default: a fresh one) with everything that the vault keeps in it. */
export function openTestVaultStore(options: Partial<DatabaseOptions> = {}) {
  const database = openTestStore(options);
  return {
    database,
    vault: new SqliteVaultRepository(database),
    secrets: new SqliteSecretRepository(database),
    audit: new SqliteAuditRepository(database),
  };
}
