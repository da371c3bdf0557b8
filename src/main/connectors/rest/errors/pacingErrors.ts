import { AppError } from '../../../base/AppError.ts';

/** The API lets the next request through only after a longer wait than the data source allows. */
export function waitTooLongError(waitMs: number, cause?: unknown): AppError {
  return new AppError('RATE_LIMITED', {
    title: `The API accepts no more requests for ${spanText(waitMs)}`,
    detail:
      'The wait is longer than the request time-out of this data source, so Mooring does not wait for it.',
    causes: [
      'The limit of requests of the API, or of this data source, is used up.',
      'Other programs use the same account.',
    ],
    fixes: [
      'Try again later.',
      'Lower the rate limit of this data source, so that the API does not stop it.',
    ],
    retryable: true,
    retryAfterMs: Math.ceil(waitMs),
    cause,
  });
}

/** Requests are not sent for a while, because the last ones failed on the API's side. */
export function breakerOpenError(remainingMs: number): AppError {
  return new AppError('CIRCUIT_OPEN', {
    title: 'The API has failed several times in a row',
    detail: `Mooring sends the next request in ${spanText(remainingMs)}.`,
    causes: ['The API, or a server behind it, is overloaded or down.'],
    fixes: ['Try again later.', 'Look at the status page of the API.'],
    retryable: true,
    retryAfterMs: Math.ceil(remainingMs),
  });
}

const spans = [
  [86_400_000, 'days'],
  [3_600_000, 'hours'],
  [60_000, 'minutes'],
] as const;

/** Such as `40 s`, `15 minutes` or `24 hours`. */
function spanText(ms: number): string {
  const span = spans.find(([unitMs]) => ms >= 2 * unitMs);
  return span === undefined ? `${Math.ceil(ms / 1_000)} s` : `${Math.ceil(ms / span[0])} ${span[1]}`;
}
