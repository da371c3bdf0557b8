import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { isAppError } from '../AppError.ts';
import { fileFailed, fileNotRegular, shownFileName } from './fileErrors.ts';

/**
 * Opens a file that a person chose, for reading. It is opened once; a pipe, device or folder is refused and never waited
 * for.
 * @throws FILE_FAILED
 */
export async function openUserFile(path: string): Promise<FileHandle> {
  const name = shownFileName(path);
  try {
    // Opening a pipe without O_NONBLOCK (unknown on Windows) waits for somebody who writes into it.
    const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    if ((await handle.stat()).isFile()) return handle;
    await handle.close();
    throw fileNotRegular(name);
  } catch (error) {
    throw isAppError(error) ? error : fileFailed('read', name, error);
  }
}
