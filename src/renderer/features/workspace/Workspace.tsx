import { Tabs, Tooltip } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { workspaceTabs } from '../../../shared/model/workspaceTabs.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ShortcutHint } from '../../components/ShortcutHint.tsx';
import { workspaceText } from '../../text/workspace.ts';
import { useDataSource, useSourceState } from '../connections/index.ts';
import { MetricsPanel, useNewestSample, useWatchMetrics } from '../metrics/index.ts';
import { IntegrityNotice } from './IntegrityNotice.tsx';
import { Overview } from './Overview.tsx';
import { SessionGate } from './SessionGate.tsx';
import { StateNotice } from './StateNotice.tsx';
import { useNotice } from './useNotice.ts';
import classes from './Workspace.module.css';
import { WorkspaceHeader } from './WorkspaceHeader.tsx';
import { useWorkspaceStore } from './workspaceStore.ts';

/** Everything about one data source, for as long as it is selected. */
export function Workspace({ sourceId }: { sourceId: DataSourceId }) {
  const summary = useDataSource(sourceId);
  const state = useSourceState(sourceId);
  const { tab, showTab } = useWorkspaceStore();
  const notice = useNotice(state);
  const hasMetrics = useNewestSample(sourceId) !== null;
  useWatchMetrics(sourceId);
  useHotkeys(
    workspaceTabs.map((name, index) => [
      `mod+${index + 1}`,
      // What lies behind an open dialog stays as it is.
      ({ target }) => {
        if (target instanceof Element && target.closest('[role="dialog"]') === null) showTab(name);
      },
    ]),
    [],
  );
  if (summary === undefined) return <EmptyState title={workspaceText.gone} />;

  return (
    <section className={classes.workspace} aria-label={summary.dataSource.name}>
      <IntegrityNotice id={sourceId} integrity={summary.integrity} />
      <WorkspaceHeader dataSource={summary.dataSource} state={state} isRetrying={notice !== null} />
      {notice !== null && <StateNotice id={sourceId} notice={notice} />}
      <Tabs
        value={tab}
        onChange={(value) => showTab(workspaceTabs.find((name) => name === value) ?? 'overview')}
        className={classes.tabs}
      >
        <Tabs.List px={8}>
          {workspaceTabs.map((name, index) => (
            <Tooltip
              key={name}
              label={<ShortcutHint label={workspaceText.tabs[name]} shortcut={`Mod+${index + 1}`} />}
            >
              <Tabs.Tab value={name}>{workspaceText.tabs[name]}</Tabs.Tab>
            </Tooltip>
          ))}
        </Tabs.List>
        <Tabs.Panel value="overview" className={classes.panel}>
          <Overview summary={summary} state={state} />
        </Tabs.Panel>
        <Tabs.Panel value="metrics" className={classes.panel}>
          <SessionGate
            id={sourceId}
            state={state}
            isRetrying={notice !== null}
            hasContent={hasMetrics}
            message={workspaceText.notConnected.metricsMessage}
          >
            <MetricsPanel sourceId={sourceId} />
          </SessionGate>
        </Tabs.Panel>
      </Tabs>
    </section>
  );
}
