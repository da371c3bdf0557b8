import { maxTransferCount } from '../../shared/model/transfer.ts';
import { AppError } from '../base/AppError.ts';
import { maxFileMegabytes } from './exportFormat.ts';

const nothingImported = 'Nothing was imported and nothing was changed.';

/** Not a file of ours, or one that was cut, edited or damaged. `detail` repeats nothing of what the file holds. */
export function importInvalid(detail: string, cause?: unknown): AppError {
  return new AppError('IMPORT_INVALID', {
    title: 'Mooring cannot import this file',
    detail,
    causes: [
      'The file was written by another program.',
      'The file was edited by hand, or truncated while it was copied or downloaded.',
    ],
    fixes: [
      `${nothingImported} Choose a file that was exported by Mooring (.mooring).`,
      'If it was, copy it from its source again, or export it again.',
    ],
    cause,
  });
}

export const importTooLong = (): AppError =>
  importInvalid(`The file has more than ${maxTransferCount.toLocaleString('en')} data sources.`);

export function importTooNew(found: number, known: number): AppError {
  return new AppError('IMPORT_TOO_NEW', {
    title: 'The file was exported by a newer version of Mooring',
    detail: `The file has format ${found}. This version of Mooring reads formats up to ${known}.`,
    fixes: [`${nothingImported} Install the latest version of Mooring and try again.`],
  });
}

/** A wrong passphrase and a changed byte cannot be told apart, and are not. */
export function importNotOpened(): AppError {
  return new AppError('IMPORT_NOT_OPENED', {
    title: 'This passphrase does not open the file',
    detail: 'Either the passphrase is wrong, or the file was changed or damaged.',
    causes: ['The passphrase was mistyped.', 'The file was changed or damaged in transit.'],
    fixes: [
      'Enter the passphrase again. Check the keyboard layout and Caps Lock.',
      `If you are sure it is right, copy the file from its source again. ${nothingImported}`,
    ],
  });
}

/** The import was applied, discarded, or left alone for too long. */
export function importGone(): AppError {
  return new AppError('NOT_FOUND', {
    title: 'This import is no longer open',
    detail: 'A file stays open for 10 minutes, or until Mooring is locked.',
    fixes: [`${nothingImported} Choose the file again.`],
  });
}

/** The saved data sources are others than the ones that the preview was made with. */
export function importOutdated(): AppError {
  return new AppError('INVALID_INPUT', {
    title: 'The data sources have changed since the file was opened',
    detail: 'At least one of your choices no longer applies to what is saved.',
    fixes: [`${nothingImported} Choose the file again and review the conflicts.`],
  });
}

/** A choice for something that is not in the file, or two for the same. */
export function importChoiceWrong(detail: string): AppError {
  return new AppError('INVALID_INPUT', {
    title: 'The choices do not match the file',
    detail,
    fixes: [`${nothingImported} Choose the file again.`],
  });
}

export function exportTooLarge(): AppError {
  return new AppError('TOO_LARGE', {
    title: 'This is too much for one file',
    detail: `A file can hold up to ${maxTransferCount.toLocaleString('en')} data sources and ${maxFileMegabytes} MB.`,
    causes: ['CA certificates make data sources large.'],
    fixes: ['Nothing was written. Export to several files.'],
  });
}

export function exportedOneGone(): AppError {
  return new AppError('NOT_FOUND', {
    title: 'One of the data sources no longer exists',
    fixes: ['Nothing was written. Choose again what to export.'],
  });
}
