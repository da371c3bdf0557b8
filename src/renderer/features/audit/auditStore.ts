import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { AuditCheck, AuditEntry, AuditExportInput } from '../../../shared/model/audit.ts';
import type { call } from '../../lib/api.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import { afterFailure, type Loadable, latestValue } from '../../lib/loadable.ts';
import type { withProgress } from '../../lib/withProgress.ts';
import { auditText } from '../../text/audit.ts';
import { type AuditView, everything, filterOf } from './auditView.ts';

export interface AuditPorts {
  readonly call: typeof call;
  readonly withProgress: typeof withProgress;
  /** The names of data sources by their id. */
  readonly names: () => Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly reportExported: (entryCount: number, fileName: string) => void;
  /** Shows a failure that has no place of its own on the screen. */
  readonly reportError: (error: ErrorDto) => void;
}

export interface AuditStore {
  readonly opened: boolean;
  readonly view: AuditView;
  /** Newest first, as far as they were read. */
  readonly entries: readonly AuditEntry[];
  /** Where older ones begin; null: all are read. */
  readonly before: number | null;
  /** The list begins with the entry before this one; null: with the newest. */
  readonly startBefore: number | null;
  /** Whether the first page is there. */
  readonly isRead: boolean;
  readonly isLoading: boolean;
  /** Why the last page could not be read. */
  readonly error: ErrorDto | null;
  /** How many entries the view has; null while it is not known. */
  readonly count: number | null;
  readonly selected: number | null;
  readonly check: Loadable<AuditCheck>;
  readonly isExporting: boolean;
  /** @param check what was found before, to be shown from where it is broken */
  readonly open: (check?: AuditCheck | null) => void;
  readonly close: () => void;
  readonly setView: (change: Partial<AuditView>) => void;
  /** Shows all entries from a little above this one on, and selects it; null: from the newest. */
  readonly showFrom: (sequence: number | null) => void;
  /** Reads the next older page, unless one is being read or there is none. */
  readonly loadMore: () => Promise<void>;
  readonly select: (sequence: number | null) => void;
  readonly runCheck: () => Promise<void>;
  readonly exportAs: (format: AuditExportInput['format']) => Promise<void>;
  readonly cancelExport: () => void;
}

const pageSize = 200;
/** Newer entries that stand above the one that is jumped to. */
const contextCount = 5;

const unread = {
  entries: [],
  before: null,
  isRead: false,
  isLoading: false,
  error: null,
  count: null,
  selected: null,
} as const;

const fresh = { ...unread, view: everything, startBefore: null, check: { status: 'absent' } } as const;

interface Context extends AuditPorts {
  readonly set: StoreApi<AuditStore>['setState'];
  readonly get: StoreApi<AuditStore>['getState'];
}

/** The entries of a view, page by page, and their number. */
function createReading({ call, names, now, set, get }: Context) {
  let abort = new AbortController();
  let filter = filterOf(everything, {}, 0);

  const read = async (before: number | null): Promise<void> => {
    const { signal } = abort;
    set({ isLoading: true, error: null });
    try {
      let place = before;
      for (;;) {
        const page = await call('audit.page', { filter, before: place, limit: pageSize }, { signal });
        if (signal.aborted) return;
        place = page.before;
        // A page without any may only be a stretch without any.
        if (page.entries.length === 0 && place !== null) continue;
        const entries = [...get().entries, ...page.entries];
        set({ entries, before: place, isRead: true, isLoading: false });
        return;
      }
    } catch (error) {
      if (!signal.aborted) set({ error: errorDtoOf(error), isLoading: false });
    }
  };

  const countAll = async (): Promise<void> => {
    const { signal } = abort;
    try {
      const { count } = await call('audit.count', { filter }, { signal });
      if (!signal.aborted) set({ count });
    } catch {
      // The list says why nothing can be read.
    }
  };

  return {
    get filter() {
      return filter;
    },
    stop: () => abort.abort(),
    restart(change: Partial<AuditStore> = {}): void {
      abort.abort();
      abort = new AbortController();
      set({ ...unread, ...change });
      filter = filterOf(get().view, names(), now());
      void read(get().startBefore);
      void countAll();
    },
    async readOn(): Promise<void> {
      const { isLoading, isRead, before, error } = get();
      if (isLoading || (isRead && before === null && error === null)) return;
      await read(isRead ? before : get().startBefore);
    },
  };
}

/** The audit trail as it is looked at: read page by page, from the newest entry on. */
export function createAuditStore(ports: AuditPorts): StoreApi<AuditStore> {
  const { call, withProgress, reportError, reportExported } = ports;
  return createStore<AuditStore>()((set, get) => {
    const reading = createReading({ ...ports, set, get });
    let checking = new AbortController();
    let exporting = new AbortController();
    return {
      opened: false,
      ...fresh,
      isExporting: false,
      open(check = null) {
        if (!get().opened) reading.restart({ ...fresh, opened: true });
        if (check === null) return;
        set({ check: { status: 'loaded', value: check } });
        if (check.status === 'broken') get().showFrom(check.at);
      },
      close() {
        reading.stop();
        checking.abort();
        checking = new AbortController();
        set({ ...fresh, opened: false });
      },
      setView: (change) => reading.restart({ view: { ...get().view, ...change }, startBefore: null }),
      showFrom: (sequence) =>
        reading.restart(
          sequence === null
            ? { startBefore: null }
            : { view: everything, startBefore: sequence + contextCount + 1, selected: sequence },
        ),
      loadMore: () => reading.readOn(),
      select: (selected) => set({ selected }),
      async runCheck() {
        const before = get().check;
        if (before.status === 'loading') return;
        const { signal } = checking;
        const previous = latestValue(before);
        set({ check: { status: 'loading', previous } });
        try {
          const value = await call('audit.check', null, { signal });
          if (!signal.aborted) set({ check: { status: 'loaded', value } });
        } catch (error) {
          if (!signal.aborted) set({ check: afterFailure(error, previous) });
        }
      },
      async exportAs(format) {
        if (get().isExporting) return;
        exporting = new AbortController();
        set({ isExporting: true });
        try {
          const input = { filter: reading.filter, format };
          const done = await withProgress(
            auditText.exporting,
            (options) => call('audit.export', input, options),
            { outer: exporting.signal },
          );
          if (done !== null) reportExported(done.entryCount, done.fileName);
        } catch (error) {
          const dto = errorDtoOf(error);
          if (dto.code !== 'CANCELLED') reportError(dto);
        } finally {
          set({ isExporting: false });
        }
      },
      cancelExport: () => exporting.abort(),
    };
  });
}
