import { AppError, isAppError } from '../base/AppError.ts';

/** Name of the one SQLite file in Mooring's data folder. */
export const storeFileName = 'mooring.db';
/** Folder beside it that holds its backups. */
export const backupFolderName = 'backups';
/** Folder beside it to which a store goes that was replaced. */
export const damagedFolderName = 'damaged';
/** File beside it that says a store was made here; see storeFile.ts. */
export const markerFileName = `${storeFileName}.created`;

const restoreFixes = [
  'Restore a backup, or start with an empty list.',
  `Nothing is deleted: the current files are moved to the folder “${damagedFolderName}” inside Mooring’s data folder.`,
  `If you have a copy of ${storeFileName} of your own, quit Mooring and put it back.`,
];

/** The file is not what was written: garbage, truncated, empty, gone, or somebody else's. */
export function storeCorrupt(detail: string, cause?: unknown): AppError {
  return new AppError('STORE_CORRUPT', {
    title: 'The file with your data sources is damaged',
    detail,
    causes: [
      'The computer or its disk failed while the file was being written.',
      'A sync or clean-up program replaced, emptied or removed the file.',
      'Another program wrote to it.',
    ],
    fixes: restoreFixes,
    cause,
  });
}

/** The file was written by a newer Mooring; an older one would misread it. */
export function storeTooNew(found: number, known: number): AppError {
  return new AppError('STORE_TOO_NEW', {
    title: 'Your data was saved by a newer version of Mooring',
    detail: `The file has format ${found}. This version of Mooring reads formats up to ${known}.`,
    causes: ['Mooring was updated, and now an older version was started.'],
    fixes: ['Install the latest version of Mooring. Nothing was changed or lost.'],
  });
}

/** No room to write. What was saved before is safe, and reading still works. */
function diskFull(cause: unknown, driverCode: string): AppError {
  return new AppError('DISK_FULL', {
    title: 'The disk is full',
    detail: 'The change was not saved. Everything saved before is safe.',
    causes: ['The disk, or your quota on it, is used up.'],
    fixes: ['Free some space on the disk that holds Mooring’s data folder, then try again.'],
    driverCode,
    cause,
  });
}

function storeBusy(cause: unknown, driverCode: string): AppError {
  return new AppError('STORE_FAILED', {
    title: 'Another program is using the file with your data sources',
    detail: `${storeFileName} stayed locked.`,
    causes: ['Another copy of Mooring, a backup program or a database browser has the file open.'],
    fixes: ['Close the other program, then try again.'],
    driverCode,
    retryable: true,
    cause,
  });
}

function storeNotWritable(cause: unknown, driverCode: string): AppError {
  return new AppError('STORE_FAILED', {
    title: 'Mooring cannot write to its data folder',
    detail: `The operating system does not let Mooring open or write ${storeFileName}.`,
    causes: [
      'The folder or the file belongs to another user or is read-only.',
      'The disk was mounted read-only.',
    ],
    fixes: ['Give yourself write access to Mooring’s data folder and the files in it, then try again.'],
    driverCode,
    cause,
  });
}

/**
 * The open file is no longer where it was; what would be written now would be lost.
 * @param rescuedAs name of the backup that was made of it, when there is one
 */
export function storeMoved(
  rescuedAs: string | null,
  cause?: unknown,
  driverCode: string | null = null,
): AppError {
  const backup =
    rescuedAs === null ? 'a backup' : `the backup ${rescuedAs}, which has everything that was saved`;
  return new AppError('STORE_FAILED', {
    title: 'The file with your data sources was moved or deleted',
    detail: `${storeFileName} is no longer where it was. The change was not saved.`,
    causes: ['Somebody, or a sync or clean-up program, moved it while Mooring was running.'],
    fixes: [
      'If you moved it, put it back and try again.',
      `If it was deleted, restart Mooring and restore ${backup}.`,
    ],
    driverCode,
    cause,
  });
}

export function noSuchBackup(): AppError {
  return new AppError('NOT_FOUND', {
    title: 'This backup no longer exists',
    fixes: ['Choose another backup.'],
  });
}

/** What a backup holds is no store of ours, or no longer whole. */
export function backupUnusable(cause: unknown): AppError {
  return new AppError('STORE_FAILED', {
    title: 'The backup cannot be used',
    detail: 'It did not pass the check. Nothing was changed.',
    causes: ['The backup is damaged, or was made by a newer version of Mooring.'],
    fixes: ['Choose another backup.'],
    cause,
  });
}

/** Anything else the file or the file system answered. */
export function storeFailed(detail: string, cause?: unknown, driverCode: string | null = null): AppError {
  return new AppError('STORE_FAILED', {
    title: 'Mooring could not read or save its data',
    detail,
    causes: ['The disk or network folder that holds Mooring’s data is not working properly.'],
    fixes: [
      'Check that the disk is connected and healthy, then try again.',
      'If it happens again, report it with the log file.',
    ],
    driverCode,
    cause,
  });
}

/** SHMSIZE: there was no room for the index of the write-ahead log. */
const fullCodes = new Set(['SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE', 'ENOSPC', 'EDQUOT']);
const readOnlyCodes = new Set(['SQLITE_CANTOPEN', 'SQLITE_PERM', 'EACCES', 'EPERM', 'EROFS']);
const movedCodes = new Set(['SQLITE_READONLY_DBMOVED', 'SQLITE_IOERR_FSTAT', 'SQLITE_IOERR_VNODE']);

/** Turns what SQLite or the file system threw into an error of ours; AppErrors and faults of our own pass unchanged. */
export function toStoreError(error: unknown): unknown {
  if (isAppError(error)) return error;
  const code = errorCode(error);
  if (code === null) return error;
  if (fullCodes.has(code)) return diskFull(error, code);
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return storeCorrupt(`${storeFileName} is not a readable database.`, error);
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return storeBusy(error, code);
  if (movedCodes.has(code)) return storeMoved(null, error, code);
  if (readOnlyCodes.has(code) || code.startsWith('SQLITE_READONLY')) return storeNotWritable(error, code);
  return storeFailed(`The operating system reported ${code}.`, error, code);
}

/** Runs `work`; what SQLite or the file system throws leaves as an AppError with its cause. */
export function asStoreErrors<Value>(work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    throw toStoreError(error);
  }
}

function errorCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  const isOfSystem = 'errno' in error && 'syscall' in error;
  return isOfSystem || error.code.startsWith('SQLITE_') ? error.code : null;
}

/**
 * Whether a store that did not open for this reason may be replaced. Not one that is fine and merely cannot be had now:
 * too new, in use, on a full disk, or in a folder that may not be written.
 */
export function canReplace(problem: unknown): boolean {
  return isAppError(problem) && problem.code === 'STORE_CORRUPT';
}
