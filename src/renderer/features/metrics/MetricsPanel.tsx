import { Button, SegmentedControl } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { MetricsPoint, MetricsSample } from '../../../shared/model/metrics.ts';
import type { ScalingDecision } from '../../../shared/model/poolStats.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { metricsText } from '../../text/metrics.ts';
import { connectionSeries, healthSeries, latencySeries, querySeries } from './chartSeries.ts';
import { LiveChart } from './LiveChart.tsx';
import classes from './MetricsPanel.module.css';
import { MetricTiles } from './MetricTiles.tsx';
import { useSourceMetrics } from './metrics.ts';
import { ScalingList } from './ScalingList.tsx';

const oneMinuteMs = 60_000;
const fiveMinutesMs = 300_000;

interface Frozen {
  readonly newest: MetricsSample;
  readonly samples: readonly MetricsPoint[];
  readonly decisions: readonly ScalingDecision[];
}

/** The newest five minutes, or those that were on the screen when somebody paused. */
function useShownSamples(sourceId: DataSourceId) {
  const metrics = useSourceMetrics(sourceId);
  const [frozen, setFrozen] = useState<Frozen | null>(null);
  const live = useMemo(() => {
    if (metrics === null || metrics.newest === null) return null;
    const { newest, ring, decisions } = metrics;
    return { newest, decisions, samples: ring.since(newest.at - fiveMinutesMs) };
  }, [metrics]);
  return {
    shown: frozen ?? live,
    isPaused: frozen !== null,
    togglePause: () => setFrozen(frozen === null ? live : null),
  };
}

interface BarProps {
  readonly isPaused: boolean;
  readonly onTogglePause: () => void;
  readonly windowMs: number;
  readonly onWindow: (windowMs: number) => void;
}

/** What is shown: which minutes, and whether they move. */
function Bar({ isPaused, onTogglePause, windowMs, onWindow }: BarProps) {
  return (
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
        onClick={onTogglePause}
      >
        {isPaused ? metricsText.resume : metricsText.pause}
      </Button>
      <SegmentedControl
        size="xs"
        aria-label={metricsText.window}
        value={String(windowMs)}
        onChange={(value) => onWindow(Number(value))}
        data={[
          { value: String(oneMinuteMs), label: metricsText.oneMinute },
          { value: String(fiveMinutesMs), label: metricsText.fiveMinutes },
        ]}
      />
    </div>
  );
}

interface ChartsProps {
  readonly samples: readonly MetricsPoint[];
  readonly endAt: number;
  readonly windowMs: number;
}

function Charts(shown: ChartsProps) {
  const { charts: titles, count, rate, duration, durationTick } = metricsText;
  const counts = { format: count, formatTick: count, ...shown };
  const rates = { format: rate, formatTick: rate, ...shown };
  const durations = { format: duration, formatTick: durationTick, ...shown };
  return (
    <div className={classes.charts}>
      <LiveChart title={titles.connections} series={connectionSeries} {...counts} />
      <LiveChart title={titles.queries} series={querySeries} {...rates} />
      <LiveChart title={titles.latency} series={latencySeries} {...durations} />
      <LiveChart title={titles.health} series={healthSeries} {...durations} />
    </div>
  );
}

/** Live charts of a watched data source over the last minutes, the newest figures above them and what the scaler did. */
export function MetricsPanel({ sourceId }: { sourceId: DataSourceId }) {
  const { shown, isPaused, togglePause } = useShownSamples(sourceId);
  const [windowMs, setWindowMs] = useState(fiveMinutesMs);
  const samples = useMemo(
    () => shown?.samples.filter(({ at }) => at >= shown.newest.at - windowMs) ?? [],
    [shown, windowMs],
  );
  if (shown === null) return <EmptyState title={metricsText.waiting} />;

  const { newest, decisions } = shown;
  return (
    <div className={classes.panel}>
      <Bar isPaused={isPaused} onTogglePause={togglePause} windowMs={windowMs} onWindow={setWindowMs} />
      <MetricTiles sample={newest} />
      <div className={classes.body} data-decided={decisions.length > 0 || undefined}>
        <Charts samples={samples} endAt={newest.at} windowMs={windowMs} />
        <ScalingList decisions={decisions} pool={newest.pool} now={newest.at} />
      </div>
    </div>
  );
}
