import { AppError } from '../../base/AppError.ts';

/** @param maxLength in characters */
export function fileTooLarge(name: string, maxLength: number): AppError {
  return new AppError('TOO_LARGE', {
    title: 'The file is too large for a tab',
    detail: `“${name}” has more than ${maxLength / 1_000_000} million characters.`,
    fixes: ['Split the file, or run it with the command line client of the server.'],
  });
}

export function notUtf8(name: string): AppError {
  return new AppError('FILE_FAILED', {
    title: 'The file is not UTF-8 text',
    detail: `“${name}” contains bytes that are not valid UTF-8.`,
    causes: ['It was saved in another encoding, such as UTF-16 or Windows-1252, or it is not a text file.'],
    fixes: ['Save it as UTF-8 in the program that it comes from, then open it again.'],
  });
}

export function unknownFile(): AppError {
  return new AppError('NOT_FOUND', {
    title: 'Mooring no longer knows where this file is',
    fixes: ['Save it under a name of your choice.'],
  });
}

/** The file is not as it was when it was opened or saved last. */
export function fileChanged(name: string, isGone: boolean): AppError {
  return new AppError('FILE_CHANGED', {
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
