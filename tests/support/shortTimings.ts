import type { QueueTimings } from '../../src/main/sync/queue/queueTimings.ts';

/** As in the app, but shorter. */
export const shortTimings: QueueTimings = {
  lockMs: 2_000,
  stalledMs: 500,
  heartbeatMs: 100,
  busyMs: 100,
  firstRetryMs: 50,
  longestRetryMs: 500,
  lookMs: 200,
  reconnectMs: 100,
  longestReconnectMs: 500,
};
