import { AppError } from '../../base/AppError.ts';

const fullDisk = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

export const errorCodeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;

/** The system refused to read or write. @param name of the file, without its folder */
export function fileError(action: 'read' | 'written', name: string, cause: unknown): AppError {
  const driverCode = errorCodeOf(cause);
  const details = { driverCode, cause, detail: `“${name}” could not be ${action}.` };
  if (driverCode !== null && fullDisk.has(driverCode)) {
    return new AppError('DISK_FULL', {
      ...details,
      title: 'The disk is full',
      fixes: ['Free some space, then try again.'],
      retryable: true,
    });
  }
  return new AppError('FILE_FAILED', {
    ...details,
    title: action === 'read' ? 'The file could not be read' : 'The file could not be written',
    causes: ['The file or its folder was removed, or you do not have permission.'],
    fixes: ['Check the file and its folder, or choose another one.'],
  });
}

export function notRegularFileError(name: string): AppError {
  return new AppError('FILE_FAILED', {
    title: 'This is not a file',
    detail: `“${name}” is a folder, a device or something else that is not a regular file.`,
    fixes: ['Choose a regular file.'],
  });
}

/** @param maxLength in characters */
export function fileTooLargeError(name: string, maxLength: number): AppError {
  return new AppError('TOO_LARGE', {
    title: 'The file is too large for a tab',
    detail: `“${name}” has more than ${maxLength / 1_000_000} million characters.`,
    fixes: ['Split the file, or run it with the command line client of the server.'],
  });
}

export function notUtf8Error(name: string): AppError {
  return new AppError('FILE_FAILED', {
    title: 'The file is not UTF-8 text',
    detail: `“${name}” holds bytes that are not valid UTF-8.`,
    causes: ['It was saved in another encoding, such as UTF-16 or Windows-1252, or is no text file.'],
    fixes: ['Save it as UTF-8 in the program that it comes from, then open it again.'],
  });
}

export function unknownFileError(): AppError {
  return new AppError('NOT_FOUND', {
    title: 'Mooring no longer knows where this file is',
    fixes: ['Save it under a name of your choice.'],
  });
}

/** The file is not as it was when it was opened or saved last. */
export function fileChangedError(name: string, isGone: boolean): AppError {
  return new AppError('FILE_FAILED', {
    title: isGone ? 'The file no longer exists' : 'The file was changed by another program',
    detail: isGone
      ? `“${name}” was moved or deleted. Nothing was written.`
      : `“${name}” is not as it was when Mooring read or saved it. It was not overwritten.`,
    fixes: [
      isGone
        ? 'Save it under a name of your choice.'
        : 'Open the file again to see what changed, or save under the same name to replace it.',
    ],
  });
}
