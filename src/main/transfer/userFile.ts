import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isAppError } from '../base/AppError.ts';
import { cleanText } from '../base/cleanText.ts';
import { fileFailed, fileNotRegular } from './fileErrors.ts';
import { importInvalid } from './transferErrors.ts';

/** Only the owner reads and writes. */
const privateFileMode = 0o600;
/** What file systems answer that cannot flush a folder; the file itself has been flushed by then. */
const cannotSyncFolder = new Set(['EINVAL', 'ENOTSUP', 'ENOSYS', 'EISDIR', 'EPERM', 'EACCES']);

/** The name of a file as it may be shown. */
export function shownFileName(path: string): string {
  return cleanText(basename(path), 200);
}

/**
 * Reads a file that a person chose. It is opened once; a pipe, device or folder is refused and never waited for.
 * @throws FILE_FAILED; IMPORT_INVALID for a file above `maxBytes`, before anything is read
 */
export async function readUserFile(path: string, maxBytes: number): Promise<Buffer> {
  const name = shownFileName(path);
  try {
    // Opening a pipe without O_NONBLOCK (unknown on Windows) waits for somebody who writes into it.
    const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      return await readAll(handle, name, maxBytes);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw isAppError(error) ? error : fileFailed('read', name, error);
  }
}

async function readAll(handle: FileHandle, name: string, maxBytes: number): Promise<Buffer> {
  const stats = await handle.stat();
  if (!stats.isFile()) throw fileNotRegular(name);
  if (stats.size > maxBytes) {
    throw importInvalid(`The file is larger than ${Math.floor(maxBytes / 1024 / 1024)} MB.`);
  }
  // One byte more than there was, to see whether it grows while it is read.
  const bytes = Buffer.alloc(stats.size + 1);
  let length = 0;
  while (length < bytes.length) {
    const { bytesRead } = await handle.read(bytes, length, bytes.length - length, null);
    if (bytesRead === 0) return bytes.subarray(0, length);
    length += bytesRead;
  }
  throw importInvalid('The file was changed while it was read.');
}

/**
 * Writes a file that a person chose, in place of what is there: afterwards the old file is there or the whole new one,
 * whatever happens in between. Readable for its owner only.
 * @throws FILE_FAILED
 */
export async function writeUserFile(path: string, bytes: Buffer): Promise<void> {
  const name = shownFileName(path);
  try {
    await replaceFile(await targetOf(path, name), bytes);
  } catch (error) {
    throw isAppError(error) ? error : fileFailed('write', name, error);
  }
}

/** Where a link leads, so that the link stays one. */
async function targetOf(path: string, name: string): Promise<string> {
  try {
    const target = await realpath(path);
    if (!(await stat(target)).isFile()) throw fileNotRegular(name);
    return target;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return path;
    throw error;
  }
}

async function replaceFile(target: string, bytes: Buffer): Promise<void> {
  const folder = dirname(target);
  const unfinished = join(folder, `.mooring-${randomUUID()}.tmp`);
  try {
    const handle = await open(unfinished, 'wx', privateFileMode);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(unfinished, target);
  } catch (error) {
    // Why it failed is worth more than why its rest could not be removed.
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(folder);
}

/** Flushes a folder's list of names, without which a renamed file may be gone after a power cut. */
async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder for this; NTFS journals its names itself.
  if (process.platform === 'win32') return;
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!cannotSyncFolder.has(errorCode(error) ?? '')) throw error;
  }
}

function errorCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
