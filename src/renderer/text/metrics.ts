import type { PoolStats, ScalingDecision } from '../../shared/model/poolStats.ts';
import { formatCount, formatDuration, formatExactMoment, formatShare, plural } from '../lib/format.ts';

const rateTicks = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
const rates = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** What the scaler did and why, in one line. */
function scalingDecision({ reason, from, to, waitP95Ms, use }: ScalingDecision): string {
  const move = `${to > from ? 'Grew' : 'Shrank'} ${formatCount(from)} → ${formatCount(to)}`;
  switch (reason) {
    case 'waiting':
      return waitP95Ms === null
        ? `${move}: requests waited`
        : `${move}: p95 wait ${formatDuration(waitP95Ms)}`;
    case 'busy':
      return `${move}: ${formatShare(use)} in use`;
    case 'idle':
      return `${move}: ${formatShare(use)} in use for a while`;
    case 'server-limit':
      return `Limited to ${formatCount(to)}: the server refused another connection`;
    case 'limit-lifted':
      return `Limit raised to ${formatCount(to)}`;
  }
}

/** The time of the decision, to the second, and the figures behind it. */
function scalingFigures({ at, waitP95Ms, use, arrivalsPerSecond }: ScalingDecision): string {
  const wait = waitP95Ms === null ? [] : [`p95 wait ${formatDuration(waitP95Ms)}`];
  const figures = [
    `${formatShare(use)} in use`,
    `${rates.format(arrivalsPerSecond)} requests per second`,
    ...wait,
  ];
  return `${formatExactMoment(at)} · ${figures.join(', ')}`;
}

/** `1 second`, `10 seconds`, `2 minutes`. */
const formatStep = (stepMs: number): string =>
  stepMs < 60_000
    ? plural(stepMs / 1_000, 'second', 'seconds')
    : plural(stepMs / 60_000, 'minute', 'minutes');

/** How long something lasted, to whole units: `40 s`, `12 min`, `3 h 5 min`. */
function formatLength(durationMs: number): string {
  if (durationMs < 60_000) return formatDuration(durationMs);
  const minutes = Math.round(durationMs / 60_000);
  return minutes < 60 ? `${minutes} min` : `${formatCount(Math.floor(minutes / 60))} h ${minutes % 60} min`;
}

/** `of 10`; `server allows 7` while the server allows fewer than were set. */
const targetBeside = ({ ceiling, max }: PoolStats): string =>
  ceiling < max ? `server allows ${formatCount(ceiling)}` : `of ${formatCount(max)}`;

export const metricsText = {
  range: {
    label: 'Time range',
    live: '5 min',
    hour: '1 h',
    day: '24 h',
    week: '7 days',
  },
  pause: 'Pause',
  resume: 'Resume',
  pauseHint: 'Stops the picture. Measuring goes on.',
  paused: (time: string) => `Paused at ${time}`,
  zoomed: (from: string, to: string) => `${from} – ${to}`,
  resetZoom: 'Reset zoom',
  step: (stepMs: number) => `One point is ${formatStep(stepMs)}`,
  saveCsv: 'Save as CSV…',
  saved: (fileName: string) => `Saved to ${fileName}`,
  waiting: 'Waiting for the first measurement…',
  nothing: {
    title: 'Nothing was measured in this time',
    message: 'Figures are kept for 7 days, for the times in which the data source was in use.',
  },
  tiles: {
    inUse: 'In use',
    target: 'Target',
    waiting: 'Waiting',
    leaked: 'Leaked',
    queries: 'Queries',
    errors: 'Errors',
    latency: 'Latency p95',
    health: 'Health check',
  },
  /** In the place of other words, for engines whose work is single requests. */
  ofRequests: {
    queries: 'Requests',
    queriesHint:
      'Requests you sent, and those that read rows. Requests that Mooring uses to check the API are not counted.',
    errorsHint: 'Requests that failed or timed out. Cancelled requests are not counted.',
    wait: 'Wait p95',
    waitHint: 'How long requests waited for the rate limit, or before they were sent again.',
    remaining: 'Requests left',
    remainingHint: 'Requests that the API still allows in its current period, according to its last answer.',
    noRemainingHint: 'The API does not say how many requests it still allows.',
    charts: {
      latency: 'Latency of requests',
      statements: 'Requests per second',
      statuses: 'Answers per second by status',
      wait: 'Wait before sending',
      budget: 'Requests left',
    },
  },
  ofOpen: (total: number) => `of ${formatCount(total)} open`,
  targetBeside,
  targetHint: ({ min, max, ceiling }: PoolStats) =>
    ceiling < max
      ? `The server refused more than ${plural(ceiling, 'connection', 'connections')}. Mooring will try more later, up to your maximum of ${formatCount(max)}.`
      : `Connections that the pool currently keeps open, from ${formatCount(min)} to ${formatCount(max)}.`,
  leakedHint:
    'Connections in use for longer than the leak warning time. The log shows where in the code each one was acquired. To find the log, open Settings → About and data.',
  noLeaks: 'No connection has been in use for longer than the leak warning time.',
  queriesHint:
    'Queries you ran. Queries that Mooring uses to read the schema or check connections are not counted.',
  errorsHint: 'Queries that failed or timed out. Cancelled queries are not counted.',
  cancelled: (count: number) => `${rates.format(count)}/s cancelled`,
  scaling: {
    heading: 'Scaling',
    decision: scalingDecision,
    figures: scalingFigures,
    earlier: (count: number) => `${plural(count, 'earlier change', 'earlier changes')}`,
  },
  states: {
    label: 'State',
    several: (count: number) => plural(count, 'change of state', 'changes of state'),
    span: (from: string, to: string, durationMs: number) => `${from} – ${to} (${formatLength(durationMs)})`,
  },
  rate: (count: number) => rates.format(count),
  /** As exact as the steps of an axis. */
  rateTick: (count: number) => rateTicks.format(count),
  perSecond: (count: number) => `${rates.format(count)}/s`,
  none: '–',
  charts: {
    connections: 'Connections',
    wait: 'Wait for a connection',
    latency: 'Latency of statements',
    statements: 'Statements per second',
    errors: 'Errors per second',
    health: 'Health check round trip',
  },
  series: {
    inUse: 'in use',
    idle: 'idle',
    pinned: 'pinned',
    waiting: 'waiting',
    ceiling: 'limit',
    p50: 'p50',
    p95: 'p95',
    p99: 'p99',
    user: 'yours',
    catalogue: 'catalogue',
    healthChecks: 'health checks',
    cancelled: 'cancelled',
    health: 'round trip',
    statuses: { '2xx': '2xx', '3xx': '3xx', '4xx': '4xx', '5xx': '5xx', none: 'no answer' },
    remaining: 'left',
  },
  count: (value: number) => formatCount(value),
  duration: (valueMs: number) => formatDuration(valueMs),
  /** Short, with the same number of digits along an axis. */
  durationTick: (valueMs: number) =>
    valueMs < 1_000 ? `${rates.format(valueMs)} ms` : `${rates.format(valueMs / 1_000)} s`,
};
