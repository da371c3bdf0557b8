import { createStore } from 'zustand/vanilla';
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
  /** Reads the log and follows it, until `stop`. */
  readonly start: () => void;
  readonly stop: () => void;
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

/** The log as it is looked at: older pages on demand, and new lines as they are written. */
export function createLogStore({ call, openStream }: LogPorts) {
  let nextKey = 0;
  let cancel: (() => void) | null = null;
  let reading = new AbortController();
  const keyed = (line: LogLine): KeyedLine => ({ key: nextKey++, line });

  return createStore<LogStore>()((set, get) => {
    const take = (batch: LogBatch): void => {
      if (batch.type === 'page') {
        set({ lines: batch.page.lines.map(keyed), before: batch.page.before, isRead: true });
        return;
      }
      const newest = batch.lines.map(keyed).reverse();
      const { lines, held, isFollowing, skippedCount, before } = get();
      set({ skippedCount: skippedCount + batch.skippedCount });
      if (!isFollowing) {
        set({ held: [...newest, ...held].slice(0, maxLineCount) });
        return;
      }
      const all = [...newest, ...lines];
      // What is dropped here could only be read again from its place, which nobody knows.
      if (all.length > maxLineCount) set({ lines: all.slice(0, maxLineCount), before: null });
      else set({ lines: all, before });
    };

    const restart = (): void => {
      cancel?.();
      reading.abort();
      reading = new AbortController();
      set(fresh);
      const input = { filter: get().filter, limit: pageLength };
      cancel = openStream('log.tail', input, {
        onBatch: take,
        onEnd: () => undefined,
        onError: (error) => set({ error: errorDtoOf(error) }),
      });
    };

    let isLoading = false;
    return {
      filter: unfiltered,
      ...fresh,
      start() {
        if (cancel === null) restart();
      },
      stop() {
        cancel?.();
        cancel = null;
        reading.abort();
      },
      setFilter(change) {
        set({ filter: { ...get().filter, ...change } });
        if (cancel !== null) restart();
      },
      async loadMore() {
        const { before, filter } = get();
        if (before === null || isLoading) return;
        isLoading = true;
        const { signal } = reading;
        try {
          const page = await call('log.page', { filter, before, limit: pageLength }, { signal });
          if (!signal.aborted)
            set({ lines: [...get().lines, ...page.lines.map(keyed)], before: page.before });
        } catch (error) {
          if (!signal.aborted) set({ error: errorDtoOf(error) });
        } finally {
          isLoading = false;
        }
      },
      follow(isFollowing) {
        if (get().isFollowing === isFollowing) return;
        const { held, lines } = get();
        if (isFollowing) set({ isFollowing, held: [], lines: [...held, ...lines] });
        else set({ isFollowing });
      },
      select: (selectedKey) => set({ selectedKey }),
    };
  });
}
