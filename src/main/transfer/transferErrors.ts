import { maxTransferCount } from '../../shared/model/transfer.ts';
import { AppError } from '../base/AppError.ts';
import { maxFileMegabytes } from './exportFormat.ts';

const nothingImported = 'Nothing was imported and nothing was changed.';

/** Not a file of ours, or one that was cut, edited or damaged. `detail` repeats nothing of what the file holds. */
export function importInvalid(detail: string, cause?: unknown): AppError {
  return new AppError('IMPORT_INVALID', {
    title: 'This is not a file that Mooring can import',
    detail,
    causes: [
      'Another program wrote the file.',
      'The file was edited by hand, or cut off while it was copied or downloaded.',
    ],
    fixes: [
      `${nothingImported} Choose a file that was exported by Mooring (.mooring).`,
      'If it was, copy it again from where it came from, or export it again.',
    ],
    cause,
  });
}

export function importTooNew(found: number, known: number): AppError {
  return new AppError('IMPORT_TOO_NEW', {
    title: 'The file was exported by a newer version of Mooring',
    detail: `The file has format ${found}; this version of Mooring knows formats up to ${known}.`,
    fixes: [`${nothingImported} Install the newest version of Mooring and try again.`],
  });
}

/** A wrong passphrase and a changed byte cannot be told apart, and are not. */
export function importNotOpened(): AppError {
  return new AppError('IMPORT_NOT_OPENED', {
    title: 'The file does not open with this passphrase',
    detail: 'Either the passphrase is another one, or the file was changed or damaged.',
    causes: ['The passphrase was mistyped.', 'The file was changed or damaged on its way.'],
    fixes: [
      'Type the passphrase again, and look at the keyboard layout and caps lock.',
      `If it is surely the right one, copy the file again from where it came from. ${nothingImported}`,
    ],
  });
}

/** The import was applied, discarded, or left alone for too long. */
export function importGone(): AppError {
  return new AppError('NOT_FOUND', {
    title: 'This import is no longer open',
    detail: 'A file is kept open for 10 minutes, and until Mooring is locked.',
    fixes: [`${nothingImported} Choose the file again.`],
  });
}

/** The saved data sources are others than the ones that the preview was made with. */
export function importOutdated(): AppError {
  return new AppError('INVALID_INPUT', {
    title: 'The data sources have changed since the file was looked at',
    detail: 'What was chosen for at least one of them no longer fits what is saved.',
    fixes: [`${nothingImported} Choose the file again and look at the conflicts anew.`],
  });
}

/** A choice for something that is not in the file, or two for the same. */
export function importChoiceWrong(detail: string): AppError {
  return new AppError('INVALID_INPUT', {
    title: 'The choices do not fit the file',
    detail,
    fixes: [`${nothingImported} Choose the file again.`],
  });
}

export function exportTooLarge(): AppError {
  return new AppError('TOO_LARGE', {
    title: 'This is more than one file may hold',
    detail: `A file holds up to ${maxTransferCount.toLocaleString('en')} data sources and ${maxFileMegabytes} MB.`,
    causes: ['Certificates of authorities make data sources large.'],
    fixes: ['Nothing was written. Export in several files.'],
  });
}

export function exportedOneGone(): AppError {
  return new AppError('NOT_FOUND', {
    title: 'One of the data sources is no longer there',
    fixes: ['Nothing was written. Choose again what to export.'],
  });
}
