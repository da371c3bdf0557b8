import { Menu } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { ActivitySample } from '../../../shared/model/serverActivity.ts';
import { activityText } from '../../text/activity.ts';
import { tabsStore } from '../tabs/index.ts';
import { activityStore } from './activity.ts';
import classes from './ServerSection.module.css';
import { SessionTable } from './SessionTable.tsx';
import { longestRows, type SessionRow, waitingCount, waitRows } from './sessionRows.ts';

const words = activityText.server;

interface ListProps {
  readonly id: DataSourceId;
  readonly label: string;
  readonly rows: readonly SessionRow[];
  readonly isTree: boolean;
  readonly nothing: string;
}

/** A short list of sessions. What can be done with one is done in the activity. */
function List({ id, label, rows, isTree, nothing }: ListProps) {
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const open = ({ session }: SessionRow): void => {
    const { select, show } = activityStore.getState();
    show(id, isTree ? 'waits' : 'sessions');
    select(id, session);
    tabsStore.getState().openSource(id, 'activity');
  };
  const selected = rows.find(({ session }) => session.id === selectedId);
  const openSelected = (): void => {
    if (selected !== undefined) open(selected);
  };
  return (
    <div className={classes.list}>
      <h3 className={classes.listTitle}>{label}</h3>
      {rows.length === 0 ? (
        <p className={classes.nothing}>{nothing}</p>
      ) : (
        <SessionTable
          label={label}
          rows={rows}
          isTree={isTree}
          selectedId={selectedId}
          sort={null}
          onSort={() => undefined}
          onSelect={(row) => setSelectedId(row?.session.id ?? null)}
          onOpen={open}
          onKey={({ key }) => {
            if (key === 'Enter') openSelected();
            return key === 'Enter';
          }}
          empty={null}
          menu={<Menu.Item onClick={openSelected}>{words.openSession}</Menu.Item>}
        />
      )}
    </div>
  );
}

/** Who blocks whom, and what runs longest: a glance at the sessions of a server. */
export function ServerSessions({
  id,
  sample,
}: {
  readonly id: DataSourceId;
  readonly sample: ActivitySample;
}) {
  const waits = useMemo(() => waitRows(sample), [sample]);
  const longest = useMemo(() => longestRows(sample), [sample]);
  return (
    <div className={classes.lists}>
      <List
        id={id}
        label={activityText.views.waits(waitingCount(sample))}
        rows={waits}
        isTree
        nothing={activityText.noWaits.title}
      />
      <List id={id} label={words.longest} rows={longest} isTree={false} nothing={words.nothingRuns} />
    </div>
  );
}
