import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconDots, IconPlus, IconX } from '@tabler/icons-react';
import { type DragEvent, type KeyboardEvent, useEffect, useRef, type WheelEvent } from 'react';
import type { Tab, TabGroup } from '../../../shared/model/tabs.ts';
import { ShortcutHint, shortcutText } from '../../components/ShortcutHint.tsx';
import { tabsText } from '../../text/tabs.ts';
import { useConnections } from '../connections/index.ts';
import { useNewTab } from './newTabHere.ts';
import { TabIcon } from './TabIcon.tsx';
import { TabItem } from './TabItem.tsx';
import classes from './TabStrip.module.css';
import { dropIndex, endDrag, tabDrag, useTabDrag } from './tabDrag.ts';
import { sourceIdOf } from './tabGroups.ts';
import { tabsStore, useTabs } from './tabs.ts';
import { titleOf } from './tabText.ts';
import { useTabDetails } from './useTabDetails.ts';

const targetOf: Record<string, (at: number, count: number) => number> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_at, count) => count - 1,
};

function ListedTab({ tab }: { tab: Tab }) {
  const { sourceName } = useTabDetails(tab);
  return (
    <Menu.Item leftSection={<TabIcon tab={tab} />} onClick={() => tabsStore.getState().activate(tab.id)}>
      {titleOf(tab, sourceName)}
    </Menu.Item>
  );
}

/** All tabs of a group by name, for when the strip is too narrow for them. */
function AllTabs({ tabs }: { tabs: readonly Tab[] }) {
  const canReopen = useTabs(({ closed }) => closed.length > 0);
  const { reopen, closeAll } = tabsStore.getState();
  const unpinned = tabs.filter(({ isPinned }) => !isPinned).map(({ id }) => id);
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <Tooltip label={tabsText.allTabs}>
          <ActionIcon size={26} aria-label={tabsText.allTabs}>
            <IconDots size={16} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown className={classes.allTabs}>
        {tabs.map((tab) => (
          <ListedTab key={tab.id} tab={tab} />
        ))}
        {tabs.length > 0 && <Menu.Divider />}
        <Menu.Item
          leftSection={<IconArrowBackUp size={15} />}
          rightSection={shortcutText('Mod+Shift+T')}
          disabled={!canReopen}
          onClick={reopen}
        >
          {tabsText.reopen}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconX size={15} />}
          disabled={unpinned.length === 0}
          onClick={() => void closeAll(unpinned)}
        >
          {tabsText.closeAll}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** The environment of the data source of the tab in front: production is told by the strip's colour too. */
function useEnvironment({ tabs, activeId }: TabGroup) {
  const tab = tabs.find(({ id }) => id === activeId);
  const sourceId = tab === undefined ? null : sourceIdOf(tab);
  return useConnections((store) => store.byId[sourceId ?? '']?.dataSource.environment);
}

interface TabStripProps {
  readonly group: TabGroup;
  readonly index: number;
  readonly count: number;
  readonly isFocused: boolean;
}

/** The tabs of one side of the main area. */
export function TabStrip({ group, index, count, isFocused }: TabStripProps) {
  const { tabs, activeId } = group;
  const listRef = useRef<HTMLDivElement>(null);
  const newTab = useNewTab();
  const environment = useEnvironment(group);
  const dropAt = useTabDrag(({ over }) => (over?.group === index ? over.index : null));

  // biome-ignore lint/correctness/useExhaustiveDependencies: a tab that comes to the front is scrolled to
  useEffect(() => {
    listRef.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ inline: 'nearest' });
  }, [activeId, tabs.length]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (!event.currentTarget.contains(event.target as Node)) return;
    const at = tabs.findIndex(({ id }) => id === activeId);
    const current = tabs[at];
    if (current === undefined) return;
    if (event.key === 'Delete') void tabsStore.getState().close(current.id);
    else {
      const target = tabs[targetOf[event.key]?.(at, tabs.length) ?? -1];
      if (target === undefined || event.ctrlKey || event.metaKey) return;
      tabsStore.getState().activate(target.id);
      listRef.current?.querySelector<HTMLElement>(`[data-tab-id="${target.id}"]`)?.focus();
    }
    event.preventDefault();
  };
  const onWheel = (event: WheelEvent<HTMLElement>) => {
    if (event.deltaX === 0) event.currentTarget.scrollLeft += event.deltaY;
  };
  const onDragOver = (event: DragEvent<HTMLElement>) => {
    if (tabDrag.getState().id === null) return;
    event.preventDefault();
    tabDrag.setState({ over: { group: index, index: dropIndex(event.currentTarget, event.clientX) } });
  };
  const onDrop = (event: DragEvent<HTMLElement>) => {
    const { id, over } = tabDrag.getState();
    if (id === null || over === null) return;
    event.preventDefault();
    const from = tabs.findIndex((tab) => tab.id === id);
    // Its own place is free once it is taken out.
    const isBehind = from >= 0 && from < over.index;
    tabsStore.getState().move(id, { group: index, index: isBehind ? over.index - 1 : over.index });
    endDrag();
  };
  return (
    <div
      className={classes.strip}
      data-group={index}
      data-focused={isFocused || undefined}
      data-environment={environment}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: what is dropped on is the strip, not a tab */}
      <div className={classes.scroller} onWheel={onWheel} onDragOver={onDragOver} onDrop={onDrop}>
        <div
          ref={listRef}
          role="tablist"
          aria-label={tabsText.group(index + 1, count)}
          className={classes.list}
          onKeyDown={onKeyDown}
        >
          {tabs.map((tab) => (
            <TabItem key={tab.id} tab={tab} isSelected={tab.id === activeId} />
          ))}
          {dropAt !== null && <DropMark listRef={listRef} index={dropAt} />}
        </div>
      </div>
      <div className={classes.actions}>
        <Tooltip label={<ShortcutHint label={newTab.label} shortcut="Mod+T" />}>
          <ActionIcon size={26} aria-label={newTab.label} onClick={() => newTab.open(index)}>
            <IconPlus size={16} />
          </ActionIcon>
        </Tooltip>
        <AllTabs tabs={tabs} />
      </div>
    </div>
  );
}

interface DropMarkProps {
  readonly listRef: { readonly current: HTMLElement | null };
  readonly index: number;
}

/** Where a dragged tab would go. */
function DropMark({ listRef, index }: DropMarkProps) {
  const tabs = listRef.current?.querySelectorAll<HTMLElement>('[role="tab"]') ?? [];
  const next = tabs[index];
  const last = tabs[tabs.length - 1];
  const left = next?.offsetLeft ?? (last === undefined ? 0 : last.offsetLeft + last.offsetWidth);
  return <span className={classes.dropMark} style={{ insetInlineStart: left }} aria-hidden />;
}
