import { Menu, VisuallyHidden } from '@mantine/core';
import { IconLock, IconPinFilled, IconX } from '@tabler/icons-react';
import { type DragEvent, type MouseEvent, memo } from 'react';
import type { DataSource } from '../../../shared/model/dataSource.ts';
import type { Tab } from '../../../shared/model/tabs.ts';
import { TabIcon } from './TabIcon.tsx';
import { TabMenu } from './TabMenu.tsx';
import classes from './TabStrip.module.css';
import { endDrag, tabDrag, useTabDrag } from './tabDrag.ts';
import { tabsStore, useTabs } from './tabs.ts';
import { noMark } from './tabsState.ts';
import { guardWords, markWords, placeText, titleOf } from './tabText.ts';
import { useTabDetails } from './useTabDetails.ts';

const middleButton = 1;

export const tabElementId = (tabId: string): string => `tab-${tabId}`;
export const panelElementId = (tabId: string): string => `panel-${tabId}`;

/** Mouse only: by keyboard a tab is closed with Delete, Ctrl+W or its menu, since a tab may hold no button. */
function CloseMark({ tab }: { tab: Tab }) {
  const close = (event: MouseEvent) => {
    event.stopPropagation();
    if (tab.isPinned) tabsStore.getState().pin(tab.id, false);
    else void tabsStore.getState().close(tab.id);
  };
  return (
    <span className={classes.close} data-close onClick={close} aria-hidden>
      {tab.isPinned ? <IconPinFilled size={12} /> : <IconX size={13} />}
    </span>
  );
}

function StateMark({ tab, source }: { tab: Tab; source: DataSource | undefined }) {
  const mark = useTabs(({ marks }) => marks[tab.id]) ?? noMark;
  const words = [...markWords(tab, mark), ...guardWords(source)];
  const state = mark.transaction ?? (mark.isUnsaved ? 'unsaved' : null);
  return (
    <>
      {words.length > 0 && <VisuallyHidden>{`, ${words.join(', ')}`}</VisuallyHidden>}
      {source?.readOnly === true && <IconLock size={12} className={classes.lock} aria-hidden />}
      {state !== null && <span className={classes.dot} data-state={state} aria-hidden />}
    </>
  );
}

function LeadingIcon({ tab }: { tab: Tab }) {
  const isRunning = useTabs(({ marks }) => marks[tab.id]?.isRunning ?? false);
  return (
    <span className={classes.icon}>
      {isRunning ? <span className={classes.spinner} aria-hidden /> : <TabIcon tab={tab} />}
    </span>
  );
}

interface TabItemProps {
  readonly tab: Tab;
  readonly isSelected: boolean;
}

/** One tab of a strip, with its menu. */
export const TabItem = memo(function TabItem({ tab, isSelected }: TabItemProps) {
  const { source, sourceName, isGone } = useTabDetails(tab);
  const isDragged = useTabDrag(({ id }) => id === tab.id);
  const { activate, close, patch } = tabsStore.getState();
  const onAuxClick = (event: MouseEvent) => {
    if (event.button !== middleButton) return;
    event.preventDefault();
    void close(tab.id);
  };
  const onDragStart = (event: DragEvent) => {
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', titleOf(tab, sourceName));
    // What can be dropped on appears with the next picture: changing the page now would end the drag.
    requestAnimationFrame(() => tabDrag.setState({ id: tab.id }));
  };
  return (
    <Menu position="bottom-start" width={220}>
      <Menu.ContextMenu>
        <button
          type="button"
          role="tab"
          id={tabElementId(tab.id)}
          data-tab-id={tab.id}
          aria-selected={isSelected}
          aria-controls={panelElementId(tab.id)}
          tabIndex={isSelected ? 0 : -1}
          className={classes.tab}
          data-preview={tab.isPreview || undefined}
          data-gone={isGone || undefined}
          data-dragged={isDragged || undefined}
          title={[placeText(tab, sourceName), ...guardWords(source)].join('\n')}
          draggable
          onClick={() => activate(tab.id)}
          onDoubleClick={() => patch(tab.id, {})}
          onAuxClick={onAuxClick}
          onDragStart={onDragStart}
          onDragEnd={endDrag}
        >
          {source !== undefined && (
            <span
              className={classes.color}
              style={{ backgroundColor: `var(--mantine-color-${source.color}-6)` }}
              aria-hidden
            />
          )}
          <LeadingIcon tab={tab} />
          <span className={classes.title}>{titleOf(tab, sourceName)}</span>
          <StateMark tab={tab} source={source} />
          <CloseMark tab={tab} />
        </button>
      </Menu.ContextMenu>
      <Menu.Dropdown>
        <TabMenu tab={tab} name={titleOf(tab, sourceName)} />
      </Menu.Dropdown>
    </Menu>
  );
});
