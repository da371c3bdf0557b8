import Sqlite from 'better-sqlite3';
import { type BackupFile, type BackupKind, beginBackup } from './backupFiles.ts';
import { storeFailed } from './storeErrors.ts';
import { applicationId, formatOf, integrityProblem } from './storeFormat.ts';

/**
 * Copies the open store to a file in `backups`, checks the copy, and only then gives it its name. The copy is a plain
 * SQLite file: renamed to mooring.db it is the store again. In one go, for the moments in which nothing else may happen;
 * StoreBackups has the way for all others.
 * @param wallMs now, for the name
 * @throws STORE_FAILED when the copy is not as good as the original
 */
export function backUpStore(
  sqlite: Sqlite.Database,
  folder: string,
  wallMs: number,
  kind: BackupKind,
): BackupFile {
  const unfinished = beginBackup(folder, kind);
  sqlite.prepare('VACUUM INTO ?').run(unfinished.path);
  const format = formatOf(sqlite);
  const copy = new Sqlite(unfinished.path, { readonly: true, fileMustExist: true });
  try {
    requireGood(copy, format, integrityProblem(copy));
  } finally {
    copy.close();
  }
  return unfinished.finish(format, wallMs);
}

/** @param problem what the copy's check found */
export function requireGood(copy: Sqlite.Database, format: number, problem: string | null): void {
  const owner = copy.pragma('application_id', { simple: true });
  if (owner === applicationId && formatOf(copy) === format && problem === null) return;
  throw storeFailed('The backup of the file did not pass its check.', problem);
}
