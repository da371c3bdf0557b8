import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { z } from 'zod';
import type { Backup } from '../../shared/model/recovery.ts';
import { type BackupFile, backupFilesIn } from './backupFiles.ts';
import { allMigrations } from './migrations/allMigrations.ts';
import { backupFolderName } from './storeErrors.ts';
import { applicationId, formatOf, integrityProblemInSlices } from './storeFormat.ts';

const countsSchema = z.object({ dataSourceCount: z.int(), secretCount: z.int() });

/**
 * The backups that can be restored, newest first: each is opened, only for reading, and checked. One that is broken or
 * of a newer version is left out, and left alone.
 * @param folder Mooring's data folder
 */
export async function listBackups(folder: string): Promise<Backup[]> {
  const found: Backup[] = [];
  for (const file of backupFilesIn(folder)) {
    await nextTurn();
    const backup = await readBackup(join(folder, backupFolderName, file.name), file);
    if (backup !== null) found.push(backup);
  }
  return found;
}

/** What a store holds, as people count it: what was deleted and can still be brought back is not in it. */
export function countsOf(sqlite: Sqlite.Database): z.output<typeof countsSchema> {
  const row = sqlite
    .prepare(
      `SELECT (SELECT count(*) FROM data_sources WHERE removed_at IS NULL) AS dataSourceCount,
              (SELECT count(*) FROM secrets) AS secretCount`,
    )
    .get();
  return countsSchema.parse(row);
}

async function readBackup(path: string, { name, createdAt }: BackupFile): Promise<Backup | null> {
  try {
    if (!lstatSync(path).isFile()) return null;
    const sqlite = new Sqlite(path, { readonly: true, fileMustExist: true });
    try {
      sqlite.pragma('trusted_schema = OFF');
      return (await isUsable(sqlite)) ? { name, createdAt, ...countsOf(sqlite) } : null;
    } finally {
      sqlite.close();
    }
  } catch {
    // Whatever is wrong with it, it is nothing to restore from.
    return null;
  }
}

async function isUsable(sqlite: Sqlite.Database): Promise<boolean> {
  const newest = allMigrations.at(-1)?.version ?? 0;
  const format = formatOf(sqlite);
  if (sqlite.pragma('application_id', { simple: true }) !== applicationId) return false;
  return format > 0 && format <= newest && (await integrityProblemInSlices(sqlite)) === null;
}
