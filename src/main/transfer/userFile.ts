import type { FileHandle } from 'node:fs/promises';
import { isAppError } from '../base/AppError.ts';
import { fileFailed, shownFileName } from '../base/files/fileErrors.ts';
import { openUserFile } from '../base/files/openUserFile.ts';
import { UnfinishedFile } from '../base/files/UnfinishedFile.ts';
import { importInvalid } from './transferErrors.ts';

/**
 * Reads a file that a person chose. It is opened once; a pipe, device or folder is refused and never waited for.
 * @throws FILE_FAILED; IMPORT_INVALID for a file above `maxBytes`, before anything is read
 */
export async function readUserFile(path: string, maxBytes: number): Promise<Buffer> {
  const handle = await openUserFile(path);
  try {
    return await readAll(handle, maxBytes);
  } catch (error) {
    throw isAppError(error) ? error : fileFailed('read', shownFileName(path), error);
  } finally {
    await handle.close();
  }
}

async function readAll(handle: FileHandle, maxBytes: number): Promise<Buffer> {
  const { size } = await handle.stat();
  if (size > maxBytes) {
    throw importInvalid(`The file is larger than ${Math.floor(maxBytes / 1024 / 1024)} MB.`);
  }
  // One byte more than there was, to see whether it grows while it is read.
  const bytes = Buffer.alloc(size + 1);
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
 * @throws DISK_FULL, FILE_FAILED
 */
export async function writeUserFile(path: string, bytes: Buffer): Promise<void> {
  await UnfinishedFile.whole(path, (file) => file.write(bytes));
}
