import { createStore } from 'zustand/vanilla';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { AuditCheck, AuditEntry } from '../../../shared/model/audit.ts';
import type { call } from '../../lib/api.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import { afterFailure, type Loadable, latestValue } from '../../lib/loadable.ts';

export interface AuditPorts {
  readonly call: typeof call;
}

export interface AuditStore {
  readonly opened: boolean;
  /** Newest first, as far as they were read. */
  readonly entries: readonly AuditEntry[];
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  /** Why the last page could not be read. */
  readonly error: ErrorDto | null;
  readonly check: Loadable<AuditCheck>;
  readonly open: () => void;
  readonly close: () => void;
  /** Reads the next older page, unless one is being read or there is none. */
  readonly loadMore: () => Promise<void>;
  readonly runCheck: () => Promise<void>;
}

const pageSize = 200;

const fresh = {
  entries: [],
  hasMore: true,
  isLoading: false,
  error: null,
  check: { status: 'absent' },
} as const;

/** The audit trail as it is looked at: read page by page, from the newest entry on. */
export function createAuditStore({ call }: AuditPorts) {
  return createStore<AuditStore>()((set, get) => {
    let abort = new AbortController();
    return {
      opened: false,
      ...fresh,
      open() {
        if (get().opened) return;
        set({ ...fresh, opened: true });
        void get().loadMore();
      },
      close() {
        abort.abort();
        abort = new AbortController();
        set({ ...fresh, opened: false });
      },
      async loadMore() {
        const { isLoading, hasMore, entries } = get();
        if (isLoading || !hasMore) return;
        const { signal } = abort;
        set({ isLoading: true, error: null });
        try {
          const input = { before: entries.at(-1)?.sequence ?? null, limit: pageSize };
          const page = await call('audit.page', input, { signal });
          if (signal.aborted) return;
          set({ entries: [...entries, ...page.entries], hasMore: page.hasMore, isLoading: false });
        } catch (error) {
          if (!signal.aborted) set({ error: errorDtoOf(error), isLoading: false });
        }
      },
      async runCheck() {
        const before = get().check;
        if (before.status === 'loading') return;
        const { signal } = abort;
        const previous = latestValue(before);
        set({ check: { status: 'loading', previous } });
        try {
          const value = await call('audit.check', null, { signal });
          if (!signal.aborted) set({ check: { status: 'loaded', value } });
        } catch (error) {
          if (!signal.aborted) set({ check: afterFailure(error, previous) });
        }
      },
    };
  });
}
