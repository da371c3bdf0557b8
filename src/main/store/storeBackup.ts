import { closeSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { privateFileMode, privateFolderMode, syncFile, syncFolder } from './durableFiles.ts';
import { backupFolderName, storeFailed } from './storeErrors.ts';
import { applicationId, formatOf, integrityProblem } from './storeFormat.ts';

const keptBackupCount = 5;
const backupPattern = /^mooring-[\dTZ-]+-format-\d+\.db$/;

/**
 * Copies the open store to `backups/mooring-<time>-format-<n>.db`, checks the copy, and only then gives it its name;
 * the five newest stay. The copy is a plain SQLite file: renamed to mooring.db it is the store again.
 * @param wallMs now, for the name
 * @returns the file's name
 * @throws STORE_FAILED when the copy is not as good as the original
 */
export function backUpStore(sqlite: Sqlite.Database, folder: string, wallMs: number): string {
  const backups = join(folder, backupFolderName);
  mkdirSync(backups, { recursive: true, mode: privateFolderMode });
  const time = new Date(wallMs).toISOString().replaceAll(/[:.]/g, '-');
  const name = `mooring-${time}-format-${formatOf(sqlite)}.db`;
  // Always the same name, so that one left over from a crash is replaced.
  const unfinished = join(backups, 'unfinished');
  rmSync(unfinished, { force: true });
  closeSync(openSync(unfinished, 'wx', privateFileMode));
  sqlite.prepare('VACUUM INTO ?').run(unfinished);
  verify(unfinished, formatOf(sqlite));
  // VACUUM INTO does not flush (sqlite.org/lang_vacuum.html).
  syncFile(unfinished);
  renameSync(unfinished, join(backups, name));
  syncFolder(backups);
  removeOldest(backups);
  return name;
}

function verify(file: string, format: number): void {
  const copy = new Sqlite(file, { readonly: true, fileMustExist: true });
  try {
    const owner = copy.pragma('application_id', { simple: true });
    const problem = integrityProblem(copy);
    if (owner === applicationId && formatOf(copy) === format && problem === null) return;
    throw storeFailed('The backup before an update of the file did not pass its check.', problem);
  } finally {
    copy.close();
  }
}

function removeOldest(backups: string): void {
  const names = readdirSync(backups)
    .filter((name) => backupPattern.test(name))
    .sort();
  for (const name of names.slice(0, -keptBackupCount)) rmSync(join(backups, name));
}
