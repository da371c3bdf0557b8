import { createStore } from 'zustand/vanilla';
import type { ErrorDto } from '../../../../shared/errors/errorDto.ts';
import type { DataSourceId } from '../../../../shared/model/ids.ts';
import type { HistoryEntry } from '../../../../shared/model/query.ts';
import type { call } from '../../../lib/api.ts';
import { errorDtoOf } from '../../../lib/errorText.ts';

export interface HistoryPorts {
  readonly call: typeof call;
}

export interface HistoryStore {
  /** Newest first, as far as they were read. */
  readonly entries: readonly HistoryEntry[];
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  /** Whether a page has been read for this search. */
  readonly isRead: boolean;
  readonly error: ErrorDto | null;
  readonly search: string;
  readonly sourceId: DataSourceId | null;
  readonly selectedId: number | null;
  /** Reads the newest entries again. */
  readonly refresh: () => Promise<void>;
  readonly loadMore: () => Promise<void>;
  readonly setSearch: (search: string) => void;
  readonly setSource: (sourceId: DataSourceId | null) => void;
  readonly select: (id: number | null) => void;
  /**
   * All of a statement.
   * @throws ApiError
   */
  readonly wholeText: (entry: HistoryEntry) => Promise<string>;
  readonly clear: () => Promise<void>;
}

const pageSize = 100;

/** What ran, page by page from the newest on. Pages of another search are dropped. */
export function createHistoryStore({ call }: HistoryPorts) {
  return createStore<HistoryStore>()((set, get) => {
    let turn = 0;
    const load = async (before: readonly HistoryEntry[]): Promise<void> => {
      turn += 1;
      const own = turn;
      const { search, sourceId } = get();
      set({ isLoading: true, error: null });
      try {
        const beforeId = before.at(-1)?.id ?? null;
        const page = await call('history.page', { search, sourceId, beforeId, limit: pageSize });
        if (own !== turn) return;
        set({ entries: [...before, ...page.entries], hasMore: page.hasMore, isLoading: false, isRead: true });
      } catch (error) {
        if (own === turn) set({ error: errorDtoOf(error), isLoading: false });
      }
    };
    return {
      entries: [],
      hasMore: true,
      isLoading: false,
      isRead: false,
      error: null,
      search: '',
      sourceId: null,
      selectedId: null,
      refresh: () => load([]),
      async loadMore() {
        const { isLoading, hasMore, entries } = get();
        if (!isLoading && hasMore) await load(entries);
      },
      setSearch(search) {
        set({ search });
        void load([]);
      },
      setSource(sourceId) {
        set({ sourceId });
        void load([]);
      },
      select: (selectedId) => set({ selectedId }),
      async wholeText({ id, text, isShortened }) {
        return isShortened ? (await call('history.text', { id })).text : text;
      },
      async clear() {
        try {
          await call('history.clear', null);
          set({ selectedId: null });
        } catch (error) {
          set({ error: errorDtoOf(error) });
          return;
        }
        await load([]);
      },
    };
  });
}
