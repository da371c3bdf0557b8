import { Button, Loader, Menu } from '@mantine/core';
import { IconCheck, IconFilterOff } from '@tabler/icons-react';
import { type KeyboardEvent, useMemo, useRef } from 'react';
import type { DataSource } from '../../../shared/model/dataSource.ts';
import type { ActivityColumn, ActivityView } from '../../../shared/model/serverActivity.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import frame from '../../components/TabFrame.module.css';
import { useIsSeen } from '../../lib/useIsSeen.ts';
import { useRefreshCommand } from '../../lib/useRefreshCommand.ts';
import { activityText } from '../../text/activity.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { settingsStore, useSettings } from '../settings/index.tsx';
import { ActivityBar } from './ActivityBar.tsx';
import classes from './ActivityPanel.module.css';
import { Aftermath } from './Aftermath.tsx';
import { activityStore, useActivity } from './activity.ts';
import type { SourceActivity } from './activityState.ts';
import { FigureStrip } from './FigureStrip.tsx';
import type { SessionActions } from './interventions.ts';
import { Question } from './Question.tsx';
import { SessionDetail } from './SessionDetail.tsx';
import { SessionMenu } from './SessionMenu.tsx';
import { SessionTable } from './SessionTable.tsx';
import { sessionKey } from './sessionKeys.ts';
import { sessionRows, waitRows } from './sessionRows.ts';
import { useActivityCommands } from './useActivityCommands.ts';
import { focusRows, useSessionActions } from './useSessionActions.ts';
import { useWatch } from './useWatch.ts';

const setView = (change: Partial<ActivityView>): void => {
  const { preferences, setPreferences } = settingsStore.getState();
  void setPreferences({ activity: { ...preferences.activity, ...change } });
};

/** The same column again turns the order around; figures begin with the largest. */
function sortBy(column: ActivityColumn, { sort }: ActivityView): void {
  const isDescending = sort.column === column ? !sort.isDescending : column.endsWith('Ms');
  setView({ sort: { column, isDescending } });
}

interface RowsProps {
  readonly dataSource: DataSource;
  readonly activity: SourceActivity & { readonly sample: NonNullable<SourceActivity['sample']> };
  readonly view: ActivityView;
  readonly actions: SessionActions;
}

/** Why there are no rows. */
function NoRows({ dataSource, activity: { shows } }: Pick<RowsProps, 'dataSource' | 'activity'>) {
  if (shows === 'waits') {
    return <EmptyState icon={<IconCheck size={28} stroke={1.5} />} {...activityText.noWaits} />;
  }
  const { title, message, show } = activityText.noMatch;
  const showAll = () => {
    activityStore.getState().setFilter(dataSource.id, '');
    setView({ hidesIdle: false, hidesOwn: false });
  };
  return (
    <EmptyState
      icon={<IconFilterOff size={28} stroke={1.5} />}
      title={title}
      message={message}
      actions={
        <Button size="xs" variant="default" onClick={showAll}>
          {show}
        </Button>
      }
    />
  );
}

function Rows({ dataSource, activity, view, actions }: RowsProps) {
  const { id, readOnly } = dataSource;
  const { filter, isPaused, sample, selected, shows } = activity;
  const rows = useMemo(
    () => (shows === 'waits' ? waitRows(sample) : sessionRows(sample, view, filter)),
    [sample, shows, view, filter],
  );
  const { select, setPaused } = activityStore.getState();
  const onKey = (event: KeyboardEvent): boolean =>
    sessionKey(event, { session: selected, isReadOnly: readOnly, actions }, () => setPaused(id, !isPaused));
  return (
    <SessionTable
      key={shows}
      label={shows === 'waits' ? activityText.views.waits(rows.length) : activityText.views.sessions}
      rows={rows}
      isTree={shows === 'waits'}
      selectedId={selected?.id ?? null}
      sort={view.sort}
      onSort={(column) => sortBy(column, view)}
      onSelect={(row) => select(id, row?.session ?? null)}
      onKey={onKey}
      empty={<NoRows dataSource={dataSource} activity={activity} />}
      menu={
        selected === null ? (
          <Menu.Label>{activityText.menu}</Menu.Label>
        ) : (
          <SessionMenu session={selected} isReadOnly={readOnly} actions={actions} />
        )
      }
    />
  );
}

interface ActivityPanelProps {
  readonly dataSource: DataSource;
  /** In front of the side that has the focus. */
  readonly isActive: boolean;
  readonly isConnected: boolean;
}

/** What the sessions of a server do, who waits for whom, and ending them. Samples come while this is on the screen. */
export function ActivityPanel({ dataSource, isActive, isConnected }: ActivityPanelProps) {
  const { id } = dataSource;
  const ref = useRef<HTMLDivElement>(null);
  const activity = useActivity(id);
  const view = useSettings((store) => store.preferences.activity);
  const actions = useSessionActions(id, ref);
  const { sampleNow } = activityStore.getState();
  const isSeen = useIsSeen(ref);
  useWatch(id, isSeen && isConnected && !activity.isPaused);
  useActivityCommands(id, isActive);
  useRefreshCommand(() => sampleNow(id), isActive);
  const { asked, aftermath, failure, sample, selected } = activity;
  const retry = (
    <Button size="xs" onClick={() => sampleNow(id)}>
      {vocabulary.tryAgain}
    </Button>
  );
  if (sample === null) {
    return (
      <div ref={ref} className={classes.panel}>
        {failure === null ? (
          <EmptyState icon={<Loader size={20} />} title={activityText.waiting} />
        ) : (
          <div className={classes.error}>
            <ErrorPanel error={failure} actions={retry} />
          </div>
        )}
      </div>
    );
  }
  return (
    <div ref={ref} className={classes.panel}>
      <FigureStrip sample={sample} />
      <ActivityBar
        id={id}
        activity={activity}
        view={view}
        onView={setView}
        isActive={isActive}
        onLeave={() => focusRows(ref)}
      />
      {sample.gaps.length > 0 && <p className={classes.gaps}>{activityText.gaps(sample.gaps)}</p>}
      {failure !== null && isConnected && (
        <div className={frame.failure}>
          <ErrorPanel error={failure} actions={retry} />
        </div>
      )}
      <div className={classes.room}>
        <Rows dataSource={dataSource} activity={{ ...activity, sample }} view={view} actions={actions} />
      </div>
      {aftermath !== null && <Aftermath aftermath={aftermath} />}
      {selected !== null && (
        <SessionDetail
          session={selected}
          sample={sample}
          isReadOnly={dataSource.readOnly}
          actions={actions}
        />
      )}
      <Question dataSource={dataSource} asked={asked} onClosed={() => focusRows(ref)} />
    </div>
  );
}
