const firstCeilingMs = 500;
const maxCeilingMs = 30_000;

/**
 * The pause before a request is sent again: full jitter under a ceiling that doubles.
 * Source: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
 * @param attempt 1 for the first retry
 * @param random 0 inclusive to 1 exclusive
 * @returns milliseconds
 */
export function backoffMs(attempt: number, random: () => number): number {
  return Math.round(ceilingMs(attempt) * random());
}

/** The same for an API that asked for a pause without saying how long: never at once, and longer each time. */
export function unnamedPauseMs(attempt: number, random: () => number): number {
  const ceiling = 2 * ceilingMs(attempt);
  return Math.round((ceiling * (1 + random())) / 2);
}

const ceilingMs = (attempt: number): number =>
  Math.min(maxCeilingMs, firstCeilingMs * 2 ** Math.min(attempt - 1, 20));
