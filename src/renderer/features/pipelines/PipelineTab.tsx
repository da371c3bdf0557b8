import { ActionIcon, Button, Menu, SegmentedControl } from '@mantine/core';
import { IconDots, IconPlayerPlay, IconRoute } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { PipelineSummary } from '../../../shared/model/pipelineViews.ts';
import type { TabOf } from '../../../shared/model/tabs.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import frame from '../../components/TabFrame.module.css';
import { pipelinesText as words } from '../../text/pipelines.ts';
import { tabsText } from '../../text/tabs.ts';
import { usePipelines, useSummary, useWatchedPipelines } from '../pipelineList/index.ts';
import { type TabContentProps, tabsStore } from '../tabs/index.ts';
import { PipelineDeeds } from './list/PipelineMenu.tsx';
import { PipelineQuestions } from './PipelineQuestions.tsx';
import classes from './PipelineTab.module.css';
import { runPipeline } from './pipelineActions.ts';
import { isUnderWay } from './runProgress.ts';
import { RunsPane } from './runs/RunsPane.tsx';
import { SetupPane } from './setup/SetupPane.tsx';

interface BarProps {
  readonly tab: TabOf<'pipeline'>;
  readonly pipeline: PipelineSummary | undefined;
}

/** Which pipeline it is, what is shown of it, and what can be done with it. */
function Bar({ tab, pipeline }: BarProps) {
  return (
    <div className={`${frame.bar} ${classes.bar}`}>
      <IconRoute size={15} stroke={1.6} className={classes.icon} aria-hidden />
      <h2 className={classes.title}>{tab.title === '' ? tabsText.newPipelineTitle : tab.title}</h2>
      <span className={classes.way}>
        {pipeline !== undefined && words.way(pipeline.sourceText, pipeline.destinationText)}
      </span>
      {pipeline !== undefined && (
        <>
          <SegmentedControl
            size="xs"
            aria-label={words.segmentLabel}
            value={tab.segment}
            data={[
              { value: 'runs', label: words.segments.runs },
              { value: 'setup', label: words.segments.setup },
            ]}
            onChange={(segment) => tabsStore.getState().patch(tab.id, { segment })}
          />
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlayerPlay size={14} />}
            disabled={isUnderWay(pipeline.run)}
            onClick={() => void runPipeline(pipeline.id)}
          >
            {words.run}
          </Button>
          <Menu position="bottom-end" width={220}>
            <Menu.Target>
              <ActionIcon aria-label={words.more}>
                <IconDots size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <PipelineDeeds pipeline={pipeline} />
            </Menu.Dropdown>
          </Menu>
        </>
      )}
    </div>
  );
}

/** One pipeline: its runs, or how it is set up. A new one has only the latter. */
export function PipelineTab({ tab, isShown, isActive }: TabContentProps<'pipeline'>) {
  useWatchedPipelines();
  const { id, pipelineId, title, segment } = tab;
  const pipeline = useSummary(pipelineId);
  const isRead = usePipelines((store) => store.isRead);
  const error = usePipelines((store) => store.error);
  const name = pipeline?.name.slice(0, 200);
  useEffect(() => {
    if (name !== undefined && name !== title) tabsStore.getState().patch(id, { title: name });
  }, [id, name, title]);
  const isGone = pipelineId !== null && isRead && pipeline === undefined;
  return (
    <section className={frame.tab} aria-label={title === '' ? tabsText.newPipelineTitle : title}>
      <Bar tab={tab} pipeline={pipeline} />
      {error !== null && pipeline === undefined && pipelineId !== null && (
        <div className={classes.failure}>
          <ErrorPanel error={error} />
        </div>
      )}
      {isGone ? (
        <EmptyState
          icon={<IconRoute size={28} stroke={1.5} />}
          {...words.gone}
          actions={
            <Button size="xs" variant="default" onClick={() => void tabsStore.getState().close(id)}>
              {tabsText.gone.close}
            </Button>
          }
        />
      ) : segment === 'setup' || pipelineId === null ? (
        <SetupPane tab={tab} isShown={isShown} isActive={isActive} />
      ) : (
        pipeline !== undefined && <RunsPane pipeline={pipeline} isShown={isShown} isActive={isActive} />
      )}
      {isActive && <PipelineQuestions />}
    </section>
  );
}
