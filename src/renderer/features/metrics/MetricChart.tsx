import { memo, type ReactNode, type RefObject, useMemo, useRef } from 'react';
import type { MetricsRange } from '../../../shared/model/metricsRange.ts';
import { chartData, type Span } from '../../components/charts/chartData.ts';
import type { ChartGroup } from '../../components/charts/chartGroup.ts';
import { spanOf } from '../../components/charts/shownTime.ts';
import { TimeChart } from '../../components/charts/TimeChart.tsx';
import { useIsSeen } from '../../lib/useIsSeen.ts';
import { useStoreBehind } from '../../lib/useStoreWhile.ts';
import type { MetricsView } from './MetricsView.ts';
import type { MetricChartKind } from './metricCharts.ts';

interface MetricChartProps {
  readonly kind: MetricChartKind;
  readonly view: MetricsView;
  readonly group: ChartGroup;
  /** What stands on the plot, and below it. The same functions for the whole life of the chart. */
  readonly marks?: ((picture: MetricsRange, span: Span) => ReactNode) | undefined;
  readonly below?: ((picture: MetricsRange, span: Span) => ReactNode) | undefined;
}

interface DrawnProps extends Omit<MetricChartProps, 'view'> {
  readonly ref: RefObject<HTMLElement | null>;
  readonly isSeen: boolean;
  readonly picture: MetricsRange | null;
  readonly zoom: Span | null;
}

const noPoints: MetricsRange['points'] = [];

const Drawn = memo(({ ref, isSeen, picture, zoom, kind, group, marks, below }: DrawnProps) => {
  const { points, stepMs } = picture ?? { points: noPoints, stepMs: 1_000 };
  const data = useMemo(() => chartData(points, kind.lines, stepMs), [points, kind, stepMs]);
  const span = spanOf({ picture, zoom });
  return (
    <TimeChart
      ref={ref}
      isSeen={isSeen}
      title={kind.title}
      lines={kind.lines}
      data={data}
      span={span}
      stepMs={stepMs}
      format={kind.format}
      formatTick={kind.formatTick}
      group={group}
      below={picture !== null && below?.(picture, span)}
    >
      {picture !== null && marks?.(picture, span)}
    </TimeChart>
  );
});

/**
 * A chart of what the view shows. It is drawn for each new picture, but only while somebody can see it, and behind what a
 * person does meanwhile: all charts get theirs in the same moment.
 */
export const MetricChart = memo(function MetricChart({ view, ...props }: MetricChartProps) {
  const ref = useRef<HTMLElement>(null);
  const isSeen = useIsSeen(ref);
  const picture = useStoreBehind(view.store, isSeen, (state) => state.picture);
  const zoom = useStoreBehind(view.store, isSeen, (state) => state.zoom);
  return <Drawn {...props} ref={ref} isSeen={isSeen} picture={picture} zoom={zoom} />;
});
