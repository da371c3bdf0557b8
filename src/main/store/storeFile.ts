import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  rmSync,
  type Stats,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { privateFileMode, privateFolderMode } from '../base/files/privateModes.ts';
import { syncFolder, writeNewFileDurably } from './durableFiles.ts';
import { markerFileName, storeCorrupt, storeFailed, storeFileName } from './storeErrors.ts';

/**
 * The files on the disk before SQLite sees them. SQLite takes an empty or a missing file for a new database, and
 * deletes the write-ahead log beside an empty one; so a marker file remembers that there was a store, and what SQLite
 * would take for a first start is reported as damage instead, with nothing touched.
 */
export interface StoreFile {
  readonly path: string;
  /** Whether this is a first start: no store was ever made in the folder. */
  readonly isNew: boolean;
  /** Device and number of the file itself, which stay when it is renamed. */
  readonly identity: string;
}

const markerText = [
  `Mooring made ${storeFileName} in this folder.`,
  `While this file is here, an empty or missing ${storeFileName} is reported as damage and not taken for a first start.`,
  'To start over by hand, move both files away.',
  '',
].join('\n');

/**
 * Makes folder and file when this is a first start, private to the user either way.
 * @throws STORE_CORRUPT when there was a store and the file is now empty or missing
 */
export function prepareStoreFile(folder: string): StoreFile {
  mkdirSync(folder, { recursive: true, mode: privateFolderMode });
  restrict(folder, statSync(folder), privateFolderMode);
  const path = join(folder, storeFileName);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found !== undefined && !found.isFile()) throw storeFailed(`${storeFileName} is not a file.`);
  if (found !== undefined && found.size > 0) {
    restrict(path, found, privateFileMode);
    // SQLite would open it for reading only and say so with the first write.
    accessSync(path, constants.W_OK);
    return { path, isNew: false, identity: identityOf(path) };
  }
  refuseLostStore(folder, path, found !== undefined);
  // Made by us and not by SQLite, so that it never exists with wider rights; SQLite gives its log files the same.
  closeSync(openSync(path, 'a', privateFileMode));
  return { path, isNew: true, identity: identityOf(path) };
}

/** Remembers that there is a store in the folder. Called when the first migration has been committed. */
export function markStoreCreated(folder: string): void {
  const marker = join(folder, markerFileName);
  if (existsSync(marker)) return;
  writeNewFileDurably(marker, markerText);
  syncFolder(folder);
}

/** Makes the next start a first one. Called when the store was moved away. */
export function forgetStore(folder: string): void {
  rmSync(join(folder, markerFileName), { force: true });
  syncFolder(folder);
}

/**
 * Whether another file, or none, has the store's name now. SQLite does not notice when its file is renamed or deleted
 * while open: it goes on writing to what no name leads to, and the next start would find nothing of it.
 */
export function isStoreMoved(file: StoreFile): boolean {
  return identityOf(file.path) !== file.identity;
}

/** Whether a store was made in the folder before. */
export function isStoreExpected(folder: string): boolean {
  return existsSync(join(folder, markerFileName));
}

function refuseLostStore(folder: string, path: string, isPresent: boolean): void {
  const log = statSync(`${path}-wal`, { throwIfNoEntry: false });
  if (!isStoreExpected(folder) && (log === undefined || log.size === 0)) return;
  const now = isPresent ? 'empty' : 'missing';
  throw storeCorrupt(`${storeFileName} is ${now}, although data was saved in it before.`);
}

function identityOf(path: string): string {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? 'none' : `${found.dev}:${found.ino}`;
}

/** Takes rights from others where a copy or a lax umask gave them some; the bits mean nothing on Windows. */
export function restrict(path: string, found: Stats, mode: number): void {
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0) chmodSync(path, mode);
}
