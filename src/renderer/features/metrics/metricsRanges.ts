import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { MetricsRange } from '../../../shared/model/metricsRange.ts';
import type { Span } from '../../components/charts/chartData.ts';
import type { ShownTime } from '../../components/charts/shownTime.ts';

/** How far back the charts go. `live` moves with each second. */
export type RangeKey = 'live' | 'hour' | 'day' | 'week';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

export const rangeLengths: Record<RangeKey, number> = {
  live: 5 * minuteMs,
  hour: hourMs,
  day: 24 * hourMs,
  week: 7 * 24 * hourMs,
};

/** A shorter stretch of time has too few points to show anything. */
const shortestSpanMs = 10_000;

/**
 * The stretch of time that is shown when somebody asks for one: whole milliseconds, not too short, within what there is.
 */
export function allowedSpan({ from, to }: Span, whole: Span): Span {
  const lengthMs = Math.min(whole.to - whole.from, Math.max(shortestSpanMs, to - from));
  const middle = (from + to) / 2;
  const start = Math.min(whole.to - lengthMs, Math.max(whole.from, middle - lengthMs / 2));
  return { from: Math.round(start), to: Math.round(start + lengthMs) };
}

/** A stretch of time that is longer or shorter by a factor, around a moment that stays where it is. */
export function scaledSpan({ from, to }: Span, factor: number, around: number): Span {
  const at = Math.min(to, Math.max(from, around));
  return { from: at - (at - from) * factor, to: at + (to - at) * factor };
}

/** Whether nothing of a stretch of time is left out. */
export const coversAll = (span: Span, whole: Span): boolean => span.from <= whole.from && span.to >= whole.to;

/** What the charts of a data source show. */
export interface MetricsViewState extends ShownTime {
  readonly range: RangeKey;
  /** What is drawn. While other figures are under way, the last ones; null before the first ones. */
  readonly picture: MetricsRange | null;
  readonly isLoading: boolean;
  readonly failure: ErrorDto | null;
}
