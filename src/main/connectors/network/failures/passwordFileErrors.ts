import { AppError } from '../../../base/AppError.ts';
import { cleanText } from '../../../base/cleanText.ts';

const maxPathLength = 200;

/** The file is there, and is not to be trusted or cannot be read. */
export const passwordFileUnusable = (path: string, why: string, fix: string, cause?: unknown): AppError =>
  new AppError('PASSWORD_FILE_UNUSABLE', {
    title: `The password file ${cleanText(path, maxPathLength)} cannot be used`,
    detail: why,
    fixes: [fix, 'Or enter the password instead.'],
    cause,
  });

/** Nothing in the file is for this log-in. */
export const passwordNotInFile = (path: string, forWhom: string): AppError =>
  new AppError('PASSWORD_REQUIRED', {
    title: `The password file has no password for ${cleanText(forWhom, maxPathLength)}`,
    detail: `Mooring looked in ${cleanText(path, maxPathLength)}.`,
    causes: ['The file is not there, or no entry in it is for this host, port, database and user.'],
    fixes: ['Add an entry to the file; it is read again at each log-in.', 'Enter the password now.'],
  });
