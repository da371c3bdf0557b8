/** First delay and cap, in milliseconds. */
const firstDelayMs = 250;
export const maxDelayMs = 30_000;

/**
 * Exponential backoff with full jitter: a delay between 0 and the doubled ceiling, so that many clients of a server
 * that comes back do not arrive together.
 * Source: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
 * @param attempt 1 for the first retry
 * @param random 0 inclusive to 1 exclusive
 * @param capMs highest ceiling
 * @returns milliseconds
 */
export function backoffMs(attempt: number, random: () => number, capMs = maxDelayMs): number {
  const ceiling = Math.min(capMs, firstDelayMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(ceiling * random());
}
