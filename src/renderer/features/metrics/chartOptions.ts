import type uPlot from 'uplot';
import { type ChartSeries, loneIndexes, sampleIndexAt } from './chartData.ts';

/** Room for the labels of the value axis: `1,000 ms` fits. */
const valueAxisWidthPx = 56;
const timeAxisHeightPx = 24;
const timeLabelSpacePx = 60;
/** Steps between labels, so that one fits one minute as well as five on narrow charts. */
const timeStepsSeconds = [5, 10, 15, 30, 60, 120, 300];
const labelFont = "11px 'Inter Variable', system-ui, sans-serif";

/** Colour of the page at the moment of drawing, so that a change of the scheme needs a redraw and nothing else. */
const pageColor =
  (property: string) =>
  ({ root }: uPlot): string =>
    getComputedStyle(root).getPropertyValue(property);

const minutes = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });
const seconds = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

/**
 * A moment of a chart as its axis writes it, to the second.
 * @param time in seconds
 */
export const momentText = (time: number): string => seconds.format(time * 1_000);

/** Half of `14:05:09` and a little: nearer to the right end than this, a label would be cut off. */
const timeLabelHalfPx = 20;

/** Labels of the time axis; seconds only where the marks are closer than a minute. */
function timeLabels(
  chart: uPlot,
  times: number[],
  _axis: number,
  _space: number,
  stepSeconds: number,
): string[] {
  const format = stepSeconds < 60 ? seconds : minutes;
  const lastPx = chart.bbox.width / devicePixelRatio - timeLabelHalfPx;
  return times.map((time) => (chart.valToPos(time, 'x') > lastPx ? '' : format.format(time * 1_000)));
}

/** From zero to a little above the highest value; never flat. */
function valueRange(_chart: uPlot, _lowest: number | null, highest: number | null): uPlot.Range.MinMax {
  return [0, Math.max(1, (highest ?? 0) * 1.15)];
}

const lonePoints = ({ data }: uPlot, seriesIndex: number): number[] => loneIndexes(data[seriesIndex] ?? []);

function seriesOptions({ label, color, isDashed = false, isFilled = false }: ChartSeries): uPlot.Series {
  const stroke = pageColor(color);
  return {
    label,
    stroke,
    width: 1.5,
    points: { show: true, size: 4, filter: lonePoints },
    spanGaps: false,
    ...(isDashed ? { dash: [4, 4] } : {}),
    ...(isFilled ? { fill: (chart: uPlot) => `color-mix(in srgb, ${stroke(chart)} 14%, transparent)` } : {}),
  };
}

interface ChartCallbacks {
  /** Times of both ends, in seconds. */
  readonly timeRange: () => uPlot.Range.MinMax;
  readonly formatTick: (value: number) => string;
  /** Moment below the pointer, in seconds; null when it is on no chart. */
  readonly onCursor: (time: number | null) => void;
}

/** uPlot's own index is that of the nearest sample, however far away it is; so only the moment is taken from it. */
function cursorTime(chart: uPlot): number | null {
  const { left = -1 } = chart.cursor;
  return left < 0 ? null : chart.posToVal(left, 'x');
}

/** Options of one live chart. Pointers on all charts move together. */
export function chartOptions(
  size: { readonly width: number; readonly height: number },
  series: readonly ChartSeries[],
  { timeRange, formatTick, onCursor }: ChartCallbacks,
): uPlot.Options {
  const axis = {
    stroke: pageColor('--mantine-color-dimmed'),
    font: labelFont,
    ticks: { show: false },
    grid: { stroke: pageColor('--mooring-line'), width: 1 },
  };
  return {
    ...size,
    padding: [8, 6, 0, 0],
    legend: { show: false },
    cursor: {
      sync: { key: 'metrics' },
      drag: { x: false, y: false },
      y: false,
      points: { size: 6 },
      // The points on the lines are shown where the legend has values, and nowhere else.
      dataIdx: (chart, _series, _nearest, time) => sampleIndexAt(chart.data[0], time),
    },
    scales: { x: { time: true, range: timeRange }, y: { range: valueRange } },
    axes: [
      {
        ...axis,
        size: timeAxisHeightPx,
        space: timeLabelSpacePx,
        incrs: timeStepsSeconds,
        grid: { show: false },
        values: timeLabels,
      },
      {
        ...axis,
        size: valueAxisWidthPx,
        space: 28,
        values: (_chart, values) => values.map((value) => (value === 0 ? '0' : formatTick(value))),
      },
    ],
    series: [{}, ...series.map(seriesOptions)],
    hooks: { setCursor: [(chart) => onCursor(cursorTime(chart))] },
  };
}
