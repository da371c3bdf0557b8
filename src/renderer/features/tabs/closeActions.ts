import type { Tab, TabId } from '../../../shared/model/tabs.ts';
import { lossesIn } from './losses.ts';
import { placeOf, tabOf, withoutTab, withTab } from './tabGroups.ts';
import { type CloseQuestion, noMark, type TabGuard, type TabsContext, type TabsState } from './tabsState.ts';

/** So many closed tabs, with their texts, can be opened again. */
const keptClosedCount = 20;

/** Closing, with what asks before something is lost, and the way back. */
export function createCloseActions({ set, get, onClosed, work }: TabsContext) {
  const guards = new Map<TabId, TabGuard>();
  const closing = new Map<TabId, Promise<boolean>>();

  /** One question at a time: the window has one place for it. */
  const askPerson = (withAnswer: (answer: CloseQuestion['answer']) => CloseQuestion): Promise<boolean> => {
    get().question?.answer(false);
    return new Promise((resolve) => {
      const answer = (mayClose: boolean): void => {
        set({ question: null });
        resolve(mayClose);
      };
      set({ question: withAnswer(answer) });
    });
  };

  const mayClose = async (tab: Tab): Promise<boolean> => {
    const mark = get().marks[tab.id] ?? noMark;
    if (!mark.isUnsaved && mark.transaction === null) return true;
    return askPerson((answer) => ({ before: 'close', tab, mark, answer }));
  };

  const take = (id: TabId): void => {
    const tab = tabOf(get(), id);
    const place = placeOf(get(), id);
    if (tab === undefined || place === null) return;
    guards.delete(id);
    set((state) => {
      const { [id]: _gone, ...marks } = state.marks;
      return {
        ...withoutTab(state, id),
        marks,
        closed: [...state.closed, { tab, place }].slice(-keptClosedCount),
      };
    });
    onClosed(tab);
  };

  const closeOne = async (id: TabId): Promise<boolean> => {
    const tab = tabOf(get(), id);
    if (tab === undefined) return true;
    const guard = guards.get(id);
    const mark = get().marks[id] ?? noMark;
    // The question is about what can be seen.
    if (guard !== undefined || mark.isUnsaved || mark.transaction !== null) get().activate(id);
    const isClosed = await (guard?.() ?? mayClose(tab));
    if (isClosed) take(id);
    return isClosed;
  };

  return {
    close(id) {
      const running = closing.get(id);
      if (running !== undefined) return running;
      const work = closeOne(id).finally(() => closing.delete(id));
      closing.set(id, work);
      return work;
    },
    async closeAll(ids) {
      for (const id of ids) if (!(await get().close(id))) return false;
      return true;
    },
    async mayDisconnect(sourceId) {
      const losses = lossesIn(get(), work(), sourceId);
      if (losses.length === 0) return true;
      return askPerson((answer) => ({ before: 'disconnect', sourceId, losses, answer }));
    },
    reopen() {
      const { closed } = get();
      const last = closed.at(-1);
      if (last === undefined) return;
      set((state) => ({ ...withTab(state, last.tab, last.place), closed: closed.slice(0, -1) }));
    },
    setGuard(id, guard) {
      if (guard === null) guards.delete(id);
      else guards.set(id, guard);
    },
  } satisfies Partial<TabsState>;
}
