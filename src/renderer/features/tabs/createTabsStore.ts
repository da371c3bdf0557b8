import { shallow } from 'zustand/shallow';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { emptySearch } from '../../../shared/model/defaults.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { SearchQuery } from '../../../shared/model/schemaSearch.ts';
import type { Tab, TabId } from '../../../shared/model/tabs.ts';
import { tabsText } from '../../text/tabs.ts';
import { createCloseActions } from './closeActions.ts';
import {
  editsResource,
  newAlertsTab,
  newDiagramTab,
  newHistoryTab,
  newLogTab,
  newPipelinesTab,
  newPipelineTab,
  newQueryTab,
  newRelationTab,
  newRequestTab,
  newResourceTab,
  newSearchTab,
  newSettingsTab,
  newSourceTab,
  showsDiagram,
  showsPipeline,
  showsRelation,
} from './newTabs.ts';
import {
  activeTabOf,
  openTabs,
  placeOf,
  withChangedTab,
  withFront,
  withMovedTab,
  withNewTab,
  withPin,
} from './tabGroups.ts';
import { noMark, splitShares, type TabsContext, type TabsPorts, type TabsState } from './tabsState.ts';

/** Ways in which a tab comes to the front: a new one, one that is open, or the only one of its kind. */
function createOpener({ set, get, onClosed }: TabsContext) {
  const open = (tab: Tab): TabId => {
    const { arranged, replaced } = withNewTab(get(), tab);
    set(arranged);
    if (replaced !== null) onClosed(replaced);
    return tab.id;
  };
  const reuse = (tab: Tab, fields: Partial<Tab>): TabId => {
    set((state) =>
      withFront(
        withChangedTab(state, tab.id, (one) => ({ ...one, ...fields }) as Tab),
        tab.id,
      ),
    );
    return tab.id;
  };
  /** There is one tab of this kind at most. */
  const openOnly = (kind: Tab['kind'], make: () => Tab, fields: Partial<Tab> = {}): TabId => {
    const shown = openTabs(get()).find((tab) => tab.kind === kind);
    return shown === undefined ? open(make()) : reuse(shown, fields);
  };
  return { open, reuse, openOnly };
}

/** What was last searched for in a data source. */
function lastSearch({ closed }: TabsState, sourceId: DataSourceId): SearchQuery {
  const tabs = closed.map(({ tab }) => tab);
  const last = tabs.findLast((tab) => tab.kind === 'search' && tab.sourceId === sourceId);
  return last?.kind === 'search' ? last.query : emptySearch;
}

