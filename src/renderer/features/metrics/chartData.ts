import type { MetricsPoint } from '../../../shared/model/metrics.ts';

/** One line of a chart. */
export interface ChartSeries {
  readonly label: string;
  /** Custom property of the page that holds its colour. */
  readonly color: string;
  readonly isDashed?: boolean;
  readonly isFilled?: boolean;
  readonly read: (sample: MetricsPoint) => number | null;
}

/** Samples come each second; a longer pause than this is a gap, drawn as one. */
const longestStepMs = 2_500;

/** Times in seconds and one array of values for each series, as uPlot takes them. Null breaks the line. */
export type ChartData = [times: number[], ...values: (number | null)[][]];

/** The samples as columns, with a break wherever seconds are missing. */
export function chartData(samples: readonly MetricsPoint[], series: readonly ChartSeries[]): ChartData {
  const times: number[] = [];
  const columns: (number | null)[][] = series.map(() => []);
  let previousAt: number | null = null;
  for (const sample of samples) {
    if (previousAt !== null && sample.at - previousAt > longestStepMs) {
      times.push((previousAt + 1) / 1_000);
      for (const column of columns) column.push(null);
    }
    times.push(sample.at / 1_000);
    for (const [index, { read }] of series.entries()) columns[index]?.push(read(sample));
    previousAt = sample.at;
  }
  return [times, ...columns];
}

/**
 * Index of the sample at a moment, null where nothing was measured.
 * @param time in seconds, as in the data
 */
export function sampleIndexAt(times: ArrayLike<number>, time: number): number | null {
  let best: number | null = null;
  let bestDistance = longestStepMs / 2_000;
  for (let index = 0; index < times.length; index += 1) {
    const distance = Math.abs((times[index] ?? Number.NaN) - time);
    if (!(distance <= bestDistance)) continue;
    best = index;
    bestDistance = distance;
  }
  return best;
}

/** Indexes of values with a gap on both sides: no line reaches them, so that they must be drawn as points. */
export function loneIndexes(values: ArrayLike<number | null | undefined>): number[] {
  const isGap = (index: number): boolean => (values[index] ?? null) === null;
  return Array.from(values, (_value, index) => index).filter(
    (index) => !isGap(index) && isGap(index - 1) && isGap(index + 1),
  );
}
