/** A stretch of time, in epoch milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** One line of a chart. */
export interface ChartLine {
  /** Names it in tables and files; no other line of the chart has it. */
  readonly key: string;
  readonly label: string;
  /** Custom property of the page that holds its colour. */
  readonly color: string;
  readonly isDashed?: boolean;
  readonly isFilled?: boolean;
  /** Holds each value until the next one, as a limit does. */
  readonly isStepped?: boolean;
}

/** A line and where its values come from; null where nothing was measured. */
export interface LineOf<Point> extends ChartLine {
  readonly read: (point: Point) => number | null;
}

/** Times in seconds and one array of values for each line, as uPlot takes them. Null breaks the line. */
export type ChartData = [times: number[], ...values: (number | null)[][]];

/** Points come each step; a pause longer than so many of them is a gap. */
const longestSteps = 2.5;

/** The points as columns, with a break wherever some are missing. Oldest first. */
export function chartData<Point extends { readonly at: number }>(
  points: readonly Point[],
  lines: readonly LineOf<Point>[],
  stepMs: number,
): ChartData {
  const times: number[] = [];
  const columns: (number | null)[][] = lines.map(() => []);
  let previousAt: number | null = null;
  for (const point of points) {
    if (previousAt !== null && point.at - previousAt > longestSteps * stepMs) {
      times.push((previousAt + 1) / 1_000);
      for (const column of columns) column.push(null);
    }
    times.push(point.at / 1_000);
    for (const [index, { read }] of lines.entries()) columns[index]?.push(read(point));
    previousAt = point.at;
  }
  return [times, ...columns];
}

/** Index of the first time that is not before a moment; their number when all are. */
function firstNotBefore(times: ArrayLike<number>, time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? Number.POSITIVE_INFINITY) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Index of the point at a moment, null where nothing was measured.
 * @param time in seconds, as in the data
 */
export function indexAt(times: ArrayLike<number>, time: number, stepMs: number): number | null {
  const after = firstNotBefore(times, time);
  const distance = (index: number): number => Math.abs((times[index] ?? Number.POSITIVE_INFINITY) - time);
  const nearest = distance(after - 1) < distance(after) ? after - 1 : after;
  return distance(nearest) <= (longestSteps * stepMs) / 2_000 ? nearest : null;
}

/** The values of each line at an index, null where nothing was measured. */
export const valuesAt = ([, ...columns]: ChartData, index: number): readonly (number | null)[] =>
  columns.map((column) => column[index] ?? null);

/** Indexes at which at least one line has a value. */
export const measuredIndexes = (data: ChartData): readonly number[] =>
  [...data[0].keys()].filter((index) => valuesAt(data, index).some((value) => value !== null));

/** The moment to which a key moves the cursor: by steps from where it is, or in from the end. Null: nothing to go to. */
export function movedTime(
  data: ChartData,
  time: number | null,
  steps: number,
  { from, to }: Span,
): number | null {
  const times = measuredIndexes(data)
    .map((index) => data[0][index] ?? 0)
    .filter((one) => one * 1_000 >= from && one * 1_000 <= to);
  if (times.length === 0) return null;
  const nearest = time === null ? times.length : firstNotBefore(times, time - 0.001);
  const wanted = time === null && steps > 0 ? 0 : nearest + steps;
  return times[Math.min(times.length - 1, Math.max(0, wanted))] ?? null;
}

/** Indexes of values with a gap on both sides: no line reaches them, so that they must be drawn as points. */
export function loneIndexes(values: ArrayLike<number | null | undefined>): number[] {
  const isGap = (index: number): boolean => (values[index] ?? null) === null;
  return Array.from(values, (_value, index) => index).filter(
    (index) => !isGap(index) && isGap(index - 1) && isGap(index + 1),
  );
}