function createOpenActions(context: TabsContext) {
  const { get } = context;
  const shownOf = (kind: Tab['kind'], sourceId: DataSourceId) =>
    openTabs(get()).find((tab) => tab.kind === kind && 'sourceId' in tab && tab.sourceId === sourceId);
  const { open, reuse, openOnly } = createOpener(context);
  const starts = new Map<TabId, { text?: string; runs?: boolean }>();

  return {
    openQuery(start) {
      const id = open(newQueryTab(start, openTabs(get())));
      const { text, runs } = start;
      starts.set(id, { ...(text !== undefined && { text }), ...(runs !== undefined && { runs }) });
      return id;
    },
    openRelation(sourceId, node, start = {}) {
      const shown = openTabs(get()).find((tab) => showsRelation(tab, sourceId, node, start));
      if (shown === undefined) return open(newRelationTab(sourceId, node, start));
      const { segment, sort, isPreview = false } = start;
      const look = {
        ...(segment !== undefined && { segment }),
        ...(sort !== undefined && { sort: [...sort] }),
      };
      return reuse(shown, { ...look, ...(!isPreview && { isPreview: false }) });
    },
    openSource(sourceId, segment, isPreview = false) {
      const shown = shownOf('source', sourceId);
      if (shown === undefined) return open(newSourceTab(sourceId, segment ?? 'overview', isPreview));
      const look = segment === undefined ? {} : { segment };
      return reuse(shown, { ...look, ...(!isPreview && { isPreview: false }) });
    },
    openDiagram(sourceId, start) {
      const shown = openTabs(get()).find((tab) => showsDiagram(tab, sourceId, start));
      return shown === undefined ? open(newDiagramTab(sourceId, start)) : reuse(shown, {});
    },
    openResource(sourceId, resource, text) {
      const shown = openTabs(get()).find(
        (tab) => text === undefined && editsResource(tab, sourceId, resource),
      );
      if (shown !== undefined) return reuse(shown, {});
      const id = open(newResourceTab(sourceId, resource));
      if (text !== undefined) starts.set(id, { text });
      return id;
    },
    openRequest(sourceId, start) {
      const id = open(newRequestTab(sourceId, start?.title ?? tabsText.requestTitle));
      if (start !== undefined) starts.set(id, { text: start.text });
      return id;
    },
    openSearch(sourceId) {
      const shown = shownOf('search', sourceId);
      return shown === undefined
        ? open(newSearchTab(sourceId, lastSearch(get(), sourceId)))
        : reuse(shown, {});
    },
    openHistory: () => openOnly('history', newHistoryTab),
    openLog: () => openOnly('log', newLogTab),
    openAlerts: () => openOnly('alerts', newAlertsTab),
    openPipelines: () => openOnly('pipelines', newPipelinesTab),
    openPipeline(pipelineId, title, segment, text) {
      const shown = openTabs(get()).find((tab) => showsPipeline(tab, pipelineId));
      if (shown !== undefined) return reuse(shown, { segment });
      const tab = newPipelineTab(pipelineId, title, segment);
      if (text !== undefined) starts.set(tab.id, { text });
      return open(tab);
    },
    openSettings: (section) =>
      openOnly('settings', () => newSettingsTab(section ?? 'appearance'), { ...(section && { section }) }),
    takeStart(id) {
      const start = starts.get(id) ?? null;
      starts.delete(id);
      return start;
    },
  } satisfies Partial<TabsState>;
}

function createArrangeActions({ set, get }: TabsContext) {
  return {
    patch: (id, fields) =>
      set((state) => withChangedTab(state, id, (tab) => ({ ...tab, isPreview: false, ...fields }) as Tab)),
    activate: (id) => set((state) => withFront(state, id)),
    step(direction) {
      const state = get();
      const tabs = state.groups[state.focusedGroup]?.tabs ?? [];
      const at = tabs.findIndex(({ id }) => id === activeTabOf(state)?.id);
      const next = tabs[(at + direction + tabs.length) % tabs.length];
      if (next !== undefined) state.activate(next.id);
    },
    focusGroup(group) {
      if (group < get().groups.length) set({ focusedGroup: group });
    },
    pin: (id, isPinned) => set((state) => withPin(state, id, isPinned)),
    move: (id, place) => set((state) => withMovedTab(state, id, place)),
    moveToOtherSide(id) {
      const place = placeOf(get(), id);
      if (place !== null)
        get().move(id, { group: place.group === 0 ? 1 : 0, index: Number.MAX_SAFE_INTEGER });
    },
    setSplitShare: (share) =>
      set({ splitShare: Math.min(splitShares.max, Math.max(splitShares.min, share)) }),
    setMark: (id, mark) =>
      set((state) => {
        const before = state.marks[id] ?? noMark;
        const after = { ...before, ...mark };
        return shallow(before, after) ? state : { marks: { ...state.marks, [id]: after } };
      }),
    restore({ groups, focusedGroup, splitShare }) {
      const opened = openTabs(get());
      const first = groups[0];
      if (first === undefined) return;
      set({
        splitShare,
        focusedGroup: opened.length > 0 ? 0 : Math.min(focusedGroup, groups.length - 1),
        groups: [
          { tabs: [...first.tabs, ...opened], activeId: opened.at(-1)?.id ?? first.activeId },
          ...groups.slice(1),
        ],
      });
    },
  } satisfies Partial<TabsState>;
}

/** What is open in the main area, and what can be done with it. */
export function createTabsStore(ports: TabsPorts): StoreApi<TabsState> {
  return createStore<TabsState>()((set, get) => {
    const context = { ...ports, set, get };
    return {
      groups: [{ tabs: [], activeId: null }],
      focusedGroup: 0,
      splitShare: 50,
      marks: {},
      closed: [],
      question: null,
      ...createOpenActions(context),
      ...createArrangeActions(context),
      ...createCloseActions(context),
    };
  });
}
