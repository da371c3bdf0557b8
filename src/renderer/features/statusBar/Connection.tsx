import { Tooltip, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { engineOf } from '../../../shared/engines/engines.ts';
import type { DataSource } from '../../../shared/model/dataSource.ts';
import { StatusDot } from '../../components/StatusDot.tsx';
import { formatDuration } from '../../lib/format.ts';
import { isConnected } from '../../lib/sessionOf.ts';
import { shownStatus } from '../../lib/shownStatus.ts';
import { stateLabel } from '../../lib/stateLabel.ts';
import { useStateClock } from '../../lib/useStateClock.ts';
import { connectionsText } from '../../text/connections.ts';
import { statusBarText } from '../../text/statusBar.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { savedIdOf, useSourceState } from '../connections/index.ts';
import { useNewestSample, useWatchMetrics } from '../metrics/index.ts';
import { tabsStore } from '../tabs/index.ts';
import classes from './StatusBar.module.css';

/** Round trip and pool, while there is a connection; a click opens the charts. */
function Figures({ source }: { source: DataSource }) {
  const newest = useNewestSample(source.id);
  if (newest === null) return null;
  const { healthMs, pool } = newest;
  const openMetrics = () => void tabsStore.getState().openSource(savedIdOf(source.id), 'metrics');
  return (
    <>
      {healthMs !== null && (
        <Tooltip label={statusBarText.latency} position="top">
          <UnstyledButton className={classes.button} onClick={openMetrics}>
            {formatDuration(healthMs)}
          </UnstyledButton>
        </Tooltip>
      )}
      {engineOf(source.engine.kind).capabilities.pool && (
        <Tooltip label={statusBarText.poolHint(pool.inUse, pool.max)} position="top">
          <UnstyledButton
            className={classes.button}
            aria-label={statusBarText.poolHint(pool.inUse, pool.max)}
            onClick={openMetrics}
          >
            {statusBarText.pool(pool.inUse, pool.max)}
          </UnstyledButton>
        </Tooltip>
      )}
    </>
  );
}

/** Which data source this is, how it is doing, and its figures. Read aloud is only the state, when it changes. */
export function Connection({ source }: { source: DataSource }) {
  const state = useSourceState(source.id);
  const now = useStateClock(state);
  useWatchMetrics(source.id);
  const status = shownStatus(state);
  return (
    <>
      <Tooltip label={connectionsText.describeState(state)} position="top" multiline maw={360}>
        <UnstyledButton
          className={classes.button}
          onClick={() => void tabsStore.getState().openSource(savedIdOf(source.id), 'overview')}
        >
          <StatusDot status={status} />
          <span className={classes.name}>{source.name}</span>
          <span>{stateLabel(state, now)}</span>
        </UnstyledButton>
      </Tooltip>
      <VisuallyHidden role="status">{vocabulary.stateLabel[status]}</VisuallyHidden>
      {isConnected(state) && <Figures source={source} />}
    </>
  );
}
