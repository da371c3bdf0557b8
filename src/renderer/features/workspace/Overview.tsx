import { endpointOf, engineOf } from '../../../shared/engines/engines.ts';
import type { DataSourceSummary } from '../../../shared/model/dataSource.ts';
import type { SourceState } from '../../../shared/model/sourceState.ts';
import { sessionOf } from '../../lib/sessionOf.ts';
import { workspaceText } from '../../text/workspace.ts';
import { ConnectionCard } from './ConnectionCard.tsx';
import { HealthCard } from './HealthCard.tsx';
import classes from './Overview.module.css';
import { PoolCard } from './PoolCard.tsx';
import { ServerCard } from './ServerCard.tsx';
import { SessionGate } from './SessionGate.tsx';

interface OverviewProps {
  readonly summary: DataSourceSummary;
  readonly state: SourceState;
  readonly isActive: boolean;
}

/** The data source at a glance: the server, how it is doing, its pool and how it is set up. */
function Connected({ summary, state, isActive }: OverviewProps) {
  const { dataSource } = summary;
  const { kind } = dataSource.engine;
  const { tls } = endpointOf(dataSource.engine);
  return (
    <>
      <div className={classes.column}>
        <ServerCard id={dataSource.id} kind={kind} tls={tls} state={state} isActive={isActive} />
        <HealthCard id={dataSource.id} state={state} />
      </div>
      <div className={classes.column}>
        <ConnectionCard summary={summary} />
        {engineOf(kind).capabilities.pool && <PoolCard dataSource={dataSource} />}
      </div>
    </>
  );
}

/** What there is to say without a connection: how to get one, and how it is set up. */
function Unconnected({ summary, state }: OverviewProps) {
  return (
    <div className={classes.column}>
      <SessionGate
        id={summary.dataSource.id}
        state={state}
        isRetrying={false}
        hasContent={false}
        message={
          engineOf(summary.dataSource.engine.kind).capabilities.sql
            ? workspaceText.notConnected.overviewMessage
            : workspaceText.notConnected.overviewMessageOfRequests
        }
      >
        {null}
      </SessionGate>
      <ConnectionCard summary={summary} />
    </div>
  );
}

/** The data source at a glance. */
export function Overview(props: OverviewProps) {
  const isClosed = sessionOf(props.state) === 'closed';
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: in a small window it scrolls, by keyboard too (WCAG 2.1.1)
    <div className={classes.overview} data-closed={isClosed || undefined} tabIndex={0}>
      {isClosed ? <Unconnected {...props} /> : <Connected {...props} />}
    </div>
  );
}
