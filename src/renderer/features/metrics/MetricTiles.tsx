import type { MetricsSample } from '../../../shared/model/metrics.ts';
import { metricsText } from '../../text/metrics.ts';
import classes from './MetricsPanel.module.css';

interface TileProps {
  readonly label: string;
  readonly value: string;
  readonly beside?: string;
  readonly isBad?: boolean;
}

function Tile({ label, value, beside, isBad = false }: TileProps) {
  return (
    <div className={classes.tile} data-tone={isBad ? 'bad' : undefined}>
      <dt>{label}</dt>
      <dd>
        {value}
        {beside !== undefined && <span className={classes.beside}>{beside}</span>}
      </dd>
    </div>
  );
}

const durationOrDash = (valueMs: number | null): string =>
  valueMs === null ? metricsText.none : metricsText.duration(valueMs);

/** The figures of one second, to be read at a glance. */
export function MetricTiles({ sample }: { sample: MetricsSample }) {
  const { tiles: words, count, perSecond } = metricsText;
  const { pool, queriesPerSecond, errorsPerSecond, latencyP95Ms, healthMs } = sample;
  return (
    <dl className={classes.tiles}>
      <Tile label={words.inUse} value={count(pool.inUse)} beside={metricsText.ofMax(pool.max)} />
      <Tile label={words.waiting} value={count(pool.waiting)} isBad={pool.waiting > 0} />
      <Tile label={words.queries} value={perSecond(queriesPerSecond)} />
      <Tile label={words.errors} value={perSecond(errorsPerSecond)} isBad={errorsPerSecond > 0} />
      <Tile label={words.latency} value={durationOrDash(latencyP95Ms)} />
      <Tile label={words.health} value={durationOrDash(healthMs)} />
    </dl>
  );
}
