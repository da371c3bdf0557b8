import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { PipelineId } from '../../../shared/model/pipelines.ts';
import type { PipelineSummary } from '../../../shared/model/pipelineViews.ts';
import type { Run } from '../../../shared/model/runs.ts';
import type { call, onEvent } from '../../lib/api.ts';
import { compareNames } from '../../lib/compareNames.ts';
import { errorDtoOf } from '../../lib/errorText.ts';

interface PipelinesPorts {
  readonly call: typeof call;
  readonly onEvent: typeof onEvent;
}

export interface PipelinesStore {
  /** By name. */
  readonly pipelines: readonly PipelineSummary[];
  /** Whether main has answered. */
  readonly isRead: boolean;
  readonly error: ErrorDto | null;
  readonly search: string;
  readonly selectedId: PipelineId | null;
  /** Follows main for as long as anybody looks; the returned function stops. */
  readonly watch: () => () => void;
  readonly refresh: () => Promise<void>;
  readonly setSearch: (search: string) => void;
  readonly select: (id: PipelineId | null) => void;
}

const byName = (left: PipelineSummary, right: PipelineSummary): number =>
  compareNames(left.name, right.name) || (left.id < right.id ? -1 : 1);

function withSummary(
  pipelines: readonly PipelineSummary[],
  summary: PipelineSummary,
): readonly PipelineSummary[] {
  const at = pipelines.findIndex(({ id }) => id === summary.id);
  if (pipelines[at]?.name === summary.name) return pipelines.with(at, summary);
  return [...pipelines.filter(({ id }) => id !== summary.id), summary].sort(byName);
}

const withoutPipeline = (
  { pipelines, selectedId }: PipelinesStore,
  id: PipelineId,
): Pick<PipelinesStore, 'pipelines' | 'selectedId'> => ({
  pipelines: pipelines.filter((one) => one.id !== id),
  selectedId: selectedId === id ? null : selectedId,
});

/** A run is shown in place of the same one as it was, or of one that was asked for earlier. */
function withRun(pipelines: readonly PipelineSummary[], run: Run): readonly PipelineSummary[] {
  const at = pipelines.findIndex(({ id }) => id === run.pipelineId);
  const summary = pipelines[at];
  if (summary === undefined) return pipelines;
  const { run: shown } = summary;
  if (shown !== null && shown.id !== run.id && shown.queuedAt > run.queuedAt) return pipelines;
  return pipelines.with(at, { ...summary, run });
}

/** What main said while it was asked is newer than its answer. */
interface Told {
  readonly changed: Map<PipelineId, PipelineSummary | null>;
  readonly runs: Map<PipelineId, Run>;
}

function withTold(answer: readonly PipelineSummary[], { changed, runs }: Told): readonly PipelineSummary[] {
  const kept = answer.filter(({ id }) => !changed.has(id));
  const summaries = [...kept, ...[...changed.values()].filter((summary) => summary !== null)].sort(byName);
  return [...runs.values()].reduce(withRun, summaries as readonly PipelineSummary[]);
}

/** The list of pipelines, as main tells it. */
export function createPipelinesStore({ call: ask, onEvent: on }: PipelinesPorts): StoreApi<PipelinesStore> {
  return createStore<PipelinesStore>()((set) => {
    let watcherCount = 0;
    let turn = 0;
    let told: Told | null = null;
    let stops: readonly (() => void)[] = [];

    const refresh = async (): Promise<void> => {
      turn += 1;
      const own = turn;
      told = { changed: new Map(), runs: new Map() };
      const meanwhile = told;
      try {
        const answer = await ask('pipelines.list', null);
        if (own === turn) set({ pipelines: withTold(answer, meanwhile), isRead: true, error: null });
      } catch (error) {
        if (own === turn) set({ error: errorDtoOf(error) });
      } finally {
        if (own === turn) told = null;
      }
    };

    const follow = (): readonly (() => void)[] => [
      on('pipelines.changed', (change) => {
        if (change.type === 'changed') {
          told?.changed.set(change.summary.id, change.summary);
          set(({ pipelines }) => ({ pipelines: withSummary(pipelines, change.summary) }));
          return;
        }
        told?.changed.set(change.id, null);
        set((state) => withoutPipeline(state, change.id));
      }),
      on('runs.changed', (run) => {
        told?.runs.set(run.pipelineId, run);
        set(({ pipelines }) => ({ pipelines: withRun(pipelines, run) }));
      }),
      on('store.replaced', () => void refresh()),
    ];

    return {
      pipelines: [],
      isRead: false,
      error: null,
      search: '',
      selectedId: null,
      watch() {
        watcherCount += 1;
        if (watcherCount === 1) {
          stops = follow();
          void refresh();
        }
        let isWatching = true;
        return () => {
          if (!isWatching) return;
          isWatching = false;
          watcherCount -= 1;
          if (watcherCount > 0) return;
          for (const stop of stops) stop();
        };
      },
      refresh,
      setSearch: (search) => set({ search }),
      select: (selectedId) => set({ selectedId }),
    };
  });
}
