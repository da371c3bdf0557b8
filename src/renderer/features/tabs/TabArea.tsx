import { type ComponentType, type DragEvent, memo, Suspense, useRef, useState } from 'react';
import type { Tab } from '../../../shared/model/tabs.ts';
import { FailureBoundary } from '../../components/FailureBoundary.tsx';
import { SplitHandle } from '../../components/SplitHandle.tsx';
import { shownOnDemand } from '../../components/shownOnDemand.tsx';
import { tabsText } from '../../text/tabs.ts';
import { EmptyGroup } from './EmptyGroup.tsx';
import { FailedTab } from './FailedTab.tsx';
import { GoneTab } from './GoneTab.tsx';
import classes from './TabArea.module.css';
import { panelElementId, tabElementId } from './TabItem.tsx';
import { TabStrip } from './TabStrip.tsx';
import { endDrag, tabDrag, useTabDrag } from './tabDrag.ts';
import { tabsStore, useTabs } from './tabs.ts';
import { splitShares, type TabContentProps } from './tabsState.ts';
import { useTabDetails } from './useTabDetails.ts';

export type TabContents = {
  readonly [Kind in Tab['kind']]: ComponentType<TabContentProps<Kind>>;
};

/** The union of tabs and the record of components belong together kind by kind, which TypeScript cannot follow. */
const contentOf = (contents: TabContents, kind: Tab['kind']) =>
  contents[kind] as ComponentType<TabContentProps<Tab['kind']>>;

interface PanelProps {
  readonly contents: TabContents;
  readonly tab: Tab;
  readonly group: number;
  /** In front of its side. */
  readonly isShown: boolean;
  /** In front of the side that has the focus. */
  readonly isActive: boolean;
}

/** The content of a tab. It is mounted when it first comes to the front, and stays so until the tab is closed. */
const Panel = memo(function Panel({ contents, tab, group, isShown, isActive }: PanelProps) {
  const [wasShown, setWasShown] = useState(isShown);
  if (isShown && !wasShown) setWasShown(true);
  const { isGone } = useTabDetails(tab);
  const Content = contentOf(contents, tab.kind);
  // A query keeps its text, whatever became of its data source.
  const isLost = isGone && tab.kind !== 'query';
  const focusGroup = () => tabsStore.getState().focusGroup(group);
  return (
    <div
      role="tabpanel"
      id={panelElementId(tab.id)}
      aria-labelledby={tabElementId(tab.id)}
      className={classes.panel}
      data-group={group}
      hidden={!isShown}
      onFocusCapture={focusGroup}
      onPointerDownCapture={focusGroup}
    >
      {wasShown && (
        <FailureBoundary fallback={(retry) => <FailedTab onRetry={retry} />}>
          <Suspense>
            {isLost ? <GoneTab id={tab.id} /> : <Content tab={tab} isShown={isShown} isActive={isActive} />}
          </Suspense>
        </FailureBoundary>
      )}
    </div>
  );
});

/** While a tab is dragged: the halves of the area that it can be dropped on. */
function DropSides() {
  const isDragging = useTabDrag(({ id }) => id !== null);
  if (!isDragging) return null;
  const dropOn = (group: number) => ({
    onDragOver: (event: DragEvent) => event.preventDefault(),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      const { id } = tabDrag.getState();
      if (id !== null) tabsStore.getState().move(id, { group, index: Number.MAX_SAFE_INTEGER });
      endDrag();
    },
  });
  return (
    <div className={classes.sides}>
      <div className={classes.side} {...dropOn(0)}>
        {tabsText.dropLeft}
      </div>
      <div className={classes.side} {...dropOn(1)}>
        {tabsText.dropRight}
      </div>
    </div>
  );
}

const CloseQuestion = shownOnDemand(
  async () => (await import('./CloseQuestion.tsx')).CloseQuestion,
  () => useTabs(({ question }) => question !== null),
);

/** What is open: one group of tabs, or two side by side. */
export function TabArea({ contents }: { contents: TabContents }) {
  const areaRef = useRef<HTMLDivElement>(null);
  const groups = useTabs((state) => state.groups);
  const focusedGroup = useTabs((state) => state.focusedGroup);
  const splitShare = useTabs((state) => state.splitShare);
  const isSplit = groups.length > 1;
  // In an order that does not change: a panel that is moved in the page loses how far it was scrolled.
  const panels = groups
    .flatMap(({ tabs, activeId }, group) => tabs.map((tab) => ({ tab, group, isShown: tab.id === activeId })))
    .sort((left, right) => (left.tab.id < right.tab.id ? -1 : 1));
  const shareAt = (clientX: number): number => {
    const area = areaRef.current?.getBoundingClientRect();
    return area === undefined ? splitShare : ((clientX - area.left) / area.width) * 100;
  };
  return (
    <div
      ref={areaRef}
      className={classes.area}
      style={{
        gridTemplateColumns: isSplit
          ? `minmax(0, ${splitShare}fr) 1px minmax(0, ${100 - splitShare}fr)`
          : 'minmax(0, 1fr)',
      }}
    >
      {groups.map((group, index) => (
        <TabStrip
          // biome-ignore lint/suspicious/noArrayIndexKey: a side is its place
          key={index}
          group={group}
          index={index}
          count={groups.length}
          isFocused={isSplit && focusedGroup === index}
        />
      ))}
      {isSplit && (
        <div className={classes.divider}>
          <SplitHandle
            label={tabsText.divider}
            value={splitShare}
            {...splitShares}
            step={5}
            valueAt={shareAt}
            onChange={tabsStore.getState().setSplitShare}
          />
        </div>
      )}
      {panels.map(({ tab, group, isShown }) => (
        <Panel
          key={tab.id}
          contents={contents}
          tab={tab}
          group={group}
          isShown={isShown}
          isActive={isShown && group === focusedGroup}
        />
      ))}
      {groups.length === 1 && groups[0]?.tabs.length === 0 && <EmptyGroup />}
      <DropSides />
      <CloseQuestion />
    </div>
  );
}
