import type { PoolStats, ScalingDecision } from '../../shared/model/poolStats.ts';
import { formatCount, formatDuration, formatExactMoment, formatShare, plural } from '../lib/format.ts';

const rates = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** What the scaler did and why, in one line. */
function scalingDecision({ reason, from, to, waitP95Ms, use }: ScalingDecision): string {
  const move = `${to > from ? 'Grew' : 'Shrank'} ${formatCount(from)} → ${formatCount(to)}`;
  switch (reason) {
    case 'waiting':
      return waitP95Ms === null
        ? `${move}: callers waited`
        : `${move}: p95 wait ${formatDuration(waitP95Ms)}`;
    case 'busy':
      return `${move}: ${formatShare(use)} in use`;
    case 'idle':
      return `${move}: ${formatShare(use)} in use for a while`;
    case 'server-limit':
      return `Limited to ${formatCount(to)}: the server refused another connection`;
    case 'limit-lifted':
      return `Limit lifted to ${formatCount(to)}`;
  }
}

/** When it was, to the second, and the figures behind it. */
function scalingFigures({ at, waitP95Ms, use, arrivalsPerSecond }: ScalingDecision): string {
  const wait = waitP95Ms === null ? [] : [`p95 wait ${formatDuration(waitP95Ms)}`];
  const figures = [
    `${formatShare(use)} in use`,
    `${rates.format(arrivalsPerSecond)} callers a second`,
    ...wait,
  ];
  return `${formatExactMoment(at)} · ${figures.join(', ')}`;
}

/** What would be listed, for as long as nothing is. */
const noScaling = (min: number, max: number): string =>
  min === max
    ? `Nothing to scale: the pool has ${plural(max, 'connection', 'connections')}, no more and no fewer.`
    : `No change yet. ${plural(min, 'connection is', 'connections are')} kept open; up to ${formatCount(max)} are opened while callers wait or most are in use, and closed again when few are needed for a while.`;

/** `of 10`; `server grants 7` while the server allows fewer than were set. */
const targetBeside = ({ ceiling, max }: PoolStats): string =>
  ceiling < max ? `server grants ${formatCount(ceiling)}` : `of ${formatCount(max)}`;

export const metricsText = {
  window: 'Time shown',
  oneMinute: '1 min',
  fiveMinutes: '5 min',
  pause: 'Pause',
  resume: 'Resume',
  paused: 'Paused',
  waiting: 'Waiting for the first measurement…',
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
  ofOpen: (total: number) => `of ${formatCount(total)} open`,
  targetBeside,
  targetHint: ({ min, max, ceiling }: PoolStats) =>
    ceiling < max
      ? `The server refused more than ${formatCount(ceiling)}. More are tried again later; the maximum you set is ${formatCount(max)}.`
      : `How many are kept open while nobody needs more: from ${formatCount(min)} to ${formatCount(max)}.`,
  leakedHint:
    'In use for longer than the leak warning allows. Look for “was not given back” in the log: it names the place that borrowed the connection. Settings → About and data shows where the log is.',
  noLeaks: 'No connection is in use for longer than the leak warning allows.',
  queriesHint:
    'Queries you ran. Mooring’s own queries, which read the schema or check a connection, are not counted.',
  errorsHint: 'Queries that failed or timed out. A query you cancel is not an error.',
  cancelled: (count: number) => `${rates.format(count)}/s cancelled`,
  scaling: {
    heading: 'Scaling',
    decision: scalingDecision,
    figures: scalingFigures,
    none: noScaling,
  },
  rate: (count: number) => rates.format(count),
  perSecond: (count: number) => `${rates.format(count)}/s`,
  none: '–',
  charts: {
    connections: 'Connections',
    queries: 'Queries and errors per second',
    latency: 'Latency',
    health: 'Health check round trip',
  },
  series: {
    inUse: 'in use',
    idle: 'idle',
    waiting: 'waiting',
    target: 'target',
    max: 'max',
    queries: 'queries',
    errors: 'errors',
    p50: 'p50',
    p95: 'p95',
    health: 'round trip',
  },
  count: (value: number) => formatCount(value),
  duration: (valueMs: number) => formatDuration(valueMs),
  /** Short, and with the same number of digits all along an axis. */
  durationTick: (valueMs: number) =>
    valueMs < 1_000 ? `${rates.format(valueMs)} ms` : `${rates.format(valueMs / 1_000)} s`,
  noValues: (chart: string) => `${chart}: nothing measured in the time shown.`,
  summary: (chart: string, parts: readonly string[]) => `${chart}: ${parts.join('; ')}.`,
  summaryPart: (name: string, now: string, lowest: string, highest: string) =>
    lowest === highest ? `${name} ${now} throughout` : `${name} now ${now}, between ${lowest} and ${highest}`,
};
