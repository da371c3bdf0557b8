import { AppError, isAppError } from '../base/AppError.ts';
import { diskFullCodes, systemCodeOf } from '../base/files/fileErrors.ts';

export function resultGone(): AppError {
  return new AppError('NOT_FOUND', {
    title: 'This result is no longer here',
    detail: 'Results are deleted with their tab and when Mooring quits.',
    fixes: ['Run the statement again.'],
  });
}

/** Why rows could not be kept: the error itself when it is one of ours. */
export function spoolFailed(error: unknown): AppError {
  if (isAppError(error)) return error;
  const driverCode = systemCodeOf(error);
  if (driverCode !== null && diskFullCodes.includes(driverCode)) {
    return new AppError('DISK_FULL', {
      title: 'The disk is full',
      detail: 'Not all rows could be kept. The rows so far can be read.',
      causes: ['The disk that holds Mooring’s data folder, or your quota on it, is used up.'],
      fixes: [
        'Free some space on that disk, or close tabs with large results, then run the statement again.',
        'Limit the rows, or save the result of the statement straight to a file on another disk.',
      ],
      driverCode,
      cause: error,
    });
  }
  return new AppError('STORE_FAILED', {
    title: 'Mooring could not keep the rows on this computer',
    detail: 'A file in Mooring’s data folder could not be written or read.',
    causes: [
      'The folder is read-only or belongs to another user.',
      'A sync or clean-up program removed the file.',
    ],
    fixes: ['Check that Mooring’s data folder can be written, then run the statement again.'],
    driverCode,
    cause: error,
  });
}

/**
 * Why work that needs files for a while could not be done: sorting, filtering, counting. The error itself when no file is
 * to blame.
 */
export function workFailed(error: unknown): unknown {
  if (systemCodeOf(error) === null || isAppError(error)) return error;
  const failure = spoolFailed(error);
  if (failure.code !== 'DISK_FULL') return failure;
  return new AppError('DISK_FULL', {
    title: 'The disk is full',
    detail: 'Sorting and filtering need some space on it. The rows themselves are all there.',
    causes: ['The disk that holds Mooring’s data folder, or your quota on it, is used up.'],
    fixes: ['Free some space on that disk, or close tabs with large results, then try again.'],
    driverCode: systemCodeOf(error),
    cause: error,
  });
}

export function tooLargeToCopy(): AppError {
  return new AppError('TOO_LARGE', {
    title: 'This is too much for the clipboard',
    detail: 'More than 200 MB of text is not copied. The clipboard was not changed.',
    fixes: ['Select less, or save the rows to a file instead.'],
  });
}
