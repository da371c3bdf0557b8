import { Button } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { memo } from 'react';
import { engineOf } from '../../../shared/engines/engines.ts';
import type { DataSource } from '../../../shared/model/dataSource.ts';
import type { ChartGroup } from '../../components/charts/chartGroup.ts';
import type { ShownTimeStore } from '../../components/charts/shownTime.ts';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { useStoreWhile } from '../../lib/useStoreWhile.ts';
import { activityText } from '../../text/activity.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { tabsStore } from '../tabs/index.ts';
import { activityStore, useActivity } from './activity.ts';
import { SampleCost } from './SampleCost.tsx';
import { ServerChart } from './ServerChart.tsx';
import classes from './ServerSection.module.css';
import { ServerSessions } from './ServerSessions.tsx';
import { serverCharts, whyLeftOut } from './serverCharts.ts';
import { useWatch } from './useWatch.ts';

const words = activityText.server;

interface ServerSectionProps {
  readonly dataSource: DataSource;
  readonly group: ChartGroup;
  readonly shown: ShownTimeStore;
  readonly isConnected: boolean;
  /** Whether somebody can see the page that it is on. */
  readonly isSeen: boolean;
}

/** What is missing, for which reasons. */
function Gaps({ texts }: { readonly texts: readonly (string | null)[] }) {
  const told = texts.filter((text) => text !== null && text !== '');
  return told.length > 0 && <p className={classes.gaps}>{told.join(' ')}</p>;
}

function Content({ dataSource: { id }, group, shown, isConnected, isSeen }: ServerSectionProps) {
  const isPaused = useStoreWhile(shown, true, (state) => state.isPaused);
  const activity = useActivity(id);
  useWatch(id, isSeen && isConnected && !isPaused);
  const { sample, late, failure } = activity;
  const left = sample === null ? [] : serverCharts.map((kind) => whyLeftOut(kind, sample));
  const retry = (
    <Button size="xs" onClick={() => activityStore.getState().sampleNow(id)}>
      {vocabulary.tryAgain}
    </Button>
  );
  return (
    <section className={classes.section} aria-label={words.heading}>
      <div className={classes.head}>
        <h2 className={classes.heading}>{words.heading}</h2>
        <span className={classes.note}>{words.note}</span>
        <SampleCost sample={sample} late={late} isPaused={isPaused || !isConnected} />
        <Button
          size="xs"
          variant="default"
          rightSection={<IconArrowRight size={13} />}
          onClick={() => tabsStore.getState().openSource(id, 'activity')}
        >
          {words.open}
        </Button>
      </div>
      {failure !== null && isConnected && <ErrorPanel error={failure} actions={retry} />}
      {sample === null ? (
        failure === null && <p className={classes.nothing}>{activityText.waiting}</p>
      ) : (
        <>
          <div className={classes.charts}>
            {serverCharts
              .filter((_kind, index) => left[index] === null)
              .map((kind) => (
                <ServerChart key={kind.key} id={id} kind={kind} group={group} shown={shown} />
              ))}
          </div>
          <Gaps texts={[...left, activityText.gaps(sample.gaps)]} />
          <ServerSessions id={id} sample={sample} />
        </>
      )}
    </section>
  );
}

/** The server of a data source: what it counts, who blocks whom, what runs longest. Asked only while that page is on the screen. */
export const ServerSection = memo(function ServerSection(props: ServerSectionProps) {
  const { id, engine } = props.dataSource;
  const hasSample = useActivity(id).sample !== null;
  if (!engineOf(engine.kind).capabilities.activity || !(props.isConnected || hasSample)) return null;
  return <Content {...props} />;
});
