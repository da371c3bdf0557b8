import { beforeEach, describe, expect, it } from 'vitest';
import type { NodeRef } from '../../../shared/model/schemaTree.ts';
import { layoutSchema, type Tab } from '../../../shared/model/tabs.ts';
import type { RunningWork } from '../../lib/statusBar.ts';
import { createTabsStore } from './createTabsStore.ts';
import { activeTabOf, tabOf } from './tabGroups.ts';

const sourceId = crypto.randomUUID();
const table = (name: string): NodeRef => ({ schema: 'public', name, kind: 'table' });
const nameOf = (tab: Tab): string =>
  tab.kind === 'relation' ? tab.node.name : tab.kind === 'query' ? tab.title : tab.kind;

let store: ReturnType<typeof createTabsStore>;
let ended: string[];
let running: readonly RunningWork[];

beforeEach(() => {
  ended = [];
  running = [];
  store = createTabsStore({ onClosed: (tab) => ended.push(nameOf(tab)), work: () => running });
});

const state = () => store.getState();
const open = (name: string, isPreview = false) => state().openRelation(sourceId, table(name), { isPreview });
/** The names of the open tabs of each group; the one in front in brackets. */
const shown = () =>
  state().groups.map(({ tabs, activeId }) =>
    tabs.map((tab) => (tab.id === activeId ? `[${nameOf(tab)}]` : nameOf(tab))).join(' '),
  );

describe('opening tabs', () => {
  it('puts a new tab behind the one in front, and brings back one that is open', () => {
    const first = open('orders');
    open('products');
    state().activate(first);
    open('customers');
    expect(shown()).toEqual(['orders [customers] products']);
    expect(open('orders')).toBe(first);
    expect(shown()).toEqual(['[orders] customers products']);
  });

  it('replaces the preview with the next thing that is looked at, and keeps it once it is edited or opened for good', () => {
    open('orders', true);
    const second = open('products', true);
    expect(shown()).toEqual(['[products]']);
    expect(ended).toEqual(['orders']);
    state().patch(second, { segment: 'structure' });
    open('customers', true);
    open('customers');
    open('cities', true);
    expect(shown()).toEqual(['products customers [cities]']);
  });

  it('opens the rows of one relation beside each other when they are filtered differently', () => {
    const all = open('orders');
    const filters = [{ column: 1, operator: 'equals', value: '7' } as const];
    const one = state().openRelation(sourceId, table('orders'), { filters });
    expect(one).not.toBe(all);
    expect(state().openRelation(sourceId, table('orders'), { filters })).toBe(one);
  });

  it('numbers queries by the smallest number that is free, and gives the start to the content once', () => {
    const first = state().openQuery({ sourceId, text: 'select 1', runs: true });
    state().openQuery({ sourceId });
    expect(shown()).toEqual(['query 1 [query 2]']);
    expect(state().takeStart(first)).toEqual({ text: 'select 1', runs: true });
    expect(state().takeStart(first)).toBeNull();
  });

  it('has one editor for each saved resource, and one more for each new one or copy', () => {
    const ref = { group: 'Resources', name: 'users' };
    const editor = state().openResource(sourceId, ref);
    expect(state().openResource(sourceId, ref)).toBe(editor);
    const added = state().openResource(sourceId, null);
    expect(state().openResource(sourceId, null)).not.toBe(added);
    const copy = state().openResource(sourceId, null, '{"name":"copy"}');
    expect(state().takeStart(copy)).toEqual({ text: '{"name":"copy"}' });
  });

  it('opens each request in a tab of its own, with a title that fits', () => {
    const first = state().openRequest(sourceId);
    const second = state().openRequest(sourceId, { title: 'x'.repeat(300), text: '{}' });
    expect(second).not.toBe(first);
    const tab = tabOf(state(), second);
    expect(tab?.kind === 'request' && tab.title).toHaveLength(200);
    const { groups, focusedGroup, splitShare } = state();
    const panes = { isShown: true, width: 280 };
    const layout = { groups, focusedGroup, splitShare, navigator: panes, inspector: panes };
    expect(layoutSchema.safeParse(layout).success).toBe(true);
  });

  it('has one tab for each data source and one for the history', () => {
    const id = state().openSource(sourceId);
    state().openHistory();
    expect(state().openSource(sourceId, 'metrics')).toBe(id);
    expect(tabOf(state(), id)).toMatchObject({ segment: 'metrics' });
    state().openHistory();
    expect(shown()).toEqual(['source [history]']);
  });
});

