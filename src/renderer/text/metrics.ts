import type { PoolStats, ScalingDecision } from '../../shared/model/poolStats.ts';
import { formatCount, formatDuration, formatExactMoment, formatShare, plural } from '../lib/format.ts';

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

/** Shown while there is no decision to list. */
const noScaling = (min: number, max: number): string =>
  min === max
    ? `Nothing to scale: the pool size is fixed at ${plural(max, 'connection', 'connections')}.`
    : `No changes yet. ${plural(min, 'connection is', 'connections are')} kept open. The pool grows to a maximum of ${formatCount(max)} while requests wait or most connections are in use, and shrinks again when demand stays low.`;

/** `of 10`; `server allows 7` while the server allows fewer than were set. */
const targetBeside = ({ ceiling, max }: PoolStats): string =>
  ceiling < max ? `server allows ${formatCount(ceiling)}` : `of ${formatCount(max)}`;

export const metricsText = {
  window: 'Time range',
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
  /** Short, with the same number of digits along an axis. */
  durationTick: (valueMs: number) =>
    valueMs < 1_000 ? `${rates.format(valueMs)} ms` : `${rates.format(valueMs / 1_000)} s`,
  noValues: (chart: string) => `${chart}: no measurements in this time range.`,
  summary: (chart: string, parts: readonly string[]) => `${chart}: ${parts.join('; ')}.`,
  summaryPart: (name: string, now: string, lowest: string, highest: string) =>
    lowest === highest ? `${name} ${now} throughout` : `${name} now ${now}, between ${lowest} and ${highest}`,
};
