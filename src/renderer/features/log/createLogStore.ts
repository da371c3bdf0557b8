import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { LogBatch, LogFilter, LogLine, LogPlace } from '../../../shared/model/log.ts';
import type { call, openStream } from '../../lib/api.ts';
import { errorDtoOf } from '../../lib/errorText.ts';

export interface LogPorts {
  readonly call: typeof call;
  readonly openStream: typeof openStream;
}

/** A line with what tells it from all others. */
export interface KeyedLine {
  readonly key: number;
  readonly line: LogLine;
}

export interface LogStore {
  readonly filter: LogFilter;
  /** Newest first, as far as they were read. */
  readonly lines: readonly KeyedLine[];
  /** Came while the newest were not in view, newest first: shown when a person wants them. */
  readonly held: readonly KeyedLine[];
  /** Lines that are missing since the log was opened, because it was quicker than the window. */
  readonly skippedCount: number;
  /** Where older lines begin; null: all are read. */
  readonly before: LogPlace | null;
  /** Whether the first page is there. */
  readonly isRead: boolean;
  readonly isFollowing: boolean;
  readonly error: ErrorDto | null;
  readonly selectedKey: number | null;
  /** Reads the log anew and follows it, for as long as anybody watches. @returns ends it */
  readonly watch: () => () => void;
  /** Reads it anew, after a failure. */
  readonly retry: () => void;
  readonly setFilter: (change: Partial<LogFilter>) => void;
  /** Reads the next older page, unless one is being read or there is none. */
  readonly loadMore: () => Promise<void>;
  /** @param isFollowing false: lines that come are held */
  readonly follow: (isFollowing: boolean) => void;
  readonly select: (key: number | null) => void;
}

export const unfiltered: LogFilter = {
  level: 'info',
  scope: null,
  sourceId: null,
  correlationId: null,
  text: '',
};

const pageLength = 200;
/** More are not kept in the window: they stay in the file. */
const maxLineCount = 20_000;

const fresh = {
  lines: [],
  held: [],
  skippedCount: 0,
  before: null,
  isRead: false,
  isFollowing: true,
  error: null,
  selectedKey: null,
} as const;

interface LogContext extends LogPorts {
  readonly set: StoreApi<LogStore>['setState'];
  readonly get: StoreApi<LogStore>['getState'];
  readonly keyed: (line: LogLine) => KeyedLine;
}

/** What is read from main: the tail while somebody watches, and older pages. */
function createReading({ call, openStream, set, get, keyed }: LogContext) {
  let cancel: (() => void) | null = null;
  let older = new AbortController();

  const addNewest = (newest: readonly KeyedLine[]): void => {
    const { lines, held, isFollowing, before } = get();
    if (!isFollowing) {
      set({ held: [...newest, ...held].slice(0, maxLineCount) });
      return;
    }
    const all = [...newest, ...lines];
    // What is dropped here could only be read again from its place, which nobody knows.
    const isFull = all.length > maxLineCount;
    set({ lines: isFull ? all.slice(0, maxLineCount) : all, before: isFull ? null : before });
  };

  const take = (batch: LogBatch): void => {
    if (batch.type === 'page') {
      set({ lines: batch.page.lines.map(keyed), before: batch.page.before, isRead: true });
      return;
    }
    set({ skippedCount: get().skippedCount + batch.skippedCount });
    addNewest(batch.lines.map(keyed).reverse());
  };

  const stop = (): void => {
    cancel?.();
    cancel = null;
    older.abort();
  };

  return {
    stop,
    restart(): void {
      stop();
      older = new AbortController();
      set(fresh);
      cancel = openStream(
        'log.tail',
        { filter: get().filter, limit: pageLength },
        { onBatch: take, onEnd: () => undefined, onError: (error) => set({ error: errorDtoOf(error) }) },
      );
    },
    async readOlder(): Promise<void> {
      const { before, filter } = get();
      if (before === null) return;
      const { signal } = older;
      try {
        const page = await call('log.page', { filter, before, limit: pageLength }, { signal });
        if (signal.aborted) return;
        set({ lines: [...get().lines, ...page.lines.map(keyed)], before: page.before });
      } catch (error) {
        if (!signal.aborted) set({ error: errorDtoOf(error) });
      }
    },
  };
}

/** The log as it is looked at: older pages on demand, and new lines as they are written. */
export function createLogStore(ports: LogPorts): StoreApi<LogStore> {
  let nextKey = 0;
  const keyed = (line: LogLine): KeyedLine => ({ key: nextKey++, line });

  return createStore<LogStore>()((set, get) => {
    const { readOlder, restart, stop } = createReading({ ...ports, set, get, keyed });
    let watcherCount = 0;
    let isLoading = false;
    return {
      filter: unfiltered,
      ...fresh,
      watch() {
        watcherCount += 1;
        if (watcherCount === 1) restart();
        return () => {
          watcherCount -= 1;
          if (watcherCount === 0) stop();
        };
      },
      retry: restart,
      setFilter(change) {
        set({ filter: { ...get().filter, ...change } });
        if (watcherCount > 0) restart();
      },
      async loadMore() {
        if (isLoading) return;
        isLoading = true;
        await readOlder();
        isLoading = false;
      },
      follow(isFollowing) {
        const { held, lines, isFollowing: wasFollowing } = get();
        if (wasFollowing === isFollowing) return;
        set({ isFollowing, ...(isFollowing && { held: [], lines: [...held, ...lines] }) });
      },
      select: (selectedKey) => set({ selectedKey }),
    };
  });
}
