import { Button, SegmentedControl } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { MetricsSample } from '../../../shared/model/metrics.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { metricsText } from '../../text/metrics.ts';
import { connectionSeries, healthSeries, latencySeries, querySeries } from './chartSeries.ts';
import { LiveChart } from './LiveChart.tsx';
import classes from './MetricsPanel.module.css';
import { MetricTiles } from './MetricTiles.tsx';
import { useSourceMetrics } from './metrics.ts';

const oneMinuteMs = 60_000;
const fiveMinutesMs = 300_000;

interface Frozen {
  readonly newest: MetricsSample;
  readonly samples: readonly MetricsSample[];
}

/** The newest five minutes, or those that were on the screen when somebody paused. */
function useShownSamples(sourceId: DataSourceId) {
  const metrics = useSourceMetrics(sourceId);
  const [frozen, setFrozen] = useState<Frozen | null>(null);
  const live = useMemo(() => {
    if (metrics === null || metrics.newest === null) return null;
    return { newest: metrics.newest, samples: metrics.ring.since(metrics.newest.at - fiveMinutesMs) };
  }, [metrics]);
  return {
    shown: frozen ?? live,
    isPaused: frozen !== null,
    togglePause: () => setFrozen(frozen === null ? live : null),
  };
}

/** Live charts of a watched data source over the last minutes, with the newest figures above them. */
export function MetricsPanel({ sourceId }: { sourceId: DataSourceId }) {
  const { shown, isPaused, togglePause } = useShownSamples(sourceId);
  const [windowMs, setWindowMs] = useState(fiveMinutesMs);
  const samples = useMemo(
    () => shown?.samples.filter(({ at }) => at >= shown.newest.at - windowMs) ?? [],
    [shown, windowMs],
  );
  if (shown === null) return <EmptyState title={metricsText.waiting} />;

  const chart = { samples, endAt: shown.newest.at, windowMs };
  return (
    <div className={classes.panel}>
      <div className={classes.bar}>
        {isPaused && (
          <span role="status" className={classes.paused}>
            {metricsText.paused}
          </span>
        )}
        <Button
          size="xs"
          variant="default"
          leftSection={isPaused ? <IconPlayerPlay size={13} /> : <IconPlayerPause size={13} />}
          onClick={togglePause}
        >
          {isPaused ? metricsText.resume : metricsText.pause}
        </Button>
        <SegmentedControl
          size="xs"
          aria-label={metricsText.window}
          value={String(windowMs)}
          onChange={(value) => setWindowMs(Number(value))}
          data={[
            { value: String(oneMinuteMs), label: metricsText.oneMinute },
            { value: String(fiveMinutesMs), label: metricsText.fiveMinutes },
          ]}
        />
      </div>
      <MetricTiles sample={shown.newest} />
      <div className={classes.charts}>
        <LiveChart
          title={metricsText.charts.connections}
          series={connectionSeries}
          format={metricsText.count}
          formatTick={metricsText.count}
          {...chart}
        />
        <LiveChart
          title={metricsText.charts.queries}
          series={querySeries}
          format={metricsText.rate}
          formatTick={metricsText.rate}
          {...chart}
        />
        <LiveChart
          title={metricsText.charts.latency}
          series={latencySeries}
          format={metricsText.duration}
          formatTick={metricsText.durationTick}
          {...chart}
        />
        <LiveChart
          title={metricsText.charts.health}
          series={healthSeries}
          format={metricsText.duration}
          formatTick={metricsText.durationTick}
          {...chart}
        />
      </div>
    </div>
  );
}
