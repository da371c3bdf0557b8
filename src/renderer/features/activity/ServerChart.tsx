import { memo, type RefObject, useMemo, useRef } from 'react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { chartData } from '../../components/charts/chartData.ts';
import type { ChartGroup } from '../../components/charts/chartGroup.ts';
import { type ShownTime, type ShownTimeStore, spanOf } from '../../components/charts/shownTime.ts';
import { TimeChart } from '../../components/charts/TimeChart.tsx';
import { useIsSeen } from '../../lib/useIsSeen.ts';
import { useStoreBehind } from '../../lib/useStoreWhile.ts';
import { activityStore } from './activity.ts';
import type { TrendPoint } from './activityTrend.ts';
import type { ServerChartKind } from './serverCharts.ts';

interface ServerChartProps {
  readonly id: DataSourceId;
  readonly kind: ServerChartKind;
  readonly group: ChartGroup;
  readonly shown: ShownTimeStore;
}

const noTrend: readonly TrendPoint[] = [];
/** Samples come more seldom when they are slow, and then less evenly. */
const shortestStepMs = 2_000;

interface DrawnProps extends Pick<ServerChartProps, 'kind' | 'group'>, Pick<ShownTime, 'zoom' | 'picture'> {
  readonly ref: RefObject<HTMLElement | null>;
  readonly isSeen: boolean;
  readonly trend: readonly TrendPoint[];
}

const Drawn = memo(({ ref, isSeen, trend, zoom, picture, kind, group }: DrawnProps) => {
  const stepMs = Math.max(shortestStepMs, trend.at(-1)?.stepMs ?? 0);
  const data = useMemo(() => chartData(trend, kind.lines, stepMs), [trend, kind, stepMs]);
  return (
    <TimeChart
      ref={ref}
      isSeen={isSeen}
      title={kind.title}
      lines={kind.lines}
      data={data}
      span={spanOf({ zoom, picture })}
      stepMs={stepMs}
      format={kind.format}
      formatTick={kind.format}
      lowestTop={kind.lowestTop}
      group={group}
    />
  );
});

/** A chart of what a server counts, on the same axis of time as the others, and drawn as they are. */
export const ServerChart = memo(({ id, shown, ...props }: ServerChartProps) => {
  const ref = useRef<HTMLElement>(null);
  const isSeen = useIsSeen(ref);
  const trend = useStoreBehind(activityStore, isSeen, ({ byId }) => byId[id]?.trend ?? noTrend);
  const zoom = useStoreBehind(shown, isSeen, (state) => state.zoom);
  const picture = useStoreBehind(shown, isSeen, (state) => state.picture);
  return <Drawn {...props} ref={ref} isSeen={isSeen} trend={trend} zoom={zoom} picture={picture} />;
});
