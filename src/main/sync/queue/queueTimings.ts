/** Times of the queue, in milliseconds. Tests make them shorter. */
export interface QueueTimings {
  /** For so long after its last heartbeat a run belongs to its worker. */
  readonly lockMs: number;
  /** Between looks for runs whose worker is gone; such a run is taken again after the lock and two of these at most. */
  readonly stalledMs: number;
  /** Between heartbeats: the lock is renewed, requests are heard. */
  readonly heartbeatMs: number;
  /** How long a run waits whose pipeline runs already, before it is looked at again; up to half as much more. */
  readonly busyMs: number;
  /** Before the second attempt; doubled for each further one. */
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
  /** Between looks at what happened to runs whose news was missed. */
  readonly lookMs: number;
  /** Before a store that did not answer is asked again; a worker at rest doubles it each time. */
  readonly reconnectMs: number;
  readonly longestReconnectMs: number;
}

export const defaultTimings: QueueTimings = {
  lockMs: 15_000,
  stalledMs: 5_000,
  heartbeatMs: 1_000,
  busyMs: 2_000,
  firstRetryMs: 2_000,
  longestRetryMs: 300_000,
  lookMs: 2_000,
  reconnectMs: 1_000,
  longestReconnectMs: 15_000,
};

/** So long after its last heartbeat a worker's run is taken by another one at the latest. */
export const takenOverMs = ({ lockMs, stalledMs }: QueueTimings): number => lockMs + 2 * stalledMs;

/** How long a worker that has nothing else to do waits for a store. @param failureCount before this failure */
export const reconnectDelayMs = (failureCount: number, timings: QueueTimings): number =>
  Math.min(timings.reconnectMs * 2 ** failureCount, timings.longestReconnectMs);

/**
 * How long to wait after a failed attempt: twice as long each time, and up to a quarter less by chance, so that runs that
 * failed together do not come back together.
 * @param attempt that failed, from 1
 * @param askedMs what the server asked to wait
 */
export function retryDelayMs(
  attempt: number,
  askedMs: number,
  timings: QueueTimings,
  random: () => number = Math.random,
): number {
  const fullMs = Math.min(timings.firstRetryMs * 2 ** (attempt - 1), timings.longestRetryMs);
  return Math.max(Math.round(fullMs * (1 - random() / 4)), askedMs);
}
