import { ActionIcon, Skeleton, Text, Tooltip } from '@mantine/core';
import { IconPlus, IconSettings } from '@tabler/icons-react';
import { useMemo } from 'react';
import { ShortcutHint } from '../../components/ShortcutHint.tsx';
import { connectionsText } from '../../text/connections.ts';
import { openWizard } from '../wizard/index.ts';
import { useConnections } from './connections.ts';
import { FilterField } from './FilterField.tsx';
import { focusActiveRow, focusRow } from './focusActiveRow.ts';
import classes from './Sidebar.module.css';
import { SourceList, type SourceListProps } from './SourceList.tsx';
import { damagedMatchesFilter, rankedSources } from './sourceOrder.ts';

/** Ids of the rows that the filter lets through, the best first. */
function useListed() {
  const order = useConnections((store) => store.order);
  const byId = useConnections((store) => store.byId);
  const damaged = useConnections((store) => store.damaged);
  const filter = useConnections((store) => store.filter.trim());
  return useMemo(() => {
    if (filter === '') return { ids: order, damagedIds: damaged.map(({ id }) => id) };
    const sources = order.flatMap((id) => byId[id] ?? []);
    return {
      ids: rankedSources(sources, filter).map(({ dataSource }) => dataSource.id),
      damagedIds: damaged.filter((one) => damagedMatchesFilter(one, filter)).map(({ id }) => id),
    };
  }, [order, byId, damaged, filter]);
}

function Placeholder() {
  return (
    <div className={classes.placeholder}>
      {[70, 55, 80].map((width) => (
        <Skeleton key={width} height={12} width={`${width}%`} />
      ))}
    </div>
  );
}

function ListArea({ ids, damagedIds }: SourceListProps) {
  const loading = useConnections((store) => store.loading);
  const empty = useConnections((store) => store.order.length + store.damaged.length === 0);
  if (loading.status === 'failed') return null;
  if (loading.status === 'loading' && empty) return <Placeholder />;
  return <SourceList ids={ids} damagedIds={damagedIds} />;
}

/** The left side of the window: the data sources, the way to a new one, and the settings. */
export function Sidebar({ onOpenSettings }: { onOpenSettings: () => void }) {
  const listed = useListed();
  const total = useConnections((store) => store.order.length + store.damaged.length);
  const foundCount = listed.ids.length + listed.damagedIds.length;
  const filtering = useConnections((store) => store.filter.trim() !== '');
  // From a filter one goes to what it found best.
  const goToList = () => {
    const best = filtering ? (listed.ids[0] ?? listed.damagedIds[0]) : undefined;
    if (best === undefined) focusActiveRow();
    else focusRow(best);
  };
  return (
    <nav className={classes.sidebar} aria-label={connectionsText.sidebar}>
      <div className={classes.head}>
        <FilterField onLeaveDown={goToList} />
        {/* Over the filter: below it would cover the first address. */}
        <Tooltip
          position="left"
          label={<ShortcutHint label={connectionsText.newDataSource} shortcut="Mod+N" />}
        >
          <ActionIcon
            size={30}
            variant="default"
            aria-label={connectionsText.newDataSource}
            onClick={openWizard.create}
          >
            <IconPlus size={16} />
          </ActionIcon>
        </Tooltip>
      </div>
      <div className={classes.list}>
        <ListArea {...listed} />
      </div>
      <footer className={classes.foot}>
        <Text className={classes.count} role="status">
          {filtering && connectionsText.foundCount(foundCount, total)}
        </Text>
        <Tooltip label={<ShortcutHint label={connectionsText.settings} shortcut="Mod+," />}>
          <ActionIcon size={26} aria-label={connectionsText.settings} onClick={onOpenSettings}>
            <IconSettings size={16} />
          </ActionIcon>
        </Tooltip>
      </footer>
    </nav>
  );
}
