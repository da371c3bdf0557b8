import type {
  ActivityFigure,
  ActivityFigureKey,
  ActivitySample,
  ActivityState,
} from '../../../shared/model/serverActivity.ts';

/** The figures of one sample, without its sessions. */
export interface TrendPoint {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Sessions by what they do; who looks is not among them. */
  readonly sessions: Readonly<Partial<Record<ActivityState, number>>>;
  /** Null where the server did not say it. */
  readonly figures: Readonly<Partial<Record<ActivityFigureKey, number | null>>>;
  /** The most connections that the server accepts. */
  readonly maxConnections: number | null;
  /** Until the next sample, as it was planned. */
  readonly stepMs: number;
}

/** An hour at one sample every two seconds. */
const maxPoints = 1_800;

/** A sample this much older than the newest did not come late: the clock of this computer was set back. */
const setBackMs = 10_000;

function figureOf({ value }: ActivityFigure): number | null {
  switch (value?.type) {
    case undefined:
      return null;
    case 'count':
    case 'bytes':
      return value.count;
    case 'rate':
      return value.perSecond;
    case 'share':
      return value.share;
    case 'duration':
      return value.durationMs;
  }
}

function pointOf({ at, cost, figures, sessions }: ActivitySample): TrendPoint {
  const counts: Partial<Record<ActivityState, number>> = {};
  for (const { owner, state } of sessions) {
    if (owner !== 'sampling' && state !== null) counts[state] = (counts[state] ?? 0) + 1;
  }
  const connections = figures.find(({ key }) => key === 'connections')?.value;
  return {
    at,
    sessions: counts,
    figures: Object.fromEntries(figures.map((figure) => [figure.key, figureOf(figure)])),
    maxConnections: connections?.type === 'count' ? connections.max : null,
    stepMs: cost.tookMs + cost.nextInMs,
  };
}

/** The last figures with those of one more sample. */
export function withSample(known: readonly TrendPoint[], sample: ActivitySample): readonly TrendPoint[] {
  const point = pointOf(sample);
  const newestAt = known.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
  if (newestAt - point.at >= setBackMs) return [point];
  return point.at <= newestAt ? known : [...known, point].slice(-maxPoints);
}
