import { closeSync, existsSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { privateFileMode, privateFolderMode } from '../base/files/privateModes.ts';
import { syncFile, syncFolder } from './durableFiles.ts';
import { backupFolderName } from './storeErrors.ts';

/**
 * Why a backup was made; of each kind the newest ones stay, so that none pushes another out.
 * - `update`: before the file's format was changed.
 * - `copy`: once a day, or because somebody asked for it.
 * - `rescue`: the file was taken away while it was open.
 */
export type BackupKind = 'update' | 'copy' | 'rescue';

const keptCountOfEach = 5;
const namePattern =
  /^mooring-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z-(?:(copy|rescue)-)?format-\d{1,9}\.db$/;

/** A file whose name says that it is a backup. */
export interface BackupFile {
  readonly name: string;
  readonly kind: BackupKind;
  /** Epoch milliseconds, from the name. */
  readonly createdAt: number;
}

/** A backup that is being made: `path` is to be filled; it has no name yet that anybody takes for a backup. */
export interface UnfinishedBackup {
  readonly path: string;
  /** Gives it its name and lets the oldest of its kind go. To be called when its content was checked. */
  finish(format: number, wallMs: number): BackupFile;
}

/** What has the name of a backup cannot be a path to elsewhere. */
export function parseBackupName(name: string): BackupFile | null {
  const match = namePattern.exec(name);
  if (match === null) return null;
  const [, day, hours, minutes, seconds, milliseconds, word] = match;
  const createdAt = Date.parse(`${day}T${hours}:${minutes}:${seconds}.${milliseconds}Z`);
  if (Number.isNaN(createdAt)) return null;
  return { name, createdAt, kind: word === 'copy' || word === 'rescue' ? word : 'update' };
}

/** Newest first. */
export function backupFilesIn(folder: string): BackupFile[] {
  const backups = join(folder, backupFolderName);
  if (!existsSync(backups)) return [];
  return readdirSync(backups)
    .flatMap((name) => parseBackupName(name) ?? [])
    .sort((left, right) => right.createdAt - left.createdAt);
}

/** Makes the place for a backup: an empty private file, in place of one left over from a crash. */
export function beginBackup(folder: string, kind: BackupKind): UnfinishedBackup {
  const backups = join(folder, backupFolderName);
  mkdirSync(backups, { recursive: true, mode: privateFolderMode });
  const path = join(backups, `unfinished-${kind}`);
  // With its log: SQLite would play a left one into the new file.
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
  closeSync(openSync(path, 'wx', privateFileMode));
  return {
    path,
    finish(format, wallMs) {
      // Neither VACUUM INTO nor a change of the journal's mode leaves all of it on the disk.
      syncFile(path);
      const backup = freeName(backups, kind, format, wallMs);
      renameSync(path, join(backups, backup.name));
      syncFolder(backups);
      removeOldest(folder, kind);
      return backup;
    },
  };
}

/** A time as part of a file's name; sorts as the times do. */
export function timeInName(wallMs: number): string {
  return new Date(wallMs).toISOString().replaceAll(/[:.]/g, '-');
}

/** Two in one millisecond, or a clock that stands, must not replace one another. */
function freeName(backups: string, kind: BackupKind, format: number, wallMs: number): BackupFile {
  const word = kind === 'update' ? '' : `${kind}-`;
  const name = `mooring-${timeInName(wallMs)}-${word}format-${format}.db`;
  if (existsSync(join(backups, name))) return freeName(backups, kind, format, wallMs + 1);
  return { name, kind, createdAt: wallMs };
}

function removeOldest(folder: string, kind: BackupKind): void {
  const ofKind = backupFilesIn(folder).filter((backup) => backup.kind === kind);
  for (const { name } of ofKind.slice(keptCountOfEach)) rmSync(join(folder, backupFolderName, name));
}
