import type { Span } from './chartData.ts';

const minutes = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });
const seconds = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
const days = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

const daySeconds = 86_400;
/** From here on a time of day alone could be that of another day. */
const severalDaysMs = 20 * 3_600_000;

/** Steps between the labels of a time axis, in seconds, so that one fits five minutes as well as a week. */
export const timeSteps = [
  ...[1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((count) => count * 60),
  ...[1, 2, 3, 6, 12].map((count) => count * 3_600),
  ...[1, 2, 4, 7].map((count) => count * daySeconds),
];

/** A label of the time axis: as exact as the steps between labels need it. */
export function timeLabel(time: number, stepSeconds: number): string {
  if (stepSeconds >= daySeconds) return days.format(time * 1_000);
  return (stepSeconds < 60 ? seconds : minutes).format(time * 1_000);
}

/**
 * A moment of a chart; with its day where the chart has several.
 * @param time in seconds
 */
export function momentText(time: number, { from, to }: Span): string {
  const clock = seconds.format(time * 1_000);
  return to - from < severalDaysMs ? clock : `${days.format(time * 1_000)}, ${clock}`;
}
