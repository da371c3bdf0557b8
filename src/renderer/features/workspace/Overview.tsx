import { engineOf } from '../../../shared/engines/engines.ts';
import type { DataSourceSummary } from '../../../shared/model/dataSource.ts';
import type { SourceState } from '../../../shared/model/sourceState.ts';
import { ConnectionCard } from './ConnectionCard.tsx';
import { HealthCard } from './HealthCard.tsx';
import classes from './Overview.module.css';
import { PoolCard } from './PoolCard.tsx';
import { ServerCard } from './ServerCard.tsx';
import { sessionOf } from './sessionOf.ts';

interface OverviewProps {
  readonly summary: DataSourceSummary;
  readonly state: SourceState;
}

/** The data source at a glance: the server, how it is set up, its pool and how it is doing. */
export function Overview({ summary, state }: OverviewProps) {
  const { dataSource } = summary;
  const { kind } = dataSource.engine;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: in a small window it scrolls, by keyboard too (WCAG 2.1.1)
    <div className={classes.overview} tabIndex={0}>
      <div className={classes.column}>
        <ServerCard id={dataSource.id} kind={kind} state={state} />
        <HealthCard id={dataSource.id} state={state} />
      </div>
      <div className={classes.column}>
        {engineOf(kind).capabilities.pool && (
          <PoolCard dataSource={dataSource} isInUse={sessionOf(state) !== 'closed'} />
        )}
        <ConnectionCard summary={summary} />
      </div>
    </div>
  );
}
