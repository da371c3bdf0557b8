import { createStore, type StoreApi } from 'zustand/vanilla';
import type { TabId } from '../../../shared/model/tabs.ts';
import { call } from '../../lib/api.ts';
import { keepBeforeLeaving } from '../../lib/leaving.ts';
import { TextKeeper } from '../../lib/TextKeeper.ts';
import { openTabs } from './tabGroups.ts';
import { tabsStore } from './tabs.ts';

/** What is typed into the form of a tab. */
interface TabForm<Form> {
  /** Null until what was typed earlier has been read. */
  readonly form: Form | null;
  readonly set: (form: Form) => void;
}

interface TabFormOptions<Form> {
  /** What a kept text holds; null when it holds nothing, or nothing that can be read. */
  readonly read: (text: string) => Form | null;
  /** The text to keep; empty when nothing of the form has to be. */
  readonly write: (tabId: TabId, form: Form) => string;
}

interface Desk<Form> {
  readonly store: StoreApi<TabForm<Form>>;
  readonly keeper: TextKeeper;
}

/** Forms of tabs. Each outlives its place on the screen, and is kept with the texts of tabs when the app ends. */
export class TabForms<Form> {
  readonly #options: TabFormOptions<Form>;
  readonly #desks = new Map<TabId, Desk<Form>>();

  constructor(options: TabFormOptions<Form>) {
    this.#options = options;
    keepBeforeLeaving(() => Promise.all([...this.#desks.values()].map(({ keeper }) => keeper.flush())));
    tabsStore.subscribe((state, previous) => {
      if (state.groups !== previous.groups) this.#forgetClosed(new Set(openTabs(state).map(({ id }) => id)));
    });
  }

  /** @param begin what a tab shows for which nothing was kept */
  of(tabId: TabId, begin: () => Form): StoreApi<TabForm<Form>> {
    const known = this.#desks.get(tabId);
    if (known !== undefined) return known.store;
    const keeper = new TextKeeper(
      (text) => call('tabs.writeText', { tabId, text }),
      () => performance.now(),
    );
    const store = createStore<TabForm<Form>>()((set) => ({
      form: null,
      set: (form) => {
        set({ form });
        keeper.changed(() => this.#options.write(tabId, form));
      },
    }));
    this.#desks.set(tabId, { store, keeper });
    void this.#begin(tabId, store, begin);
    return store;
  }

  async #begin(tabId: TabId, store: StoreApi<TabForm<Form>>, begin: () => Form): Promise<void> {
    const start = tabsStore.getState().takeStart(tabId)?.text;
    // What cannot be read again is begun anew; main has logged why.
    const text = start ?? (await call('tabs.readText', { tabId }).catch(() => ({ text: '' }))).text;
    const form = this.#options.read(text) ?? begin();
    if (start === undefined) store.setState({ form });
    else store.getState().set(form);
  }

  #forgetClosed(open: ReadonlySet<TabId>): void {
    for (const [tabId, { keeper }] of this.#desks) {
      if (open.has(tabId)) continue;
      this.#desks.delete(tabId);
      // A closed tab can be opened again.
      void keeper.flush();
    }
  }
}
