import type Sqlite from 'better-sqlite3';
import type { Logger } from '../observability/Logger.ts';
import type { Migration } from './Migration.ts';
import { storeFailed, toStoreError } from './storeErrors.ts';
import { applicationId, formatOf } from './storeFormat.ts';

export interface MigrationRun {
  readonly sqlite: Sqlite.Database;
  readonly migrations: readonly Migration[];
  /** Called once before the first step changes a file that holds data; answers the backup's name. */
  readonly backUp: () => string;
  readonly logger: Logger;
}

/**
 * Brings the file to the newest format. Each step is one transaction, together with the file's new `user_version`:
 * after a crash it has happened or it has not.
 * @throws STORE_FAILED (or DISK_FULL, …) with the file as it was before the failing step
 */
export function migrate({ sqlite, migrations, backUp, logger }: MigrationRun): void {
  const format = formatOf(sqlite);
  const pending = migrations.filter((migration) => migration.version > format);
  if (pending.length === 0) return;
  if (format > 0) logger.info('Store backed up before an update', { fileName: backUp() });
  for (const migration of pending) {
    runStep(sqlite, migration);
    logger.info('Store updated', { migration: migration.name });
  }
}

function runStep(sqlite: Sqlite.Database, migration: Migration): void {
  const step = sqlite.transaction(() => {
    migration.apply(sqlite);
    sqlite.pragma(`application_id = ${applicationId}`);
    sqlite.pragma(`user_version = ${migration.version}`);
  });
  try {
    step.immediate();
  } catch (error) {
    const known = toStoreError(error);
    // A fault in the step itself (such as bad SQL): the file is unharmed, but this version cannot use it.
    throw known === error ? storeFailed(`The update ${migration.name} failed.`, error) : known;
  }
}
