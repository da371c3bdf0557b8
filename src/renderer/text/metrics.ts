import { formatCount, formatDuration } from '../lib/format.ts';

const rates = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

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
    waiting: 'Waiting',
    queries: 'Queries',
    errors: 'Errors',
    latency: 'Latency p95',
    health: 'Health check',
  },
  ofMax: (max: number) => `of ${formatCount(max)}`,
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
