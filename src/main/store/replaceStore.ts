import { existsSync, lstatSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { chmod, copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { privateFileMode, privateFolderMode } from '../base/files/privateModes.ts';
import { parseBackupName, timeInName } from './backupFiles.ts';
import { syncFile, syncFolder } from './durableFiles.ts';
import { allMigrations } from './migrations/allMigrations.ts';
import {
  backupFolderName,
  backupUnusable,
  damagedFolderName,
  noSuchBackup,
  storeFileName,
  toStoreError,
} from './storeErrors.ts';
import { forgetStore, markStoreCreated, restrict } from './storeFile.ts';
import { checkFormat } from './storeFormat.ts';

export interface Replacement {
  /** Mooring's data folder. The store in it must be closed. */
  readonly folder: string;
  /** Now, for the name of the folder to which the old files go. */
  readonly wallMs: number;
  /** Name of the backup to put in place; null for a new start. May come from anywhere. */
  readonly backup: string | null;
}

/**
 * In the order in which they are moved. First the store itself: without its log it would open as it was some time ago,
 * while a log without its store is reported as damage.
 */
const storeFiles = ['', '-wal', '-shm', '-journal'].map((suffix) => `${storeFileName}${suffix}`);

/**
 * Moves the store's files, whatever they are, to `damaged/<time>` and puts a checked copy of a backup in their place, or
 * nothing. Killed at any point, the next start finds the old files, or the new ones, or reports that the store is
 * missing, and this can be done again.
 * @returns the folder to which the old files went, inside the data folder; null when there were none
 * @throws NOT_FOUND for a name that is no backup; STORE_FAILED, DISK_FULL with the store as it was
 */
export async function replaceStore({ folder, wallMs, backup }: Replacement): Promise<string | null> {
  try {
    const copy = backup === null ? null : await copyBackup(folder, backup);
    // From here on a missing store is known for one, and is not taken for a first start.
    markStoreCreated(folder);
    const movedTo = moveAside(folder, wallMs);
    if (copy === null) {
      forgetStore(folder);
    } else {
      renameSync(copy, join(folder, storeFileName));
      syncFolder(folder);
    }
    return movedTo;
  } catch (error) {
    throw toStoreError(error);
  }
}

/** A copy in the data folder that is on the disk and has passed its check. */
async function copyBackup(folder: string, name: string): Promise<string> {
  if (parseBackupName(name) === null) throw noSuchBackup();
  const source = join(folder, backupFolderName, name);
  if (!lstatSync(source, { throwIfNoEntry: false })?.isFile()) throw noSuchBackup();
  const copy = join(folder, `${storeFileName}.restoring`);
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(`${copy}${suffix}`, { force: true });
  await copyFile(source, copy);
  await chmod(copy, privateFileMode);
  checkCopy(copy);
  syncFile(copy);
  return copy;
}

function checkCopy(copy: string): void {
  try {
    const sqlite = new Sqlite(copy, { fileMustExist: true });
    try {
      sqlite.pragma('trusted_schema = OFF');
      // Alone in its file: it is given another name.
      sqlite.pragma('journal_mode = DELETE');
      checkFormat(sqlite, allMigrations, false);
    } finally {
      sqlite.close();
    }
  } catch (error) {
    throw backupUnusable(error);
  }
}

function moveAside(folder: string, wallMs: number): string | null {
  const present = storeFiles.filter((name) => lstatSync(join(folder, name), { throwIfNoEntry: false }));
  if (present.length === 0) return null;
  const movedTo = newDamagedFolder(folder, wallMs);
  for (const name of present) {
    const target = join(folder, movedTo, name);
    renameSync(join(folder, name), target);
    const moved = lstatSync(target);
    if (moved.isFile()) restrict(target, moved, privateFileMode);
  }
  syncFolder(join(folder, movedTo));
  syncFolder(folder);
  return movedTo;
}

function newDamagedFolder(folder: string, wallMs: number): string {
  const name = join(damagedFolderName, timeInName(wallMs));
  if (existsSync(join(folder, name))) return newDamagedFolder(folder, wallMs + 1);
  mkdirSync(join(folder, name), { recursive: true, mode: privateFolderMode });
  syncFolder(join(folder, damagedFolderName));
  return name;
}
