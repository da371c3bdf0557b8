import { isAppError } from '../base/AppError.ts';
import { readWhole } from '../base/files/readWhole.ts';
import { UnfinishedFile } from '../base/files/UnfinishedFile.ts';
import { importInvalid } from './transferErrors.ts';

/** @throws FILE_FAILED; IMPORT_INVALID for a file above `maxBytes`, or one that grows while it is read */
export async function readUserFile(path: string, maxBytes: number): Promise<Buffer> {
  try {
    return await readWhole(path, maxBytes);
  } catch (error) {
    const isRefused = isAppError(error) && (error.code === 'TOO_LARGE' || error.code === 'FILE_CHANGED');
    throw isRefused ? importInvalid(error.detail) : error;
  }
}

/**
 * Writes a file that a person chose, in place of what is there: afterwards the old file is there or the whole new one,
 * whatever happens in between. Readable for its owner only.
 * @throws DISK_FULL, FILE_FAILED
 */
export async function writeUserFile(path: string, bytes: Buffer): Promise<void> {
  await UnfinishedFile.whole(path, (file) => file.write(bytes));
}
