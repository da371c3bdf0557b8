import { ActionIcon, Skeleton, Text, Tooltip } from '@mantine/core';
import { IconPlus, IconSettings } from '@tabler/icons-react';
import { useMemo, useRef } from 'react';
import { ShortcutHint } from '../../components/ShortcutHint.tsx';
import { connectionsText } from '../../text/connections.ts';
import { openWizard } from '../wizard/index.ts';
import { useConnections } from './connections.ts';
import { FilterField } from './FilterField.tsx';
import classes from './Sidebar.module.css';
import { SourceList } from './SourceList.tsx';
import { matchesFilter } from './sourceOrder.ts';

/** Ids of the rows that the filter lets through, in order. */
function useListedIds() {
  const order = useConnections((store) => store.order);
  const byId = useConnections((store) => store.byId);
  const filter = useConnections((store) => store.filter);
  return useMemo(() => {
    const wanted = filter.trim();
    if (wanted === '') return order;
    return order.filter((id) => {
      const summary = byId[id];
      return summary !== undefined && matchesFilter(summary, wanted);
    });
  }, [order, byId, filter]);
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

function ListArea({ ids }: { ids: readonly string[] }) {
  const loading = useConnections((store) => store.loading);
  const empty = useConnections((store) => store.order.length === 0);
  if (loading.status === 'failed') return null;
  if (loading.status === 'loading' && empty) return <Placeholder />;
  return <SourceList ids={ids} />;
}

/** The left side of the window: the data sources, the way to a new one, and the settings. */
export function Sidebar({ onOpenSettings }: { onOpenSettings: () => void }) {
  const ids = useListedIds();
  const total = useConnections((store) => store.order.length);
  const filtering = useConnections((store) => store.filter.trim() !== '');
  const listRef = useRef<HTMLDivElement>(null);
  const focusList = () =>
    listRef.current?.querySelector<HTMLElement>('[data-source-id][tabindex="0"]')?.focus();
  return (
    <nav className={classes.sidebar} aria-label={connectionsText.sidebar}>
      <div className={classes.head}>
        <FilterField onLeaveDown={focusList} />
        <Tooltip label={<ShortcutHint label={connectionsText.newDataSource} shortcut="Mod+N" />}>
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
      <div ref={listRef} className={classes.list}>
        <ListArea ids={ids} />
      </div>
      <footer className={classes.foot}>
        <Text className={classes.count} role="status">
          {filtering && connectionsText.foundCount(ids.length, total)}
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
