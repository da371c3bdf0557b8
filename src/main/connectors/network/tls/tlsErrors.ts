import { AppError } from '../../../base/AppError.ts';
import { cleanText } from '../../../base/cleanText.ts';

const maxPathLength = 300;

/** Which of the files that the TLS settings name. */
export type TlsFile = 'CA certificate' | 'client certificate' | 'key of the client certificate';

/**
 * A file of the TLS settings is of no use.
 * @param problem a sentence
 */
export function tlsFileUnusable(
  file: TlsFile,
  path: string,
  problem: string,
  fix: string,
  cause?: unknown,
): AppError {
  return new AppError('TLS_FILE_UNUSABLE', {
    title: `The ${file} cannot be used`,
    detail: `${cleanText(path, maxPathLength)}: ${problem}`,
    fixes: [fix],
    cause,
  });
}

export const fileUnreadable = (file: TlsFile, path: string, cause: unknown): AppError =>
  tlsFileUnusable(
    file,
    path,
    'The file cannot be read.',
    'Check the path under Encryption, and whether you may read the file.',
    cause,
  );
