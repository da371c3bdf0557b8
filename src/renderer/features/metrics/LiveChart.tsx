import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { MetricsPoint } from '../../../shared/model/metrics.ts';
import { metricsText } from '../../text/metrics.ts';
import { type ChartData, type ChartSeries, chartData, sampleIndexAt } from './chartData.ts';
import { chartOptions, momentText } from './chartOptions.ts';
import { chartSummary } from './chartSummary.ts';
import classes from './LiveChart.module.css';

interface LiveChartProps {
  readonly title: string;
  /** The same array for the whole life of the chart. */
  readonly series: readonly ChartSeries[];
  readonly samples: readonly MetricsPoint[];
  /** Time at the right end (epoch milliseconds) and how much is shown to its left. */
  readonly endAt: number;
  readonly windowMs: number;
  readonly format: (value: number) => string;
  readonly formatTick: (value: number) => string;
}

interface LegendProps {
  readonly series: readonly ChartSeries[];
  /** Null below a pointer where nothing was measured. */
  readonly values: readonly (number | null)[] | null;
  readonly format: (value: number) => string;
}

function Legend({ series, values, format }: LegendProps) {
  return (
    <ul className={classes.legend} data-long={series.length > 4 || undefined}>
      {series.map(({ label, color, isDashed }, index) => (
        <li key={label} className={classes.legendItem}>
          <span
            className={classes.swatch}
            data-dashed={isDashed || undefined}
            style={{ color: `var(${color})` }}
            aria-hidden
          />
          {label}
          <span className={classes.value}>
            {values !== null && formatOrDash(values[index] ?? null, format)}
          </span>
        </li>
      ))}
    </ul>
  );
}

const formatOrDash = (value: number | null, format: (value: number) => string): string =>
  value === null ? metricsText.none : format(value);

const sizeOf = ({ clientWidth, clientHeight }: HTMLElement) => ({ width: clientWidth, height: clientHeight });

/** Makes the chart once and then only gives it data, sizes and colours. */
function useChart(props: LiveChartProps, data: ChartData, onCursor: (time: number | null) => void) {
  const { series, endAt, windowMs, formatTick } = props;
  const roomRef = useRef<HTMLDivElement>(null);
  const chartRef = useRef<uPlot | null>(null);
  const scheme = useComputedColorScheme();
  const timeRange = useEffectEvent((): uPlot.Range.MinMax => [(endAt - windowMs) / 1_000, endAt / 1_000]);
  const makeChart = useEffectEvent((room: HTMLElement): uPlot => {
    const options = chartOptions(sizeOf(room), series, {
      timeRange: () => timeRange(),
      formatTick,
      onCursor,
    });
    return new uPlot(options, data, room);
  });

  useEffect(() => {
    const room = roomRef.current;
    if (room === null) return;
    const chart = makeChart(room);
    chartRef.current = chart;
    const observer = new ResizeObserver(() => {
      if (room.clientWidth > 0 && room.clientHeight > 0) chart.setSize(sizeOf(room));
    });
    observer.observe(room);
    return () => {
      observer.disconnect();
      chart.destroy();
      chartRef.current = null;
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another window changes the range that the chart asks for
  useEffect(() => chartRef.current?.setData(data), [data, windowMs]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another scheme changes the colours that the chart asks for
  useEffect(() => chartRef.current?.redraw(), [scheme]);
  return roomRef;
}

/**
 * A line chart of the last minutes that moves with each sample. The legend shows the newest values or, below a pointer
 * on any of the charts, the moment and its values.
 */
export function LiveChart(props: LiveChartProps) {
  const { title, series, samples, format } = props;
  const [cursorTime, setCursorTime] = useState<number | null>(null);
  const data = useMemo(() => chartData(samples, series), [samples, series]);
  const roomRef = useChart(props, data, setCursorTime);
  const summary = useMemo(
    () => chartSummary(title, samples, series, format),
    [title, samples, series, format],
  );
  const [times, ...columns] = data;
  const shown = cursorTime === null ? times.length - 1 : sampleIndexAt(times, cursorTime);
  const values = shown === null ? null : columns.map((column) => column[shown] ?? null);

  return (
    <figure className={classes.figure}>
      <figcaption className={classes.caption}>
        <span className={classes.titleLine}>
          <span className={classes.title}>{title}</span>
          {cursorTime !== null && <span className={classes.moment}>{momentText(cursorTime)}</span>}
        </span>
        <Legend series={series} values={values} format={format} />
      </figcaption>
      <div ref={roomRef} role="img" aria-label={summary} className={classes.canvas} />
    </figure>
  );
}
