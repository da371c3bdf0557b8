import type { TabOf } from '../../../shared/model/tabs.ts';
import frame from '../../components/TabFrame.module.css';
import { workspaceText } from '../../text/workspace.ts';
import { useDamaged, useDataSource, useSourceState } from '../connections/index.ts';
import { MetricsPanel, useNewestSample, useWatchMetrics } from '../metrics/index.ts';
import type { TabContentProps } from '../tabs/index.ts';
import { DamagedSource } from './DamagedSource.tsx';
import { IntegrityNotice } from './IntegrityNotice.tsx';
import { Overview } from './Overview.tsx';
import { SessionGate } from './SessionGate.tsx';
import { SourceBar } from './SourceBar.tsx';
import classes from './SourceTab.module.css';
import { StateNotice } from './StateNotice.tsx';
import { useNotice } from './useNotice.ts';

/** A data source that can be read: what it is, how it is doing, and what can be done with it. */
function ReadableSource({ tab, isActive }: TabContentProps<'source'>) {
  const { sourceId } = tab;
  const summary = useDataSource(sourceId);
  const state = useSourceState(sourceId);
  const notice = useNotice(state);
  const hasMetrics = useNewestSample(sourceId) !== null;
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
        {tab.segment === 'overview' ? (
          <Overview summary={summary} state={state} isActive={isActive} />
        ) : (
          <SessionGate
            id={sourceId}
            state={state}
            isRetrying={notice !== null}
            hasContent={hasMetrics}
            message={workspaceText.notConnected.metricsMessage}
          >
            <MetricsPanel sourceId={sourceId} />
          </SessionGate>
        )}
      </div>
    </section>
  );
}

interface SourceTabProps {
  readonly tab: TabOf<'source'>;
  /** Whether it is the tab in front. */
  readonly isActive: boolean;
}

/** Everything about one data source, whether it can be read or not. */
export function SourceTab({ tab, isActive }: SourceTabProps) {
  const isDamaged = useDamaged(tab.sourceId) !== undefined;
  return isDamaged ? <DamagedSource id={tab.sourceId} /> : <ReadableSource tab={tab} isActive={isActive} />;
}
