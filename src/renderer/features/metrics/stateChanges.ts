import type { MetricsRange } from '../../../shared/model/metricsRange.ts';
import type { SourceStatus } from '../../../shared/model/sourceState.ts';
import type { Span } from '../../components/charts/chartData.ts';

/** A data source came into another state. */
export type StateChange = MetricsRange['states'][number];

/** Changes that are kept of a data source that is watched. */
const maxKept = 1_000;

/** What is known with what came after it. The same state again is no change, and nor is one that is known. */
export function withState(known: readonly StateChange[], change: StateChange): readonly StateChange[] {
  const newest = known.at(-1);
  if (newest !== undefined && (newest.status === change.status || newest.at > change.at)) return known;
  return [...known, change].slice(-maxKept);
}

/** A stretch of time in one state; or in several, each too short to be drawn by itself. */
export interface StateSpan extends Span {
  /** In the order in which they came. */
  readonly statuses: readonly SourceStatus[];
}

/** A narrower span could be neither seen nor pointed at: share of the whole. */
const smallestShare = 0.006;

/**
 * The states of a data source over a stretch of time. Nothing is said about the time before the first one.
 * @param changes oldest first; the first may be older than the span
 */
export function stateSpans(changes: readonly StateChange[], { from, to }: Span): readonly StateSpan[] {
  const smallestMs = (to - from) * smallestShare;
  const spans: StateSpan[] = [];
  for (const [index, { at, status }] of changes.entries()) {
    const span = { from: Math.max(from, at), to: Math.min(to, changes[index + 1]?.at ?? to) };
    if (span.to <= span.from) continue;
    const last = spans.at(-1);
    const isSmall = (one: Span) => one.to - one.from < smallestMs;
    // Those that are small stand together, also when together they are not.
    const joins = last !== undefined && isSmall(span) && (last.statuses.length > 1 || isSmall(last));
    if (joins) spans[spans.length - 1] = { ...last, to: span.to, statuses: [...last.statuses, status] };
    else spans.push({ ...span, statuses: [status] });
  }
  return spans;
}
