import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import { AppError, isAppError, toErrorDto } from '../../base/AppError.ts';
import { type EmbeddedFailure, embeddedFailure } from '../../embedded/embeddedErrors.ts';
import { storeCodeOf, withoutArguments } from './stores/storeErrors.ts';

/** The store of the queue does not answer, or refuses. */
export function queueUnavailable(cause?: unknown): AppError {
  return new AppError('QUEUE_UNAVAILABLE', {
    title: 'The queue of runs cannot be reached',
    detail: 'Runs that are under way go on for a while; new ones wait until the queue is back.',
    causes: ['Its server is not running, or is just starting.', 'The network is interrupted.'],
    fixes: ['Wait a moment: Mooring tries again by itself.', 'Check the server that the settings name.'],
    driverCode: storeCodeOf(cause),
    retryable: true,
    cause,
  });
}

/** An error of the queue's store as one of ours; one that already is comes back as it is. */
export function asQueueError(error: unknown): AppError {
  return isAppError(error) ? error : queueUnavailable(withoutArguments(error));
}

/** What came back from the queue is not what a worker of ours puts there. */
export function unreadableEnding(): ErrorDto {
  const error = new AppError('QUEUE_UNAVAILABLE', {
    title: 'The result of the run cannot be read',
    detail: 'The queue holds something else than a worker of this version of Mooring leaves there.',
    causes: ['A worker of another version executed the run.', 'Somebody changed what the queue holds.'],
    fixes: ['Use the same version of Mooring on all computers that work on the queue.'],
  });
  return toErrorDto(error, null);
}

/** A failure of the queue's own server. @param step as the end of "The queue's server could not be …" */
export function asQueueServerError(error: unknown, step: string): AppError {
  return isAppError(error) ? error : serverError(embeddedFailure(error, step), error);
}

function serverError(failure: EmbeddedFailure, cause: unknown): AppError {
  if (failure.kind === 'unavailable') {
    return new AppError('QUEUE_UNAVAILABLE', {
      title: 'Pipelines cannot run on this computer',
      detail: failure.why,
      fixes: [failure.fix, 'Name a server for the queue in the settings of pipelines.'],
      cause,
    });
  }
  if (failure.kind === 'failed' && failure.isDiskFull) return diskFull(cause);
  return new AppError('QUEUE_UNAVAILABLE', {
    title:
      failure.kind === 'failed'
        ? `The queue’s server could not be ${failure.step}`
        : 'The files of the queue are missing',
    detail:
      failure.kind === 'failed'
        ? failure.output
        : 'Their folder was moved or deleted while its server was running.',
    causes: [
      'Another program, such as a virus scanner, may be using its files.',
      'Its files may be damaged.',
    ],
    fixes: [
      'Try again.',
      'Quit Mooring, delete the folder “queue” in its data folder, and start it again: runs that are under way begin again at their last checkpoint.',
    ],
    retryable: true,
    cause,
  });
}

function diskFull(cause: unknown): AppError {
  return new AppError('DISK_FULL', {
    title: 'The disk is full',
    detail: 'The queue of runs needs about 100 MB.',
    fixes: ['Free some space on the disk that holds your user data, then try again.'],
    driverCode: 'ENOSPC',
    cause,
  });
}
