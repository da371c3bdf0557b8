import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { FakeMain } from '../../tests/support/FakeMain.ts';
import type { KnownDatabase } from '../shared/model/databases.ts';
import type { Layout, Tab } from '../shared/model/tabs.ts';
import { createTabsStore } from './features/tabs/createTabsStore.ts';
import { createLayoutMemory } from './layoutMemory.ts';

const history: Tab = { id: crypto.randomUUID(), isPinned: false, isPreview: false, kind: 'history' };
const earlier: Layout = {
  groups: [{ tabs: [history], activeId: history.id }],
  focusedGroup: 0,
  splitShare: 40,
  navigator: { isShown: false, width: 320 },
  inspector: { isShown: true, width: 260 },
};

const setUp = () => {
  const main = new FakeMain();
  const tabs = createTabsStore({ onClosed: () => undefined, work: () => [] });
  const panes = createStore(() => ({ isNavigatorShown: true, navigatorWidth: 280, inspectorWidth: 300 }));
  const inspector = createStore(() => ({ isShown: false }));
  const connections = createStore(() => ({
    databases: {} as Record<string, KnownDatabase>,
    noteDatabases: (known: readonly KnownDatabase[]): void =>
      connections.setState({ databases: Object.fromEntries(known.map((one) => [one.id, one])) }),
  }));
  const memory = createLayoutMemory({
    ...{ call: main.call, onEvent: main.onEvent, tabs, connections, panes, inspector },
  });
  return { main, tabs, connections, panes, inspector, memory };
};

let page: ReturnType<typeof setUp>;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('window', { addEventListener: () => undefined, removeEventListener: () => undefined });
  page = setUp();
});

afterEach(() => void vi.useRealTimers());

describe('how the window was arranged', () => {
  it('comes back at the first start, and is left alone when the window was only locked', async () => {
    const { main, tabs, panes, inspector, memory } = page;
    const stop = memory.start();
    await main.answer('tabs.layout', earlier);
    expect(tabs.getState()).toMatchObject({ groups: earlier.groups, splitShare: 40 });
    expect(panes.getState()).toEqual({ isNavigatorShown: false, navigatorWidth: 320, inspectorWidth: 260 });
    expect(inspector.getState().isShown).toBe(true);
    stop();
    memory.start();
    expect(main.countOf('tabs.layout')).toBe(1);
  });

  it('remembers which databases its tabs are of, and no others', async () => {
    const { main, tabs, connections, memory } = page;
    const [id, other, sourceId] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
    const archive = { id, sourceId, name: 'archive' };
    memory.start();
    await main.answer('tabs.layout', { ...earlier, databases: [archive] });
    expect(connections.getState().databases).toEqual({ [id]: archive });
    connections.getState().noteDatabases([archive, { id: other, sourceId, name: 'other' }]);
    tabs.getState().openQuery({ sourceId: id });
    vi.runAllTimers();
    expect(main.last('tabs.setLayout').input).toMatchObject({ databases: [archive] });
  });

  it('is remembered soon after a change, also while more come, and at the end', async () => {
    const { main, tabs, panes, memory } = page;
    const stop = memory.start();
    await main.answer('tabs.layout', earlier);
    vi.runAllTimers();
    panes.setState({ navigatorWidth: 200 });
    vi.advanceTimersByTime(200);
    panes.setState({ navigatorWidth: 210 });
    vi.advanceTimersByTime(100);
    expect(main.countOf('tabs.setLayout')).toBe(2);
    expect(main.last('tabs.setLayout').input).toMatchObject({ navigator: { isShown: false, width: 210 } });
    const id = tabs.getState().openQuery({ sourceId: null });
    stop();
    expect(main.last('tabs.setLayout').input).toMatchObject({ groups: [{ activeId: id }] });
  });

  it('is not overwritten before it was shown, and asked for again when another store is in place', async () => {
    const { main, tabs, memory } = page;
    memory.start();
    await main.fail('tabs.layout', new Error('no store'));
    tabs.getState().openQuery({ sourceId: null });
    vi.runAllTimers();
    expect(main.countOf('tabs.setLayout')).toBe(0);
    main.push('store.replaced', null);
    expect(main.countOf('tabs.layout')).toBe(2);
  });

  it('keeps the texts of what is open or can be opened again', async () => {
    const { main, tabs, memory } = page;
    memory.start();
    await main.answer('tabs.layout', earlier);
    const open = tabs.getState().openQuery({ sourceId: null });
    const closed = tabs.getState().openQuery({ sourceId: null });
    await tabs.getState().close(closed);
    vi.runAllTimers();
    expect(main.last('tabs.retainTexts').input).toEqual({ tabIds: [history.id, open, closed] });
  });

  it('leaves out a tab whose data source has an id that none may have', async () => {
    const { main, tabs, memory } = page;
    memory.start();
    await main.answer('tabs.layout', earlier);
    tabs.getState().openSource('damaged row 7');
    vi.runAllTimers();
    expect(main.last('tabs.setLayout').input).toMatchObject({ groups: earlier.groups });
  });
});
