import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ErrorDto } from '../../../../shared/errors/errorDto.ts';
import type { PipelineId } from '../../../../shared/model/pipelines.ts';
import { finalRunStates, type Run, type RunId, type RunLogLine } from '../../../../shared/model/runs.ts';
import type { call, onEvent } from '../../../lib/api.ts';
import { errorDtoOf } from '../../../lib/errorText.ts';

interface RunsPorts {
  readonly call: typeof call;
  readonly onEvent: typeof onEvent;
  /** Runs work after so many milliseconds. @returns gives it up */
  readonly after: (delayMs: number, work: () => void) => () => void;
}

interface RunLog {
  readonly runId: RunId;
  readonly lines: readonly RunLogLine[];
  readonly error: ErrorDto | null;
}

export interface RunsStore {
  /** Newest first, as far as they were read. */
  readonly runs: readonly Run[];
  readonly isRead: boolean;
  readonly hasMore: boolean;
  readonly error: ErrorDto | null;
  readonly selectedId: RunId | null;
  /** Of the selected run; null until it was read. */
  readonly log: RunLog | null;
  /** Reads the newest runs and follows them; the returned function stops. */
  readonly watch: () => () => void;
  readonly refresh: () => Promise<void>;
  readonly loadMore: () => void;
  readonly select: (id: RunId) => void;
}

const pageLength = 50;
/** The log of a run that goes on is read again so often at most. */
const logPauseMs = 1_000;

const newestFirst = (left: Run, right: Run): number =>
  right.queuedAt - left.queuedAt || (left.id < right.id ? 1 : -1);

/** A run in its place: instead of itself as it was, or among the others. */
function withRun(runs: readonly Run[], run: Run, hasMore: boolean): readonly Run[] {
  const at = runs.findIndex(({ id }) => id === run.id);
  if (at >= 0) return runs.with(at, run);
  const last = runs.at(-1);
  // One that is older than all that were read comes with its page.
  if (hasMore && last !== undefined && newestFirst(run, last) > 0) return runs;
  return [...runs, run].sort(newestFirst);
}

type Listed = Pick<RunsStore, 'runs' | 'hasMore' | 'selectedId'>;

interface Page {
  readonly runs: readonly Run[];
  /** Whether it stands behind those that were read. */
  readonly isFurther: boolean;
  /** What came while it was asked for: newer than the page. */
  readonly told: Iterable<Run>;
}

/** What is listed with a page. The selected run stays so, if it is there; else the newest is. */
function withPage({ runs: before, selectedId }: Listed, { runs: page, isFurther, told }: Page): Listed {
  const ids = new Set(page.map(({ id }) => id));
  const known = isFurther ? before.filter(({ id }) => !ids.has(id)) : [];
  const hasMore = page.length === pageLength;
  let runs: readonly Run[] = [...known, ...page];
  for (const run of told) runs = withRun(runs, run, hasMore);
  const isKept = runs.some(({ id }) => id === selectedId);
  return { runs, hasMore, selectedId: isKept ? selectedId : (runs[0]?.id ?? null) };
}

/** What is listed with a run that has changed. Who looks at the newest run is shown the next one. */
function withChanged({ runs, hasMore, selectedId }: Listed, run: Run): Listed {
  const isNew = !runs.some(({ id }) => id === run.id);
  const wasNewest = selectedId === null || selectedId === runs[0]?.id;
  return {
    runs: withRun(runs, run, hasMore),
    hasMore,
    selectedId: isNew && wasNewest ? run.id : selectedId,
  };
}

interface RunsContext extends RunsPorts {
  readonly set: StoreApi<RunsStore>['setState'];
  readonly get: StoreApi<RunsStore>['getState'];
}

/** Reads the log of the selected run: at once, and while the run goes on, again after a pause. */
function createLogReading({ call: ask, after, set, get }: RunsContext) {
  let pause: (() => void) | null = null;
  let isReading = false;
  let isStale = false;

  const read = async (): Promise<void> => {
    const { selectedId } = get();
    if (selectedId === null) return;
    if (isReading) {
      isStale = true;
      return;
    }
    isReading = true;
    isStale = false;
    let log: RunLog;
    try {
      log = { runId: selectedId, lines: await ask('runs.log', { id: selectedId }), error: null };
    } catch (error) {
      const lines = get().log?.runId === selectedId ? (get().log?.lines ?? []) : [];
      log = { runId: selectedId, lines, error: errorDtoOf(error) };
    }
    isReading = false;
    if (get().selectedId === selectedId) set({ log });
    if (isStale) void read();
  };

  return {
    read,
    readSoon(): void {
      pause ??= after(logPauseMs, () => {
        pause = null;
        void read();
      });
    },
    stop(): void {
      pause?.();
      pause = null;
    },
  };
}

/** Reads pages, one at a time: a new reading from the beginning gives up the one before. */
function createPageReading(pipelineId: PipelineId, { call: ask, set, get }: RunsContext) {
  let turn = 0;
  let told: Map<RunId, Run> | null = null;
  return {
    isReading: (): boolean => told !== null,
    /** What came meanwhile. */
    note: (run: Run): void => void told?.set(run.id, run),
    giveUp(): void {
      turn += 1;
      told = null;
    },
    async read(before: RunId | null): Promise<void> {
      turn += 1;
      const own = turn;
      const meanwhile = new Map<RunId, Run>();
      told = meanwhile;
      try {
        const runs = await ask('runs.page', { pipelineId, before, limit: pageLength });
        if (own !== turn) return;
        const page = { runs, isFurther: before !== null, told: meanwhile.values() };
        set({ ...withPage(get(), page), isRead: true, error: null });
      } catch (error) {
        if (own === turn) set({ error: errorDtoOf(error) });
      } finally {
        if (own === turn) told = null;
      }
    },
  };
}

/** The runs of a pipeline, page by page and live, and the log of the one that is looked at. */
export function createRunsStore(pipelineId: PipelineId, ports: RunsPorts): StoreApi<RunsStore> {
  return createStore<RunsStore>()((set, get) => {
    const log = createLogReading({ ...ports, set, get });
    const pages = createPageReading(pipelineId, { ...ports, set, get });

    const refresh = async (): Promise<void> => {
      await pages.read(null);
      await log.read();
    };
    const take = (run: Run): void => {
      if (run.pipelineId !== pipelineId) return;
      pages.note(run);
      const before = get().selectedId;
      const listed = withChanged(get(), run);
      set(listed);
      if (listed.selectedId !== run.id) return;
      if (finalRunStates.has(run.state) || before !== run.id) void log.read();
      else log.readSoon();
    };

    return {
      runs: [],
      isRead: false,
      hasMore: false,
      error: null,
      selectedId: null,
      log: null,
      watch() {
        const stops = [
          ports.onEvent('runs.changed', take),
          ports.onEvent('store.replaced', () => void refresh()),
        ];
        void refresh();
        return () => {
          pages.giveUp();
          log.stop();
          for (const stop of stops) stop();
        };
      },
      refresh,
      loadMore() {
        const { hasMore, runs } = get();
        if (hasMore && !pages.isReading()) void pages.read(runs.at(-1)?.id ?? null);
      },
      select(selectedId) {
        if (selectedId === get().selectedId) return;
        set({ selectedId });
        void log.read();
      },
    };
  });
}