describe('closing tabs', () => {
  it('goes to the right neighbour, then to the left one', async () => {
    const [, second, third] = ['a', 'b', 'c'].map((name) => open(name)) as [string, string, string];
    state().activate(second);
    await state().close(second);
    expect(shown()).toEqual(['a [c]']);
    await state().close(third);
    expect(shown()).toEqual(['[a]']);
    expect(ended).toEqual(['b', 'c']);
  });

  it('can be undone: the tab comes back where it was, as it was', async () => {
    open('a');
    const query = state().openQuery({ sourceId, title: 'totals' });
    open('c');
    state().patch(query, { cursor: 12 });
    await state().close(query);
    state().reopen();
    expect(shown()).toEqual(['a [totals] c']);
    expect(activeTabOf(state())).toMatchObject({ id: query, cursor: 12 });
    state().reopen();
    expect(shown()).toEqual(['a [totals] c']);
  });

  it('asks the guard of a tab, brings that tab to the front, and ends the round with the first no', async () => {
    const [first, second] = [open('a'), open('b')];
    state().setGuard(first, () => Promise.resolve(false));
    expect(await state().closeAll([first, second])).toBe(false);
    expect(shown()).toEqual(['[a] b']);
    state().setGuard(first, null);
    expect(await state().closeAll([first, second])).toBe(true);
    expect(shown()).toEqual(['']);
  });

  it.each([
    ['unsaved text', { isUnsaved: true }],
    ['an open transaction', { transaction: 'open' as const }],
  ])('asks the person before it loses %s', async (_what, mark) => {
    const id = open('a');
    state().setMark(id, mark);
    const kept = state().close(id);
    expect(state().question).toMatchObject({ before: 'close', tab: { id } });
    state().question?.answer(false);
    expect(await kept).toBe(false);
    const closed = state().close(id);
    const again = state().close(id);
    state().question?.answer(true);
    expect(await Promise.all([closed, again])).toEqual([true, true]);
    expect(state().question).toBeNull();
    expect(state().marks).toEqual({});
  });
});

describe('disconnecting a data source', () => {
  it('asks when a transaction, a statement or a file would be lost, and only then', async () => {
    const id = open('a');
    state().setMark(id, { isUnsaved: true });
    expect(await state().mayDisconnect(sourceId)).toBe(true);
    state().setMark(id, { transaction: 'open', isRunning: true });
    running = [{ id: 'w', label: 'Saving a.csv', share: null, detail: '', cancel: null, sourceId }];
    expect(await state().mayDisconnect(crypto.randomUUID())).toBe(true);
    const answer = state().mayDisconnect(sourceId);
    expect(state().question).toMatchObject({
      before: 'disconnect',
      sourceId,
      losses: [{ kind: 'transaction', tab: { id } }, { kind: 'statement' }, { kind: 'work' }],
    });
    state().question?.answer(false);
    expect(await answer).toBe(false);
  });
});

describe('arranging tabs', () => {
  it('moves a tab within its group and to the other side, and back to one group when a side is empty', () => {
    const [a, b] = ['a', 'b', 'c'].map((name) => open(name)) as [string, string, string];
    state().move(a, { group: 0, index: 2 });
    expect(shown()).toEqual(['b c [a]']);
    state().moveToOtherSide(b);
    expect(shown()).toEqual(['c [a]', '[b]']);
    expect(state().focusedGroup).toBe(1);
    state().moveToOtherSide(b);
    expect(shown()).toEqual(['c a [b]']);
    expect(state().focusedGroup).toBe(0);
  });

  it('keeps pinned tabs first', () => {
    const [a, b] = ['a', 'b', 'c'].map((name) => open(name)) as [string, string, string];
    state().pin(b, true);
    expect(shown()).toEqual(['b a [c]']);
    state().move(a, { group: 0, index: 0 });
    expect(shown()).toEqual(['b [a] c']);
    state().pin(b, false);
    state().move(a, { group: 0, index: 0 });
    expect(shown()).toEqual(['[a] b c']);
  });

  it('goes round the tabs of the focused group', () => {
    open('a');
    open('b');
    state().step(1);
    expect(shown()).toEqual(['[a] b']);
    state().step(-1);
    expect(shown()).toEqual(['a [b]']);
  });

  it('comes back as it was, with what was opened meanwhile in front', () => {
    const a = open('a');
    state().moveToOtherSide(open('b'));
    const { groups, focusedGroup, splitShare } = state();
    store = createTabsStore({ onClosed: () => undefined, work: () => [] });
    open('new');
    state().restore({ groups: [...groups], focusedGroup, splitShare });
    expect(shown()).toEqual(['a [new]', '[b]']);
    expect(state().focusedGroup).toBe(0);
    expect(tabOf(state(), a)).toMatchObject({ node: table('a') });
    expect(layoutSchema.shape.groups.parse(state().groups)).toEqual(state().groups);
  });
});
