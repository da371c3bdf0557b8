import type { EditorState, Text } from '@codemirror/state';
import type { StoreApi } from 'zustand/vanilla';
import type { DataSource } from '../../../../shared/model/dataSource.ts';
import type { TabId, TabOf } from '../../../../shared/model/tabs.ts';
import { call, onEvent, openStream } from '../../../lib/api.ts';
import { keepBeforeLeaving } from '../../../lib/leaving.ts';
import { TextKeeper } from '../../../lib/TextKeeper.ts';
import { isTyping } from '../../../lib/typing.ts';
import { queryText } from '../../../text/query.ts';
import { connectionsStore } from '../../connections/index.ts';
import { readAhead } from '../../grid/index.ts';
import { schemaStore } from '../../schema/index.ts';
import { settingsStore } from '../../settings/index.tsx';
import { tabsStore } from '../../tabs/index.ts';
import type { EditorHandle } from '../editor/EditorHandle.ts';
import { ProgressPause } from '../run/ProgressPause.ts';
import { type RunSource, RunStarter } from '../run/RunStarter.ts';
import { saveStatement } from '../run/saveStatement.ts';
import { connectFor } from './connectFor.ts';
import { createQueryStore, type QueryStore } from './createQueryStore.ts';
import { problem } from './problem.ts';
import { createQuestions, type Questions } from './questions.ts';
import { StatementWork } from './StatementWork.ts';
import { tabLanguage } from './tabLanguage.ts';

/** What a tab begins with. */
export interface StartText {
  readonly text: string;
  readonly runs: boolean;
  /** The text was just read from the file of the tab. */
  readonly isFile: boolean;
}

/** Everything of a query tab that outlives its place on the screen. */
export interface QueryDesk {
  readonly tabId: TabId;
  readonly store: StoreApi<QueryStore>;
  readonly questions: Questions;
  readonly starter: RunStarter;
  readonly text: TextKeeper;
  readonly work: StatementWork;
  /** What the tab began with, once it was asked for: it is given out only once. */
  start: Promise<StartText> | null;
  /** While the editor is on the screen. */
  editor: EditorHandle | null;
  /** What the editor held when it was on the screen last, with the history of changes; and what its file had. */
  kept: { readonly state: EditorState; readonly saved: Text | null } | null;
  /** Opens the list of data sources, while the bar is on the screen. */
  chooseSource: () => void;
  /** Keeps the place of the cursor now, while the editor is on the screen. */
  keepPlace: () => void;
}

const desks = new Map<TabId, QueryDesk>();
let isFollowing = false;

/** A query tab that is open. */
export function queryTabOf(tabId: TabId): TabOf<'query'> | null {
  for (const { tabs } of tabsStore.getState().groups) {
    const found = tabs.find(({ id }) => id === tabId);
    if (found?.kind === 'query') return found;
  }
  return null;
}

/** The data source that a tab runs in; null when none is chosen, or it is gone. */
export function dataSourceOfTab(tabId: TabId): DataSource | null {
  const sourceId = queryTabOf(tabId)?.sourceId ?? null;
  return sourceId === null ? null : (connectionsStore.getState().byId[sourceId]?.dataSource ?? null);
}

function runSourceOf(tabId: TabId, store: StoreApi<QueryStore>): RunSource | null {
  const dataSource = dataSourceOfTab(tabId);
  if (dataSource === null) return null;
  const { id, name, environment, readOnly } = dataSource;
  return {
    id,
    name,
    isProduction: environment === 'production',
    isReadOnly: readOnly,
    language: tabLanguage(dataSource, store.getState()),
  };
}

/** Hears what main says about sessions, and forgets tabs that are closed. */
function follow(): void {
  if (isFollowing) return;
  isFollowing = true;
  onEvent('query.session', (event) => {
    if (event.type === 'defined') void schemaStore.getState().refresh(event.sourceId);
    else desks.get(event.tabId)?.store.getState().takeEvent(event);
  });
  tabsStore.subscribe(({ groups }, previous) => {
    if (groups === previous.groups) return;
    const open = new Set(groups.flatMap(({ tabs }) => tabs.map(({ id }) => id)));
    for (const [tabId, desk] of desks) {
      if (open.has(tabId)) continue;
      desks.delete(tabId);
      desk.store.getState().close();
      desk.work.end();
      // What was typed last is kept: a closed tab can be opened again.
      void desk.text.flush();
    }
  });
  window.addEventListener('blur', () => void flushTexts());
  keepBeforeLeaving(flushTexts);
}

/** Keeps texts and cursors as they are now. */
async function flushTexts(): Promise<void> {
  for (const { keepPlace } of desks.values()) keepPlace();
  await Promise.all([...desks.values()].map(({ text }) => text.flush()));
}

function after(delayMs: number, work: () => void): () => void {
  const timer = setTimeout(work, delayMs);
  return () => clearTimeout(timer);
}

function createDesk(tabId: TabId): QueryDesk {
  const work = new StatementWork(tabId, {
    label: () => queryText.runningIn(queryTabOf(tabId)?.title ?? ''),
    cancel: () => store.getState().cancel(),
    open: () => tabsStore.getState().activate(tabId),
  });
  const store = createQueryStore(tabId, {
    call,
    openRun: (input, listener) =>
      openStream('query.run', input, new ProgressPause(listener, { isTyping, after })),
    now: () => Date.now(),
    after,
    readAhead,
    mark(mark) {
      tabsStore.getState().setMark(tabId, mark);
      if (mark.isRunning) work.begin();
      else work.end();
    },
  });
  const questions = createQuestions();
  const desk: QueryDesk = {
    tabId,
    store,
    work,
    questions,
    text: new TextKeeper(
      (text) => call('tabs.writeText', { tabId, text }),
      () => performance.now(),
    ),
    starter: new RunStarter({
      tab: () => queryTabOf(tabId),
      source: () => runSourceOf(tabId, store),
      script: () => desk.editor?.beginRun() ?? null,
      questions,
      store: () => store.getState(),
      connect: (id) => connectFor(id, (error) => store.getState().report(error)),
      rowLimit: () => settingsStore.getState().preferences.rowLimit,
      chooseSource: () => desk.chooseSource(),
      nothingToRun: () => problem(queryText.nothingToRun, queryText.nothingToRunDetail),
      save: (saved) => saveStatement(tabId, saved, (error) => store.getState().report(error)),
    }),
    start: null,
    editor: null,
    kept: null,
    chooseSource: () => undefined,
    keepPlace: () => undefined,
  };
  return desk;
}

/** What belongs to a query tab; made when it is first asked for, until the tab is closed. */
export function deskOf(tabId: TabId): QueryDesk {
  follow();
  const known = desks.get(tabId);
  if (known !== undefined) return known;
  const desk = createDesk(tabId);
  desks.set(tabId, desk);
  return desk;
}
