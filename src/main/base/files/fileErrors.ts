import { basename } from 'node:path';
import type { ErrorCode } from '../../../shared/errors/errorCodes.ts';
import { AppError } from '../AppError.ts';
import { cleanText } from '../cleanText.ts';

/** What operating systems answer when a disk or a quota is used up. */
export const diskFullCodes: readonly string[] = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** The name of the errno of a failed call to the operating system; null for what has none. */
export function systemCodeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** The name of a file as it may be shown. */
export function shownFileName(path: string): string {
  return cleanText(basename(path), 200);
}

/** Nothing but an ordinary file is read or written: a folder, a pipe, a device or the like. */
export function fileNotRegular(name: string): AppError {
  return new AppError('FILE_FAILED', {
    title: 'This is not a file',
    detail: `“${name}” is a folder, a device or something else that is not a regular file.`,
    fixes: ['Choose a regular file.'],
  });
}

/** The system refused to read or write a file that a person chose. `name` is its name without folders. */
export function fileFailed(action: 'read' | 'write', name: string, cause: unknown): AppError {
  const code = systemCodeOf(cause);
  const known = explanations.find(({ codes }) => code !== null && codes.includes(code));
  const { detail, fix } = known ?? { detail: 'The system refused', fix: otherPlace[action] };
  return new AppError(known?.code ?? 'FILE_FAILED', {
    title: action === 'read' ? 'The file could not be read' : 'The file could not be written',
    detail: `${detail}: “${name}”.${action === 'write' ? ' An existing file was not changed.' : ''}`,
    fixes: [fix],
    driverCode: code,
    retryable: known?.retryable ?? false,
    cause,
  });
}

const otherPlace = {
  read: 'Copy the file to a folder of your own and choose it there.',
  write: 'Choose another folder, such as your documents.',
};

interface Explanation {
  readonly codes: readonly string[];
  readonly code?: ErrorCode;
  readonly detail: string;
  readonly fix: string;
  readonly retryable?: boolean;
}

const explanations: readonly Explanation[] = [
  {
    codes: ['ENOENT', 'ENOTDIR'],
    detail: 'The file or its folder does not exist',
    fix: 'Check that the disk is connected, then choose again.',
  },
  {
    codes: ['EACCES', 'EPERM', 'EROFS'],
    detail: 'You do not have permission, or the disk is read-only',
    fix: 'Choose a folder of your own, or give yourself permission.',
  },
  {
    codes: diskFullCodes,
    code: 'DISK_FULL',
    detail: 'The disk is full',
    fix: 'Free some space or choose another disk, then try again.',
    retryable: true,
  },
  {
    codes: ['EBUSY', 'ETXTBSY', 'EMFILE', 'ENFILE'],
    detail: 'Another program is using the file, or too many files are open',
    fix: 'Close the other program, then try again.',
    retryable: true,
  },
  {
    codes: ['ENAMETOOLONG', 'ERR_INVALID_ARG_VALUE', 'ELOOP'],
    detail: 'Its name or path is not valid',
    fix: 'Choose another name or another folder.',
  },
];
