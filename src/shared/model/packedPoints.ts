import { maxRangePoints } from './historyLengths.ts';
import type { MetricsPoint, Percentiles } from './metrics.ts';

/**
 * Points of the metrics as one block of numbers, one point after the other. Thousands of single values would be copied one
 * by one on their way into the window, which holds it up for longer than a frame. Apart from the schemas, which the first
 * screen does without.
 */

/** Numbers of what a point says about requests, and of a whole point. */
const requestWidth = 9;
const width = 22 + requestWidth;
/** From here on they may be missing: percentiles, the round trip and all about requests. */
const firstOptional = 15;
const nothing = Number.NaN;

type Rates = MetricsPoint['statementsPerSecond'];
type Requests = NonNullable<MetricsPoint['requests']>;

const rates = ({ user, catalogue, health }: Rates): readonly number[] => [user, catalogue, health];
const percentiles = (of: Percentiles | null): readonly number[] =>
  of === null ? [nothing, nothing, nothing] : [of.p50, of.p95, of.p99];

function requestNumbers(requests: Requests | null): readonly number[] {
  if (requests === null) return new Array<number>(requestWidth).fill(nothing);
  const { statusesPerSecond: statuses, wait, remaining } = requests;
  return [
    ...[statuses['2xx'], statuses['3xx'], statuses['4xx'], statuses['5xx'], statuses.none],
    ...[...percentiles(wait), remaining ?? nothing],
  ];
}

/** The numbers in the order in which `unpackPoints` reads them. */
function numbersOf({ at, connections, most, ...point }: MetricsPoint): readonly number[] {
  const { inUse, idle, pinned, waiting, ceiling } = connections;
  return [
    ...[at, inUse, idle, pinned, waiting, ceiling, most.inUse, most.waiting],
    ...[...rates(point.statementsPerSecond), ...rates(point.errorsPerSecond), point.cancelsPerSecond],
    ...[...percentiles(point.latency), ...percentiles(point.wait), point.healthMs ?? nothing],
    ...requestNumbers(point.requests),
  ];
}

export function packPoints(points: readonly MetricsPoint[]): Float64Array<ArrayBuffer> {
  const packed = new Float64Array(points.length * width);
  for (const [index, point] of points.entries()) packed.set(numbersOf(point), index * width);
  return packed;
}

/** The points that were packed. @param packed as `arePoints` wants it */
export function unpackPoints(packed: Float64Array): MetricsPoint[] {
  let place = 0;
  const next = (): number => packed[place++] ?? nothing;
  const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);
  const nextRates = (): Rates => ({ user: next(), catalogue: next(), health: next() });
  const nextPercentiles = (): Percentiles | null => {
    const read = { p50: next(), p95: next(), p99: next() };
    return Number.isNaN(read.p50) ? null : read;
  };
  const nextRequests = (): Requests | null => {
    const statusesPerSecond = { '2xx': next(), '3xx': next(), '4xx': next(), '5xx': next(), none: next() };
    const read = { statusesPerSecond, wait: nextPercentiles(), remaining: orNull(next()) };
    return Number.isNaN(statusesPerSecond['2xx']) ? null : read;
  };
  return Array.from({ length: packed.length / width }, () => ({
    at: next(),
    connections: { inUse: next(), idle: next(), pinned: next(), waiting: next(), ceiling: next() },
    most: { inUse: next(), waiting: next() },
    statementsPerSecond: nextRates(),
    errorsPerSecond: nextRates(),
    cancelsPerSecond: next(),
    latency: nextPercentiles(),
    wait: nextPercentiles(),
    healthMs: orNull(next()),
    requests: nextRequests(),
  }));
}

/** Whether these are whole points, not too many, with nothing missing that every point has. */
export function arePoints(packed: Float64Array): boolean {
  return (
    packed.length % width === 0 &&
    packed.length <= maxRangePoints * width &&
    packed.every((value, place) =>
      place % width < firstOptional ? Number.isFinite(value) : Math.abs(value) !== Number.POSITIVE_INFINITY,
    )
  );
}
