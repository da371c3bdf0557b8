import { useComputedColorScheme } from '@mantine/core';
import { type RefObject, useEffect, useEffectEvent, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { ChartData, ChartLine, Span } from './chartData.ts';
import type { ChartGroup } from './chartGroup.ts';
import { chartOptions } from './chartOptions.ts';
import { drawInTurn, drawNoMore } from './drawTurns.ts';

export interface ChartContent {
  /** The same array for the whole life of the chart. */
  readonly lines: readonly ChartLine[];
  readonly data: ChartData;
  readonly span: Span;
  readonly stepMs: number;
  readonly formatTick: (value: number) => string;
  /** The top of the value axis while no value is higher; default: 1. */
  readonly lowestTop?: number | undefined;
  readonly group: ChartGroup;
}

const sizeOf = ({ clientWidth, clientHeight }: HTMLElement) => ({ width: clientWidth, height: clientHeight });

/** Moves the cursor of a chart to where that of the group is. */
function follow(chart: uPlot, { cursor }: ChartGroup): void {
  const { time } = cursor.getState();
  const left = time === null ? -10 : chart.valToPos(time, 'x');
  const isOn = left >= 0 && left <= chart.over.clientWidth;
  chart.setCursor({ left: isOn ? left : -10, top: isOn ? 1 : -10 }, false);
}

/** Whether the pointer is on a chart: then its cursor leads, and the others follow. */
const isPointed = ({ over }: uPlot): boolean => over.matches(':hover');

/**
 * Makes the chart once and then only gives it data, sizes, colours and the cursor of the others.
 * @param chartRef takes the chart, for as long as there is one
 * @returns the room to draw in
 */
export function useChart(
  content: ChartContent,
  chartRef: RefObject<uPlot | null>,
): RefObject<HTMLDivElement | null> {
  const { data, span, group } = content;
  const roomRef = useRef<HTMLDivElement>(null);
  /** The pointer is on this chart. */
  const isLeadingRef = useRef(false);
  const scheme = useComputedColorScheme();
  const timeRange = useEffectEvent(
    (): uPlot.Range.MinMax => [content.span.from / 1_000, content.span.to / 1_000],
  );
  const stepMs = useEffectEvent(() => content.stepMs);
  const makeChart = useEffectEvent((room: HTMLElement): uPlot => {
    const { lines, formatTick, lowestTop = 1 } = content;
    const options = chartOptions(sizeOf(room), lines, {
      timeRange: () => timeRange(),
      stepMs: () => stepMs(),
      formatTick,
      lowestTop,
      onCursor: (chart) => {
        const { left = -1 } = chart.cursor;
        const wasLeading = isLeadingRef.current;
        isLeadingRef.current = left >= 0 && isPointed(chart);
        if (isLeadingRef.current) group.cursor.setState({ time: chart.posToVal(left, 'x') });
        else if (wasLeading) group.cursor.setState({ time: null });
      },
      onDrag: (from, to) => group.zoom({ from: Math.round(from * 1_000), to: Math.round(to * 1_000) }),
      onDoubleClick: () => group.reset(),
    });
    return new uPlot(options, data, room);
  });

  useEffect(() => {
    const room = roomRef.current;
    if (room === null) return;
    const chart = makeChart(room);
    chartRef.current = chart;
    const observer = new ResizeObserver(() => {
      if (room.clientWidth > 0 && room.clientHeight > 0) {
        drawInTurn(observer, () => chart.setSize(sizeOf(room)));
      }
    });
    observer.observe(room);
    const stopFollowing = group.cursor.subscribe(() => {
      if (!isPointed(chart)) follow(chart, group);
    });
    return () => {
      if (isLeadingRef.current) group.cursor.setState({ time: null });
      stopFollowing();
      observer.disconnect();
      drawNoMore(observer);
      drawNoMore(chart);
      drawNoMore(chartRef);
      chart.destroy();
      chartRef.current = null;
    };
  }, [group, chartRef]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another span changes the range that the chart asks for
  useEffect(() => {
    const chart = chartRef.current;
    if (chart === null) return;
    drawInTurn(chart, () => {
      chart.setData(data);
      if (!isPointed(chart)) follow(chart, group);
    });
  }, [data, span.from, span.to, group, chartRef]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another scheme changes the colours that the chart asks for
  useEffect(() => {
    const chart = chartRef.current;
    if (chart !== null) drawInTurn(chartRef, () => chart.redraw());
  }, [scheme, chartRef]);
  return roomRef;
}
