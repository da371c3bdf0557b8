import { AppError, isAppError } from '../base/AppError.ts';
import { type EmbeddedFailure, embeddedFailure } from '../embedded/embeddedErrors.ts';

/** A step of the demo server failed. @param what the step, as the end of "The demo database could not be …" */
export function demoFailed(what: string, detail: string, cause?: unknown): AppError {
  return new AppError('DEMO_FAILED', {
    title: `The demo database could not be ${what}`,
    detail,
    causes: [
      'Another program, such as a virus scanner, may be using its files.',
      'Its files may be damaged.',
    ],
    fixes: ['Try again.', 'Reset the demo database: it is then created again.'],
    retryable: true,
    cause,
  });
}

/** An error of the server, of file work or of a program as one of ours; one that already is comes back as it is. */
export function asDemoError(error: unknown, what: string): AppError {
  return isAppError(error) ? error : demoError(embeddedFailure(error, what), error);
}

function demoError(failure: EmbeddedFailure, cause: unknown): AppError {
  if (failure.kind === 'unavailable') return demoUnavailable(failure.why, failure.fix, cause);
  if (failure.kind === 'files-gone') return demoFilesGone(cause);
  return failure.isDiskFull ? diskFull(cause) : demoFailed(failure.step, failure.output, cause);
}

/** This computer, or this copy of the app, cannot run the demo server at all. */
function demoUnavailable(why: string, fix: string, cause: unknown): AppError {
  return new AppError('DEMO_UNAVAILABLE', {
    title: 'The demo database cannot run on this computer',
    detail: why,
    fixes: [fix, 'Everything else in Mooring works without it: add a connection to a server of your own.'],
    cause,
  });
}

/** The cluster's folder was moved or deleted while a server ran on it. */
function demoFilesGone(cause: unknown): AppError {
  return new AppError('DEMO_FAILED', {
    title: 'The files of the demo database are missing',
    detail:
      'The folder “cluster” was moved or deleted while the demo database was running. The server was stopped.',
    fixes: [
      'If you moved the folder, move it back, then try again: your changes are in it.',
      'Otherwise try again: a new demo database is created.',
    ],
    retryable: true,
    cause,
  });
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
