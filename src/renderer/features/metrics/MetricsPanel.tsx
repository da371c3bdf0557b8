import { Button } from '@mantine/core';
import { IconChartLine } from '@tabler/icons-react';
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { engineOf } from '../../../shared/engines/engines.ts';
import type { DataSource } from '../../../shared/model/dataSource.ts';
import type { MetricsRange } from '../../../shared/model/metricsRange.ts';
import type { Span } from '../../components/charts/chartData.ts';
import { type ChartGroup, createChartGroup } from '../../components/charts/chartGroup.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { useIsSeen } from '../../lib/useIsSeen.ts';
import { useRefreshCommand } from '../../lib/useRefreshCommand.ts';
import { metricsText } from '../../text/metrics.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { ServerSection } from '../activity/index.ts';
import { MetricChart } from './MetricChart.tsx';
import { MetricsBar } from './MetricsBar.tsx';
import classes from './MetricsPanel.module.css';
import type { MetricsView } from './MetricsView.ts';
import { MetricTiles } from './MetricTiles.tsx';
import { chartsOf, connectionsChart, healthChart, type MetricChartKind } from './metricCharts.ts';
import { metricsViewOf } from './metrics.ts';
import { ScalingMarks } from './ScalingMarks.tsx';
import { StateStrip } from './StateStrip.tsx';
import { saveCsv, savePicture } from './savedCharts.ts';
import { useMetricsCommands } from './useMetricsCommands.ts';

const marksOf = ({ decisions }: MetricsRange, span: Span) => (
  <ScalingMarks decisions={decisions} span={span} />
);
const stripOf = ({ states }: MetricsRange, span: Span) => <StateStrip states={states} span={span} />;

interface ChartsProps {
  readonly view: MetricsView;
  readonly group: ChartGroup;
  readonly isConnected: boolean;
  readonly charts: readonly MetricChartKind[];
}

const groupOf = (view: MetricsView): ChartGroup =>
  createChartGroup({
    zoom: (span) => view.zoom(span),
    reset: () => view.reset(),
    savePicture,
  });

/** The charts, or why there are none. They stay as they are when another side gets the focus. */
const Charts = memo(function Charts({ view, group, isConnected, charts }: ChartsProps) {
  const hasPicture = useStore(view.store, (state) => state.picture !== null);
  // A part without points is a gap, which the charts show.
  const isEmpty = useStore(view.store, ({ picture, zoom }) => picture?.points.length === 0 && zoom === null);
  const isLoading = useStore(view.store, (state) => state.isLoading);
  if (!hasPicture && isConnected) return <EmptyState title={metricsText.waiting} />;
  if (!hasPicture || isEmpty) {
    return <EmptyState icon={<IconChartLine size={28} stroke={1.5} />} {...metricsText.nothing} />;
  }
  return (
    <div className={classes.charts} aria-busy={isLoading}>
      {charts.map((kind) => (
        <MetricChart
          key={kind.key}
          kind={kind}
          view={view}
          group={group}
          marks={kind === connectionsChart ? marksOf : undefined}
          below={kind === healthChart ? stripOf : undefined}
        />
      ))}
    </div>
  );
});

/** The last figures stay below it. */
function Failure({ view }: { readonly view: MetricsView }) {
  const failure = useStore(view.store, (state) => state.failure);
  if (failure === null) return null;
  const retry = (
    <Button size="xs" onClick={() => view.refresh()}>
      {vocabulary.tryAgain}
    </Button>
  );
  return <ErrorPanel error={failure} actions={retry} />;
}

interface MetricsPanelProps {
  readonly dataSource: DataSource;
  /** In front of the side that has the focus. */
  readonly isActive: boolean;
  readonly isConnected: boolean;
}

/** How a data source is and was doing, in charts; below them, its server. Kept up to date while this is on the screen. */
export function MetricsPanel({ dataSource, isActive, isConnected }: MetricsPanelProps) {
  const { id } = dataSource;
  const { capabilities } = engineOf(dataSource.engine.kind);
  const charts = useMemo(() => chartsOf(capabilities), [capabilities]);
  const ref = useRef<HTMLDivElement>(null);
  const [view] = useState(() => metricsViewOf(id, isConnected));
  const [group] = useState(() => groupOf(view));
  const isSeen = useIsSeen(ref);
  useEffect(() => (isSeen ? view.follow() : undefined), [isSeen, view]);
  useRefreshCommand(() => view.refresh(), isActive);
  const cursorTime = useCallback(() => group.cursor.getState().time, [group]);
  const save = useCallback(() => saveCsv(view, capabilities), [view, capabilities]);
  useMetricsCommands({ view, panelRef: ref, cursorTime, saveCsv: save }, isActive);
  return (
    <div ref={ref} className={classes.panel}>
      <MetricsBar view={view} onSaveCsv={save} />
      <Failure view={view} />
      {isConnected && <MetricTiles sourceId={id} view={view} />}
      <Charts view={view} group={group} isConnected={isConnected} charts={charts} />
      <ServerSection
        dataSource={dataSource}
        group={group}
        shown={view.store}
        isConnected={isConnected}
        isSeen={isSeen}
      />
    </div>
  );
}
