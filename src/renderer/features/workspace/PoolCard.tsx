import { Tooltip } from '@mantine/core';
import type { DataSource } from '../../../shared/model/dataSource.ts';
import type { PoolStats } from '../../../shared/model/poolStats.ts';
import { formatCount } from '../../lib/format.ts';
import { metricsText } from '../../text/metrics.ts';
import { workspaceText } from '../../text/workspace.ts';
import { useNewestSample } from '../metrics/index.ts';
import { type Fact, FactCard } from './FactCard.tsx';
import classes from './Overview.module.css';

const words = workspaceText.pool;
const hintEvents = { hover: true, focus: true, touch: true };

/** The pool as a bar as long as its maximum. */
function PoolBar({ inUse, idle, connecting, reserved, max }: PoolStats) {
  const free = Math.max(0, max - inUse - idle - connecting - reserved);
  const parts = Object.entries({ inUse, idle, connecting, reserved, free }).filter(([, count]) => count > 0);
  return (
    <div
      className={classes.bar}
      role="img"
      aria-label={words.bar({ inUse, idle, connecting, reserved, max })}
    >
      {parts.map(([part, count]) => (
        <span
          key={part}
          className={classes.part}
          data-part={part}
          style={{ flexGrow: count, flexBasis: 0 }}
        />
      ))}
    </div>
  );
}

function Keyed({ part, count }: { part: string; count: number }) {
  return (
    <>
      <span className={`${classes.part} ${classes.dot}`} data-part={part} aria-hidden />
      {formatCount(count)}
    </>
  );
}

/** How many are lent for too long. What to do about it can be read by keyboard too. */
function Leaked({ count }: { count: number }) {
  if (count === 0) return formatCount(count);
  return (
    <Tooltip label={metricsText.leakedHint} multiline maw={300} events={hintEvents}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: its hint shows on focus */}
      <span className={classes.bad} tabIndex={0}>
        {formatCount(count)}
      </span>
    </Tooltip>
  );
}

/** The connections of the pool, live, and the limits they keep to. */
export function PoolCard({ dataSource }: { dataSource: DataSource }) {
  const newest = useNewestSample(dataSource.id);
  const { pool: settings } = dataSource;
  const closed: PoolStats = {
    total: 0,
    inUse: 0,
    idle: 0,
    pinned: 0,
    connecting: 0,
    waiting: 0,
    min: settings.min,
    max: settings.max,
    target: settings.min,
    ceiling: settings.max,
    leaked: 0,
    reserved: 0,
  };
  const stats = newest?.pool ?? closed;
  const facts: Fact[] = [
    { label: words.inUse, value: <Keyed part="inUse" count={stats.inUse} /> },
    { label: words.idle, value: <Keyed part="idle" count={stats.idle} /> },
    { label: words.connecting, value: <Keyed part="connecting" count={stats.connecting} /> },
    ...(stats.reserved > 0
      ? [{ label: words.reserved, value: <Keyed part="reserved" count={stats.reserved} /> }]
      : []),
    { label: words.waiting, value: formatCount(stats.waiting) },
    { label: words.leaked, value: <Leaked count={stats.leaked} /> },
    { label: words.limits, value: words.limitsValue(stats.min, stats.max) },
    { label: words.target, value: words.targetValue(stats) },
    { label: words.idleTimeout, value: workspaceText.setting(settings.idleTimeoutMs) },
    { label: words.acquireTimeout, value: workspaceText.setting(settings.acquireTimeoutMs) },
  ];
  return <FactCard heading={words.heading} before={<PoolBar {...stats} />} facts={facts} />;
}
