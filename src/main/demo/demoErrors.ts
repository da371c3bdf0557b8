import { AppError, isAppError } from '../base/AppError.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is taken out
const controlCharacters = /[\u0000-\u001f\u007f-\u009f]+/g;
/** Absolute paths, quoted or bare: they would show where the person's files are. */
const paths = /(["'])(?:\/|[A-Za-z]:[\\/]).*?\1|(?<![\w.])(?:\/|[A-Za-z]:[\\/])[^\s"',;:)]+/g;

/** The words of a program on one line, without paths. */
function plainWords(output: string): string {
  return output.replace(paths, '(path)').replace(controlCharacters, ' ').trim();
}

/** This computer, or this copy of the app, cannot run the demo server at all. */
export function demoUnavailable(why: string, fix: string, cause?: unknown): AppError {
  return new AppError('DEMO_UNAVAILABLE', {
    title: 'The demo database cannot run on this computer',
    detail: why,
    fixes: [fix, 'Everything else in Mooring works without it: add a connection to a server of your own.'],
    cause,
  });
}

/**
 * A step of the demo server failed.
 * @param what the step, as the end of "The demo database could not be …"
 * @param output what the program said last; paths are taken out
 */
export function demoFailed(what: string, output: string, cause?: unknown): AppError {
  if (isDiskFull(output, cause)) return diskFull(cause);
  return new AppError('DEMO_FAILED', {
    title: `The demo database could not be ${what}`,
    detail: plainWords(output).slice(-1_000),
    causes: [
      'Another program, such as a virus scanner, may be using its files.',
      'Its files may be damaged.',
    ],
    fixes: ['Try again.', 'Reset the demo database: it is then created again.'],
    retryable: true,
    cause,
  });
}

/** The cluster's folder was moved or deleted while a server ran on it. */
export function demoFilesGone(): AppError {
  return new AppError('DEMO_FAILED', {
    title: 'The files of the demo database are missing',
    detail:
      'The folder “cluster” was moved or deleted while the demo database was running. The server was stopped.',
    fixes: [
      'If you moved the folder, move it back, then try again: your changes are in it.',
      'Otherwise try again: a new demo database is created.',
    ],
    retryable: true,
  });
}

/** An error of file work or of a program as one of ours; one that already is comes back as it is. */
export function asDemoError(error: unknown, what: string): AppError {
  if (isAppError(error)) return error;
  return demoFailed(what, error instanceof Error ? error.message : '', error);
}

function isDiskFull(output: string, cause: unknown): boolean {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  return code === 'ENOSPC' || output.includes('No space left on device');
}

function diskFull(cause: unknown): AppError {
  return new AppError('DISK_FULL', {
    title: 'The disk is full',
    detail: 'The demo database needs about 200 MB.',
    fixes: ['Free some space on the disk that holds your user data, then try again.'],
    driverCode: 'ENOSPC',
    cause,
  });
}
