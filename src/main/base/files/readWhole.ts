import type { FileHandle } from 'node:fs/promises';
import { AppError, isAppError } from '../AppError.ts';
import { fileFailed, shownFileName } from './fileErrors.ts';
import { openUserFile } from './openUserFile.ts';

/**
 * Reads all of a file that a person chose. It is opened once; a pipe, device or folder is refused and never waited for.
 * @param check is given its permissions before anything is read, and throws what keeps it from being read
 * @throws FILE_FAILED; TOO_LARGE for one above `maxBytes`, before anything is read; FILE_CHANGED for one that grows meanwhile
 */
export async function readWhole(
  path: string,
  maxBytes: number,
  check: (mode: number) => void = () => undefined,
): Promise<Buffer> {
  const handle = await openUserFile(path);
  try {
    const { mode, size } = await handle.stat();
    check(mode);
    return await readAll(handle, size, maxBytes);
  } catch (error) {
    throw isAppError(error) ? error : fileFailed('read', shownFileName(path), error);
  } finally {
    await handle.close();
  }
}

/**
 * The text of a file that need not be there, in UTF-8; empty when it is not.
 * @throws as `readWhole`
 */
export async function readTextIfThere(path: string, maxBytes: number): Promise<string> {
  try {
    return (await readWhole(path, maxBytes)).toString('utf8');
  } catch (error) {
    if (isAppError(error) && error.driverCode === 'ENOENT') return '';
    throw error;
  }
}

async function readAll(handle: FileHandle, size: number, maxBytes: number): Promise<Buffer> {
  if (size > maxBytes) {
    const detail = `The file is larger than ${Math.floor(maxBytes / 1024 / 1024)} MB.`;
    throw new AppError('TOO_LARGE', { title: 'This file is too large', detail });
  }
  // One byte more than there was, to see whether it grows while it is read.
  const bytes = Buffer.alloc(size + 1);
  let length = 0;
  while (length < bytes.length) {
    const { bytesRead } = await handle.read(bytes, length, bytes.length - length, null);
    if (bytesRead === 0) return bytes.subarray(0, length);
    length += bytesRead;
  }
  throw new AppError('FILE_CHANGED', {
    title: 'This file is being written to',
    detail: 'The file was changed while it was read.',
    fixes: ['Try again when the other program has finished.'],
  });
}
