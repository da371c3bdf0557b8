import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ErrorDto } from '../../../../shared/errors/errorDto.ts';
import type { DataSourceId } from '../../../../shared/model/ids.ts';
import type {
  ParameterValue,
  QuerySession,
  RunInput,
  RunMessage,
  SessionEvent,
} from '../../../../shared/model/query.ts';
import type { ResultId } from '../../../../shared/model/results.ts';
import type { TabId } from '../../../../shared/model/tabs.ts';
import type { call, StreamListener } from '../../../lib/api.ts';
import { errorDtoOf } from '../../../lib/errorText.ts';
import { type KeptResult, resultsAfter } from '../run/pinnedResults.ts';
import {
  type LogContent,
  type LogLine,
  newRun,
  type Run,
  RunChange,
  type RunResult,
} from '../run/runState.ts';
import type { RunPart } from '../run/scriptParts.ts';
import { type Reading, readingIn } from './reading.ts';

/** What happens to the session of a tab. */
type TabEvent = Exclude<SessionEvent, { type: 'defined' }>;

/** What a tab says about itself beside its name. */
export interface TabMark {
  readonly isRunning: boolean;
  readonly transaction: 'open' | 'failed' | null;
}

export interface QueryPorts {
  readonly call: typeof call;
  /** @returns cancels it down to the server */
  readonly openRun: (input: RunInput, listener: StreamListener<'query.run'>) => () => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** @returns gives it up */
  readonly after: (delayMs: number, work: () => void) => () => void;
  readonly mark: (mark: TabMark) => void;
  /** A result is about to be shown. */
  readonly readAhead: (result: RunResult) => void;
}

/** The choices of a tab for its runs. */
export type RunSettings = Omit<RunInput, 'tabId' | 'statements'>;

/** What stands below the editor. */
export type Shown = { readonly type: 'messages' } | { readonly type: 'result'; readonly id: ResultId };

export interface QueryState {
  readonly run: Run | null;
  /** Pinned results of earlier runs, the oldest first; one that is unpinned stays until the next run. */
  readonly kept: readonly KeptResult[];
  /** Results that the next run leaves alone. */
  readonly pinned: ReadonlySet<ResultId>;
  readonly log: readonly LogLine[];
  readonly shown: Shown;
  /** The session of the tab, while it has one. */
  readonly session: QuerySession | null;
  /** How statements are read in the sessions of this tab on a data source; null while no session has said it. */
  readonly reading: Reading | null;
  /** Why the session ended, until the next run. */
  readonly lost: ErrorDto | null;
  /** Why a run did not begin or was cut off, where no statement says it. */
  readonly runError: ErrorDto | null;
  /** A commit or rollback that was asked for. */
  readonly ending: 'commit' | 'rollback' | null;
  /** Values given in this tab, by name. */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

export interface QueryActions {
  /** Starts a run; does nothing while another one goes on. */
  readonly start: (parts: readonly RunPart[], settings: RunSettings) => void;
  /** Asks the server to stop. Asked a second time, it does not wait for the server any more. */
  readonly cancel: () => void;
  /** Ends the transaction. @returns whether that worked; why not is in the log */
  readonly endTransaction: (how: 'commit' | 'rollback') => Promise<boolean>;
  /** Gives the session back, with all that it holds. Why that failed is reported. */
  readonly endSession: () => Promise<void>;
  readonly show: (shown: Shown) => void;
  /** Keeps a result although its statement runs again, or not any more. */
  readonly togglePin: (resultId: ResultId) => void;
  /** A result of an earlier run is not wanted any more. */
  readonly closeKept: (resultId: ResultId) => void;
  /** The person has read why the session ended. */
  readonly dismissLost: () => void;
  readonly rememberParameters: (values: readonly ParameterValue[]) => void;
  /** What main says about the session outside of a run. */
  readonly takeEvent: (event: TabEvent) => void;
  /** Shows why something did not begin. */
  readonly report: (error: ErrorDto) => void;
  /** The tab is closed: nothing that comes later is heard. */
  readonly close: () => void;
}

export type QueryStore = QueryState & QueryActions;

const initialState: QueryState = {
  run: null,
  kept: [],
  pinned: new Set(),
  log: [],
  shown: { type: 'messages' },
  session: null,
  reading: null,
  lost: null,
  runError: null,
  ending: null,
  parameters: {},
};

/** Lines that outlive a run, because nobody may have read them yet. */
const maxKeptLines = 1_000;
const dropPauseMs = 5;
/** A run that says something sooner is not seen to begin: what it brings takes the place of what is shown. */
const quietMs = 100;

export const isRunning = ({ run }: Pick<QueryState, 'run'>): boolean =>
  run !== null && run.durationMs === null;

/** Null while there is none. */
export function transactionOf({ session }: Pick<QueryState, 'session'>): 'open' | 'failed' | null {
  const transaction = session?.transaction ?? 'none';
  return transaction === 'none' ? null : transaction;
}

/** Everything about the runs of one tab. */
class QueryRuns {
  readonly #tabId: TabId;
  readonly #ports: QueryPorts;
  readonly #set: StoreApi<QueryStore>['setState'];
  readonly #get: StoreApi<QueryStore>['getState'];
  /** Null once the stream of the run has ended, a moment after its last statement. */
  #stopStream: (() => void) | null = null;
  /** What was asked for in that moment. */
  #onStreamEnd: (() => void)[] = [];
  /** Shows a run that has been sent and has not said anything yet. */
  #begin: (() => void) | null = null;
  /** The data source of the run that was started last. */
  #sourceId: DataSourceId | null = null;
  #lineCount = 0;
  #isClosed = false;
  /** In this run somebody chose what to look at, or a failure did. */
  #isShownChosen = false;

