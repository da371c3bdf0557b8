import uPlot from 'uplot';
import { type ChartLine, indexAt, loneIndexes } from './chartData.ts';
import { timeLabel, timeSteps } from './chartTimes.ts';

/** Room for the labels of the value axis: `1,000 ms` fits. The style sheet has it too, for what stands on the plot. */
const valueAxisWidthPx = 56;
const rightPaddingPx = 6;
const timeAxisHeightPx = 24;
const timeLabelSpacePx = 60;
/** A shorter drag was a click with an unsteady hand. */
const shortestDragPx = 5;
const labelFont = "11px 'Inter Variable', system-ui, sans-serif";

/** Colour of the page at the moment of drawing, so that a change of the scheme needs a redraw and nothing else. */
const pageColor =
  (property: string) =>
  ({ root }: uPlot): string =>
    getComputedStyle(root).getPropertyValue(property);

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
  const lastPx = chart.bbox.width / devicePixelRatio - timeLabelHalfPx;
  return times.map((time) => (chart.valToPos(time, 'x') > lastPx ? '' : timeLabel(time, stepSeconds)));
}

const lonePoints = ({ data }: uPlot, seriesIndex: number): number[] => loneIndexes(data[seriesIndex] ?? []);

function seriesOptions({ label, color, ...look }: ChartLine): uPlot.Series {
  const stroke = pageColor(color);
  const stepped = look.isStepped === true ? uPlot.paths.stepped?.({ align: -1 }) : undefined;
  return {
    label,
    stroke,
    width: 1.5,
    points: { show: true, size: 4, filter: lonePoints },
    spanGaps: false,
    ...(look.isDashed === true && { dash: [4, 4] }),
    ...(stepped !== undefined && { paths: stepped }),
    ...(look.isFilled === true && {
      fill: (chart: uPlot) => `color-mix(in srgb, ${stroke(chart)} 14%, transparent)`,
    }),
  };
}

/** What a chart asks while it draws, and tells when somebody uses it. */
export interface ChartCallbacks {
  /** Times of both ends, in seconds. */
  readonly timeRange: () => uPlot.Range.MinMax;
  /** How far apart its points are. */
  readonly stepMs: () => number;
  readonly formatTick: (value: number) => string;
  /** The top of the value axis while no value is higher. */
  readonly lowestTop: number;
  /** The cursor is elsewhere. */
  readonly onCursor: (chart: uPlot) => void;
  /** A stretch of time was dragged over, in seconds. */
  readonly onDrag: (from: number, to: number) => void;
  readonly onDoubleClick: () => void;
}

/** From zero to a little above the highest value; never flat. */
const valueRange =
  (lowestTop: number) =>
  (_chart: uPlot, _lowest: number | null, highest: number | null): uPlot.Range.MinMax => [
    0,
    Math.max(lowestTop, (highest ?? 0) * 1.15),
  ];

function takeDrag(chart: uPlot, onDrag: ChartCallbacks['onDrag']): void {
  const { left, width } = chart.select;
  if (width === 0) return;
  chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  if (width >= shortestDragPx) onDrag(chart.posToVal(left, 'x'), chart.posToVal(left + width, 'x'));
}

function cursorOptions({ stepMs, onDoubleClick }: ChartCallbacks): uPlot.Cursor {
  return {
    drag: { x: true, y: false, setScale: false },
    y: false,
    points: { size: 6 },
    // uPlot's own index is that of the nearest point, however far away it is.
    dataIdx: (chart, _series, _nearest, time) => indexAt(chart.data[0], time, stepMs()),
    bind: {
      dblclick: () => () => {
        onDoubleClick();
        return null;
      },
    },
  };
}

/** Options of one chart of values over time. */
export function chartOptions(
  size: { readonly width: number; readonly height: number },
  lines: readonly ChartLine[],
  callbacks: ChartCallbacks,
): uPlot.Options {
  const { timeRange, formatTick, lowestTop, onCursor, onDrag } = callbacks;
  const axis = {
    stroke: pageColor('--mantine-color-dimmed'),
    font: labelFont,
    ticks: { show: false },
    grid: { stroke: pageColor('--mooring-line'), width: 1 },
  };
  return {
    ...size,
    padding: [8, rightPaddingPx, 0, 0],
    legend: { show: false },
    cursor: cursorOptions(callbacks),
    scales: { x: { time: true, range: timeRange }, y: { range: valueRange(lowestTop) } },
    axes: [
      {
        ...axis,
        size: timeAxisHeightPx,
        space: timeLabelSpacePx,
        incrs: timeSteps,
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
    series: [{}, ...lines.map(seriesOptions)],
    hooks: {
      setCursor: [onCursor],
      setSelect: [(chart) => takeDrag(chart, onDrag)],
    },
  };
}
