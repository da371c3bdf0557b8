import { engineOf } from '../../../shared/engines/engines.ts';
import type { DataSourceSummary } from '../../../shared/model/dataSource.ts';
import type { SourceState } from '../../../shared/model/sourceState.ts';
import frame from '../../components/TabFrame.module.css';
import { isConnected } from '../../lib/sessionOf.ts';
import { workspaceText } from '../../text/workspace.ts';
import { ActivityPanel, useHasActivity } from '../activity/index.ts';
import { useDamaged, useDataSource, useSourceState } from '../connections/index.ts';
import { MetricsPanel, useHasMetrics, useNewestSample, useWatchMetrics } from '../metrics/index.ts';
import { SettingsPanel } from '../serverSettings/index.ts';
import { StatementsPanel } from '../statements/index.ts';
import type { TabContentProps } from '../tabs/index.ts';
import { DamagedSource } from './DamagedSource.tsx';
import { IntegrityNotice } from './IntegrityNotice.tsx';
import { Overview } from './Overview.tsx';
import { SessionGate } from './SessionGate.tsx';
import { SourceBar } from './SourceBar.tsx';
import classes from './SourceTab.module.css';
import { StateNotice } from './StateNotice.tsx';
import { useNotice } from './useNotice.ts';

type SourceTabProps = Pick<TabContentProps<'source'>, 'tab' | 'isActive'>;

interface SegmentProps extends SourceTabProps {
  readonly summary: DataSourceSummary;
  readonly state: SourceState;
  /** There was trouble: connecting is one of several attempts. */
  readonly isRetrying: boolean;
}

/** What the tab shows of the data source. */
function Segment({ tab: { segment, sourceId }, isActive, summary, state, isRetrying }: SegmentProps) {
  const hasMetrics = useNewestSample(sourceId) !== null;
  const hasActivity = useHasActivity(sourceId);
  const isMetrics = segment === 'metrics';
  const hasHistory = useHasMetrics(sourceId, isMetrics && !hasMetrics);
  if (segment === 'overview') return <Overview summary={summary} state={state} isActive={isActive} />;
  if (segment === 'statements')
    return <StatementsPanel dataSource={summary.dataSource} isActive={isActive} />;
  const words = workspaceText.notConnected;
  const { requests } = engineOf(summary.dataSource.engine.kind).capabilities;
  const metricsMessage = requests ? words.metricsMessageOfRequests : words.metricsMessage;
  const panel = { dataSource: summary.dataSource, isActive, isConnected: isConnected(state) };
  // What was measured earlier needs no server.
  if (isMetrics && (panel.isConnected || hasMetrics || hasHistory)) return <MetricsPanel {...panel} />;
  const gate = { id: sourceId, state, isRetrying };
  if (segment === 'settings') {
    return (
      <SessionGate {...gate} hasContent={false} message={words.settingsMessage}>
        <SettingsPanel id={sourceId} isActive={isActive} isConnected={panel.isConnected} />
      </SessionGate>
    );
  }
  return (
    <SessionGate
      {...gate}
      hasContent={hasActivity}
      message={isMetrics ? metricsMessage : words.activityMessage}
    >
      <ActivityPanel {...panel} />
    </SessionGate>
  );
}

/** A data source that can be read: what it is, how it is doing, and what can be done with it. */
function ReadableSource({ tab, isActive }: SourceTabProps) {
  const { sourceId } = tab;
  const summary = useDataSource(sourceId);
  const state = useSourceState(sourceId);
  const notice = useNotice(state);
  useWatchMetrics(sourceId);
  if (summary === undefined) return null;
  return (
    <section className={frame.tab} aria-label={summary.dataSource.name}>
      <SourceBar
        tab={tab}
        dataSource={summary.dataSource}
        state={state}
        isRetrying={notice !== null}
        hasSecret={Object.keys(summary.secrets).length > 0}
      />
      <IntegrityNotice id={sourceId} integrity={summary.integrity} />
      {notice !== null && <StateNotice id={sourceId} notice={notice} isActive={isActive} />}
      <div className={classes.content}>
        <Segment tab={tab} isActive={isActive} summary={summary} state={state} isRetrying={notice !== null} />
      </div>
    </section>
  );
}

/** Everything about one data source, whether it can be read or not. */
export function SourceTab({ tab, isActive }: TabContentProps<'source'>) {
  const isDamaged = useDamaged(tab.sourceId) !== undefined;
  return isDamaged ? <DamagedSource id={tab.sourceId} /> : <ReadableSource tab={tab} isActive={isActive} />;
}
