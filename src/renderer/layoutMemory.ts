import type { StoreApi } from 'zustand/vanilla';
import type { KnownDatabase } from '../shared/model/databases.ts';
import type { Layout, Tab, TabGroup, TabId } from '../shared/model/tabs.ts';
import type { call, onEvent } from './lib/api.ts';
import { keepBeforeLeaving } from './lib/leaving.ts';
import type { panesStore } from './lib/panes.ts';

type Part<State> = Pick<StoreApi<State>, 'getState' | 'subscribe' | 'setState'>;

/** The databases that are known beside those of data sources. */
interface Databases {
  readonly databases: Readonly<Record<string, KnownDatabase>>;
  readonly noteDatabases: (known: readonly KnownDatabase[]) => void;
}

interface OpenTabs {
  readonly groups: readonly TabGroup[];
  readonly focusedGroup: number;
  readonly splitShare: number;
  readonly closed: readonly { readonly tab: { readonly id: TabId } }[];
  readonly restore: (layout: Layout) => void;
}

export interface LayoutPorts {
  readonly call: typeof call;
  readonly onEvent: typeof onEvent;
  readonly tabs: Part<OpenTabs>;
  readonly connections: Pick<Part<Databases>, 'getState'>;
  readonly panes: Pick<typeof panesStore, 'getState' | 'subscribe' | 'setState'>;
  readonly inspector: Part<{ readonly isShown: boolean }>;
}

/** Changes are remembered together, so long after the first of them: also when they do not end. */
const delayMs = 300;

const isUuid = (text: string): boolean => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);

/** A data source that cannot be read may have an id that none may have; its tab is not remembered. */
const isKept = (tab: Tab): boolean => tab.kind !== 'source' || isUuid(tab.sourceId);

/** A group without the tabs that are not remembered. */
function keptOf({ tabs, activeId }: TabGroup): TabGroup {
  const kept = tabs.filter(isKept);
  return { tabs: kept, activeId: kept.some(({ id }) => id === activeId) ? activeId : (kept[0]?.id ?? null) };
}

/** Those that tabs are of: without them nobody would know at the next start what their ids name. */
function databasesOf(
  groups: readonly TabGroup[],
  databases: Databases['databases'],
): Pick<Layout, 'databases'> {
  const ids = groups.flatMap(({ tabs }) => tabs).map((tab) => ('sourceId' in tab ? tab.sourceId : null));
  const known = [...new Set(ids)].flatMap((id) => (id === null ? [] : (databases[id] ?? [])));
  return known.length === 0 ? {} : { databases: known };
}

/**
 * Remembers how the window is arranged. The first start shows what the last run had open; later ones, as after the
 * window was locked, go on with what is there. Remembering is a convenience: when it fails, main has logged why, and
 * nobody is told.
 */
export function createLayoutMemory({ call, onEvent, tabs, connections, panes, inspector }: LayoutPorts) {
  let isRestored = false;

  const layoutNow = (): Layout => {
    const { groups, focusedGroup, splitShare } = tabs.getState();
    const { isNavigatorShown, navigatorWidth, inspectorWidth } = panes.getState();
    const kept = groups.map(keptOf);
    return {
      groups: kept,
      focusedGroup,
      splitShare,
      navigator: { isShown: isNavigatorShown, width: navigatorWidth },
      inspector: { isShown: inspector.getState().isShown, width: inspectorWidth },
      ...databasesOf(kept, connections.getState().databases),
    };
  };

  /** Texts of tabs that are neither open nor can be opened again are forgotten. */
  const retainTexts = () => {
    const { groups, closed } = tabs.getState();
    const ids = [...groups.flatMap((group) => group.tabs), ...closed.map(({ tab }) => tab)].map(
      ({ id }) => id,
    );
    call('tabs.retainTexts', { tabIds: ids }).catch(() => undefined);
  };

  const restore = async (): Promise<void> => {
    if (isRestored) return;
    const layout = await call('tabs.layout', null).catch(() => null);
    if (layout === null || isRestored) return;
    isRestored = true;
    connections.getState().noteDatabases(layout.databases ?? []);
    tabs.getState().restore(layout);
    panes.setState({
      isNavigatorShown: layout.navigator.isShown,
      navigatorWidth: layout.navigator.width,
      inspectorWidth: layout.inspector.width,
    });
    inspector.setState({ isShown: layout.inspector.isShown });
  };

  /** @returns ends it, after what is still to be remembered was sent */
  const start = (): (() => void) => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let remembered = '';
    const remember = async (): Promise<void> => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      // Before it is known what there was, it must not be overwritten.
      if (!isRestored) return;
      const layout = layoutNow();
      const text = JSON.stringify(layout);
      if (text === remembered) return;
      remembered = text;
      retainTexts();
      await call('tabs.setLayout', layout).catch(() => undefined);
    };
    const wait = () => {
      timer ??= setTimeout(() => void remember(), delayMs);
    };
    void restore();
    const stops = [
      tabs.subscribe(wait),
      panes.subscribe(wait),
      inspector.subscribe(wait),
      onEvent('store.replaced', () => void restore()),
      keepBeforeLeaving(remember),
    ];
    return () => {
      for (const stop of stops) stop();
      if (timer !== null) void remember();
    };
  };
  return { start };
}
