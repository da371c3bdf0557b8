import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { MetricsPoint } from '../../../shared/model/metrics.ts';
import type { SourceState } from '../../../shared/model/sourceState.ts';
import { formatCount, formatMoment } from '../../lib/format.ts';
import { workspaceText } from '../../text/workspace.ts';
import { useCapabilities } from '../connections/index.ts';
import { useSourceMetrics } from '../metrics/index.ts';
import { FactCard } from './FactCard.tsx';
import classes from './Overview.module.css';

const words = workspaceText.health;

const durationOrDash = (durationMs: number | null): string =>
  durationMs === null ? words.none : workspaceText.duration(durationMs);

/** Samples are one second long, so that the sum of their rates is the count. */
const countOf = (samples: readonly MetricsPoint[], rate: (sample: MetricsPoint) => number): number =>
  Math.round(samples.reduce((sum, sample) => sum + rate(sample), 0));

/** How the data source has been doing in the last minutes. */
export function HealthCard({ id, state }: { id: DataSourceId; state: SourceState }) {
  const metrics = useSourceMetrics(id);
  const hasRequests = useCapabilities(id)?.requests === true;
  const newest = metrics?.newest ?? null;
  const samples = metrics?.ring.since(0) ?? [];
  const errorCount = countOf(samples, ({ errorsPerSecond }) => errorsPerSecond.user);
  const cancelCount = countOf(samples, ({ cancelsPerSecond }) => cancelsPerSecond);
  const queryCount = countOf(samples, ({ statementsPerSecond }) => statementsPerSecond.user);
  const lastTimed = samples.findLast(({ latency }) => latency !== null)?.latency;
  const isReady = state.status === 'ready';
  return (
    <FactCard
      heading={words.heading}
      facts={[
        { label: words.connectedSince, value: isReady ? formatMoment(state.since) : words.none },
        { label: words.roundTrip, value: durationOrDash(newest?.healthMs ?? null) },
        {
          label: words.latency,
          value: `${durationOrDash(lastTimed?.p50 ?? null)} / ${durationOrDash(lastTimed?.p95 ?? null)}`,
        },
        {
          label: hasRequests ? words.requests : words.queries,
          value: words.queryCount(queryCount, cancelCount),
        },
        {
          label: words.errors,
          value: <span className={errorCount > 0 ? classes.bad : undefined}>{formatCount(errorCount)}</span>,
        },
      ]}
    />
  );
}