  constructor(tabId: TabId, ports: QueryPorts, api: Pick<StoreApi<QueryStore>, 'setState' | 'getState'>) {
    this.#tabId = tabId;
    this.#ports = ports;
    this.#set = api.setState;
    this.#get = api.getState;
  }

  start(parts: readonly RunPart[], settings: RunSettings): void {
    if (this.#isClosed || this.#isBusy()) return;
    if (this.#stopStream !== null) {
      this.#onStreamEnd.push(() => this.start(parts, settings));
      return;
    }
    const run = newRun(crypto.randomUUID(), settings.sourceId, parts, this.#ports.now());
    this.#sourceId = settings.sourceId;
    const hear = (work: () => void): void => {
      this.#beginNow();
      if (!this.#isClosed && this.#get().run?.id === run.id) work();
    };
    const stopWaiting = this.#ports.after(quietMs, () => this.#beginNow());
    this.#begin = () => {
      stopWaiting();
      this.#showRun(run);
    };
    this.#stopStream = this.#ports.openRun(
      {
        tabId: this.#tabId,
        statements: parts.map(({ text, data, modes }) => ({ text, data, modes })),
        ...settings,
      },
      {
        onBatch: (batch) => hear(() => this.#take(batch)),
        onEnd: () => hear(() => this.#end(null)),
        onError: (error) => hear(() => this.#end(errorDtoOf(error))),
      },
    );
  }

  cancel(): void {
    this.#beginNow();
    const { run } = this.#get();
    if (run === null || run.durationMs !== null) return;
    if (run.isCancelling) {
      this.#stopStream?.();
      this.#end(null);
      return;
    }
    this.#set({ run: { ...run, isCancelling: true } });
    this.#ports.call('query.cancel', { tabId: this.#tabId }).catch((error: unknown) => {
      if (this.#get().run?.id === run.id) this.#set({ runError: errorDtoOf(error) });
    });
  }

  async endTransaction(how: 'commit' | 'rollback'): Promise<boolean> {
    if (this.#get().ending !== null || this.#isBusy()) return false;
    this.#set({ ending: how, runError: null });
    try {
      if (this.#stopStream !== null) await new Promise<void>((resolve) => this.#onStreamEnd.push(resolve));
      await this.#ports.call(`query.${how}`, { tabId: this.#tabId });
      return true;
    } catch (error) {
      this.report(errorDtoOf(error));
      return false;
    } finally {
      this.#set({ ending: null });
    }
  }

  async endSession(): Promise<void> {
    try {
      await this.#ports.call('query.endSession', { tabId: this.#tabId });
    } catch (error) {
      this.report(errorDtoOf(error));
    }
  }

  show(shown: Shown): void {
    this.#beginNow();
    this.#isShownChosen = true;
    this.#set({ shown });
  }

  togglePin(resultId: ResultId): void {
    const pinned = new Set(this.#get().pinned);
    if (!pinned.delete(resultId)) pinned.add(resultId);
    this.#set({ pinned });
  }

  closeKept(resultId: ResultId): void {
    const { kept, pinned, run, shown } = this.#get();
    const left = kept.filter(({ result }) => result.resultId !== resultId);
    if (left.length === kept.length) return;
    this.#set({ kept: left, pinned: new Set([...pinned].filter((id) => id !== resultId)) });
    void this.#dropResults([resultId]);
    const isShown = shown.type === 'result' && shown.id === resultId;
    const next = run?.results[0] ?? left.at(-1)?.result;
    if (isShown) this.show(next === undefined ? { type: 'messages' } : { type: 'result', id: next.resultId });
  }

  takeEvent(event: TabEvent): void {
    this.#beginNow();
    if (event.type === 'session') this.#setSession(event.session);
    else if (event.type === 'lost') {
      this.#set({ lost: event.error });
      this.#setSession(null);
      this.#add({ type: 'lost', error: event.error });
    } else if (event.type === 'notice') this.#add({ type: 'notice', notice: event.notice });
    else this.#add({ type: 'notification', notification: event.notification });
  }

  report(error: ErrorDto): void {
    this.#beginNow();
    this.#set({ runError: error, shown: { type: 'messages' } });
  }

  close(): void {
    this.#beginNow();
    this.#isClosed = true;
    this.#stopStream?.();
  }

  #isBusy(): boolean {
    return this.#begin !== null || isRunning(this.#get());
  }

  #beginNow(): void {
    this.#begin?.();
  }

  /** In the place of the run before it. */
  #showRun(run: Run): void {
    this.#begin = null;
    const { kept, dropped } = resultsAfter(this.#get());
    void this.#dropResults(dropped);
    const log = this.#get()
      .log.filter((line) => line.content.type === 'notification')
      .slice(-maxKeptLines);
    this.#isShownChosen = false;
    this.#set({ run, kept, log, lost: null, runError: null, shown: { type: 'messages' } });
    this.#mark();
  }

  #add(content: LogContent): void {
    this.#append([{ at: this.#ports.now(), index: null, content }]);
  }

  #append(lines: readonly Omit<LogLine, 'id'>[]): void {
    if (lines.length === 0) return;
    const added = lines.map((line) => {
      this.#lineCount += 1;
      return { ...line, id: this.#lineCount };
    });
    this.#set(({ log }) => ({ log: [...log, ...added] }));
  }

  #take(batch: readonly RunMessage[]): void {
    const { run } = this.#get();
    if (run === null) return;
    const now = this.#ports.now();
    const change = new RunChange(run);
    let session: QuerySession | null | undefined;
    for (const message of batch) {
      if (message.type === 'session') session = message.session;
      else change.take(message, now);
    }
    // Whoever hears that the run has ended finds in the messages why.
    this.#append(change.lines);
    this.#set({ run: change.run(now) });
    this.#follow(change);
    if (session !== undefined) this.#setSession(session);
    this.#mark();
  }

  /** Shows the first result as soon as it has rows, and why a statement failed; not over what somebody chose. */
  #follow(change: RunChange): void {
    if (this.#isShownChosen) return;
    if (change.lines.some(({ content }) => content.type === 'failed')) {
      this.show({ type: 'messages' });
      return;
    }
    const first = this.#get().run?.results[0];
    const { shown } = this.#get();
    if (first !== undefined && shown.type === 'messages' && (first.rowCount > 0 || first.isComplete)) {
      this.#ports.readAhead(first);
      this.#set({ shown: { type: 'result', id: first.resultId } });
    }
  }

  #end(error: ErrorDto | null): void {
    const { run } = this.#get();
    this.#stopStream = null;
    if (run === null) return;
    // Mostly it has ended with its last statement, and nothing is drawn again.
    const ended = run.durationMs === null ? new RunChange(run).endedRun(this.#ports.now()) : run;
    if (ended !== run || error !== null) this.#set({ run: ended, runError: error });
    this.#mark();
    for (const work of this.#onStreamEnd.splice(0)) work();
  }

  #setSession(session: QuerySession | null): void {
    this.#set(({ reading }) => ({ session, reading: readingIn(session, this.#sourceId, reading) }));
    this.#mark();
  }

  #mark(): void {
    const state = this.#get();
    this.#ports.mark({ isRunning: isRunning(state), transaction: transactionOf(state) });
  }

  /** These results are not shown any more. One after the other: main takes 200 calls a second. */
  async #dropResults(resultIds: readonly ResultId[]): Promise<void> {
    for (const resultId of resultIds) {
      // One that is gone already is what is wanted.
      await this.#ports.call('results.drop', { resultId }).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, dropPauseMs));
    }
  }
}

/** What ran in one query tab, and what came of it. Messages of a run that is not the last one are dropped. */
export function createQueryStore(tabId: TabId, ports: QueryPorts) {
  return createStore<QueryStore>()((setState, getState) => {
    const runs = new QueryRuns(tabId, ports, { setState, getState });
    return {
      ...initialState,
      start: (parts, settings) => runs.start(parts, settings),
      cancel: () => runs.cancel(),
      endTransaction: (how) => runs.endTransaction(how),
      endSession: () => runs.endSession(),
      show: (shown) => runs.show(shown),
      togglePin: (resultId) => runs.togglePin(resultId),
      closeKept: (resultId) => runs.closeKept(resultId),
      dismissLost: () => setState({ lost: null }),
      rememberParameters: (values) =>
        setState(({ parameters }) => ({
          parameters: { ...parameters, ...Object.fromEntries(values.map((value) => [value.name, value])) },
        })),
      takeEvent: (event) => runs.takeEvent(event),
      report: (error) => runs.report(error),
      close: () => runs.close(),
    };
  });
}
