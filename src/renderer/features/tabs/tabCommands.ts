import type { Tab } from '../../../shared/model/tabs.ts';
import { call } from '../../lib/api.ts';
import { type Command, commandsOf } from '../../lib/commands.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import { notifyError } from '../../lib/notify.tsx';
import { commandsText } from '../../text/commands.ts';
import {
  newQueryHere,
  newRequestHere,
  sourceInFront,
  takesQueriesHere,
  takesRequestsHere,
} from './newTabHere.ts';
import { activeTabOf, openTabs } from './tabGroups.ts';
import { tabsStore } from './tabs.ts';

const words = commandsText.tabs;

/** A file that is open already comes to the front; else it opens as a query. */
async function openFile(): Promise<void> {
  try {
    const file = await call('tabs.openFile', null);
    if (file === null) return;
    const { activate, openQuery } = tabsStore.getState();
    const isOfFile = (tab: Tab): boolean => tab.kind === 'query' && tab.file?.id === file.id;
    const shown = openTabs(tabsStore.getState()).find(isOfFile);
    if (shown !== undefined) activate(shown.id);
    else openQuery({ sourceId: sourceInFront(), text: file.text, file: { id: file.id, name: file.name } });
  } catch (error) {
    notifyError(errorDtoOf(error));
  }
}

const queryCommands = commandsOf('query', [
  {
    id: 'query.new',
    title: words.newQuery,
    shortcut: 'mod+T',
    run: newQueryHere,
    isEnabled: takesQueriesHere,
  },
  {
    id: 'request.new',
    title: words.newRequest,
    shortcut: 'mod+T',
    run: newRequestHere,
    isEnabled: () => takesRequestsHere() && !takesQueriesHere(),
  },
  {
    id: 'query.openFile',
    title: words.openFile,
    shortcut: 'mod+O',
    run: () => void openFile(),
  },
  {
    id: 'query.history',
    title: words.history,
    run: () => void tabsStore.getState().openHistory(),
  },
]);

const activeTab = () => activeTabOf(tabsStore.getState());
const hasTab = (): boolean => activeTab() !== undefined;
const isSplit = (): boolean => tabsStore.getState().groups.length > 1;

/** The tab at a place of the focused side; the ninth key is for the last one. */
function activateAt(number: number): void {
  const { groups, focusedGroup, activate } = tabsStore.getState();
  const tab = groups[focusedGroup]?.tabs.at(number === 9 ? -1 : number - 1);
  if (tab !== undefined) activate(tab.id);
}

const withTab = (work: (tab: Tab) => void) => () => {
  const tab = activeTab();
  if (tab !== undefined) work(tab);
};

const arrangeCommands = commandsOf('tabs', [
  {
    id: 'tab.close',
    title: words.close,
    shortcut: 'mod+W',
    run: withTab(({ id }) => void tabsStore.getState().close(id)),
    isEnabled: hasTab,
  },
  {
    id: 'tab.reopen',
    title: words.reopen,
    shortcut: 'mod+shift+T',
    run: () => tabsStore.getState().reopen(),
    isEnabled: () => tabsStore.getState().closed.length > 0,
  },
  {
    id: 'tab.next',
    title: words.next,
    shortcut: 'ctrl+Tab',
    run: () => tabsStore.getState().step(1),
    isEnabled: hasTab,
  },
  {
    id: 'tab.previous',
    title: words.previous,
    shortcut: 'ctrl+shift+Tab',
    run: () => tabsStore.getState().step(-1),
    isEnabled: hasTab,
  },
  {
    id: 'tab.pin',
    title: words.pin,
    run: withTab(({ id, isPinned }) => tabsStore.getState().pin(id, !isPinned)),
    isEnabled: hasTab,
  },
  {
    id: 'tab.side',
    title: words.side,
    shortcut: 'mod+\\',
    run: withTab(({ id }) => tabsStore.getState().moveToOtherSide(id)),
    isEnabled: hasTab,
  },
  {
    id: 'tab.otherSide',
    title: words.otherSide,
    shortcut: 'F6',
    run: () => tabsStore.getState().focusGroup(tabsStore.getState().focusedGroup === 0 ? 1 : 0),
    isEnabled: isSplit,
  },
  ...Array.from({ length: 9 }, (_, index) => ({
    id: `tab.at.${index + 1}`,
    title: words.at(index + 1),
    shortcut: `mod+${index + 1}`,
    isHidden: true,
    run: () => activateAt(index + 1),
  })),
]);

/** What is done with tabs, and what opens new ones. */
export const tabCommands: readonly Command[] = [...queryCommands, ...arrangeCommands];
