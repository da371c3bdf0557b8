import { Tooltip } from '@mantine/core';
import { memo, useState } from 'react';
import { useStore } from 'zustand';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { MetricsSample } from '../../../shared/model/metrics.ts';
import { metricsText } from '../../text/metrics.ts';
import { useCapabilities } from '../connections/index.ts';
import classes from './MetricsPanel.module.css';
import type { MetricsView } from './MetricsView.ts';
import { useNewestSample } from './metrics.ts';

interface TileProps {
  readonly label: string;
  readonly value: string;
  readonly beside?: string;
  readonly tone?: 'bad' | 'warning' | undefined;
  /** What the figure means and what to do about it. */
  readonly hint?: string;
}

function Tile({ label, value, beside, tone, hint }: TileProps) {
  const tile = (
    <div className={classes.tile} data-tone={tone}>
      <dt>{label}</dt>
      <dd>
        {value}
        {beside !== undefined && <span className={classes.beside}>{beside}</span>}
      </dd>
    </div>
  );
  if (hint === undefined) return tile;
  return (
    <Tooltip label={hint} multiline maw={300}>
      {tile}
    </Tooltip>
  );
}

const badWhen = (isBad: boolean) => (isBad ? 'bad' : undefined);

const durationOrDash = (valueMs: number | null): string =>
  valueMs === null ? metricsText.none : metricsText.duration(valueMs);

/** The newest second; while the picture stands still, that of its end. */
function useShownSample(sourceId: DataSourceId, view: MetricsView): MetricsSample | null {
  const newest = useNewestSample(sourceId);
  const isPaused = useStore(view.store, (state) => state.isPaused);
  const [shown, setShown] = useState(newest);
  if (!isPaused && shown !== newest) setShown(newest);
  return shown;
}

/** What only requests to an API have. */
function RequestTiles({ requests }: Pick<MetricsSample, 'requests'>) {
  const { ofRequests, count, none } = metricsText;
  const remaining = requests?.remaining ?? null;
  return (
    <>
      <Tile
        label={ofRequests.wait}
        value={durationOrDash(requests?.wait?.p95 ?? null)}
        hint={ofRequests.waitHint}
      />
      <Tile
        label={ofRequests.remaining}
        value={remaining === null ? none : count(remaining)}
        tone={badWhen(remaining === 0)}
        hint={remaining === null ? ofRequests.noRemainingHint : ofRequests.remainingHint}
      />
    </>
  );
}

interface MetricTilesProps {
  readonly sourceId: DataSourceId;
  readonly view: MetricsView;
}

/** The figures of one second, to be read at a glance. */
export const MetricTiles = memo(function MetricTiles({ sourceId, view }: MetricTilesProps) {
  const sample = useShownSample(sourceId, view);
  const capabilities = useCapabilities(sourceId);
  if (sample === null) return null;
  const { count, perSecond, ofRequests } = metricsText;
  const hasRequests = capabilities?.requests === true;
  const words = hasRequests ? { ...metricsText.tiles, queries: ofRequests.queries } : metricsText.tiles;
  const { pool, statementsPerSecond, errorsPerSecond, cancelsPerSecond, latency, healthMs } = sample;
  const hasPool = capabilities?.pool !== false;
  return (
    <dl className={classes.tiles} data-even={!hasPool || undefined}>
      <Tile label={words.inUse} value={count(pool.inUse)} beside={metricsText.ofOpen(pool.total)} />
      {hasPool && (
        <Tile
          label={words.target}
          value={count(pool.target)}
          beside={metricsText.targetBeside(pool)}
          tone={pool.ceiling < pool.max ? 'warning' : undefined}
          hint={metricsText.targetHint(pool)}
        />
      )}
      <Tile label={words.waiting} value={count(pool.waiting)} tone={badWhen(pool.waiting > 0)} />
      {hasPool && (
        <Tile
          label={words.leaked}
          value={count(pool.leaked)}
          tone={badWhen(pool.leaked > 0)}
          hint={pool.leaked > 0 ? metricsText.leakedHint : metricsText.noLeaks}
        />
      )}
      <Tile
        label={words.queries}
        value={perSecond(statementsPerSecond.user)}
        {...(cancelsPerSecond > 0 ? { beside: metricsText.cancelled(cancelsPerSecond) } : {})}
        hint={hasRequests ? ofRequests.queriesHint : metricsText.queriesHint}
      />
      <Tile
        label={words.errors}
        value={perSecond(errorsPerSecond.user)}
        tone={badWhen(errorsPerSecond.user > 0)}
        hint={hasRequests ? ofRequests.errorsHint : metricsText.errorsHint}
      />
      <Tile label={words.latency} value={durationOrDash(latency?.p95 ?? null)} />
      <Tile label={words.health} value={durationOrDash(healthMs)} />
      {hasRequests && <RequestTiles requests={sample.requests} />}
    </dl>
  );
});
