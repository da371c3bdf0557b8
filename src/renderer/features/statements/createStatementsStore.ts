import { createStore } from 'zustand/vanilla';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { maxStatementCount, type StatementPage } from '../../../shared/model/statementStatistics.ts';
import type { call } from '../../lib/api.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import { noStatements, type SourceStatements, type StatementsState } from './statementsState.ts';

/** How often what is on the screen is asked for again. */
const refreshMs = 2_000;

/** Does something now, and again and again until the returned function is called. */
function repeated(work: () => Promise<void>): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isOver = false;
  const run = (): void => {
    void work().then(() => {
      if (!isOver) timer = setTimeout(run, refreshMs);
    });
  };
  run();
  return () => {
    isOver = true;
    if (timer !== null) clearTimeout(timer);
  };
}

/** The statistics of statements, for the data sources whose statements are on the screen. */
export function createStatementsStore({ call: callMain }: { readonly call: typeof call }) {
  return createStore<StatementsState>()((set, get) => {
    const of = (id: DataSourceId): SourceStatements => get().byId[id] ?? noStatements;
    const patch = (id: DataSourceId, change: Partial<SourceStatements>): void =>
      set(({ byId }) => ({ byId: { ...byId, [id]: { ...(byId[id] ?? noStatements), ...change } } }));
    /** What was asked for last counts, whichever answer comes last. */
    const asked = new Map<DataSourceId, number>();
    /** Revisions of the pages that show what is searched for now. */
    const shown = new Map<DataSourceId, number>();

    async function load(id: DataSourceId): Promise<void> {
      const number = (asked.get(id) ?? 0) + 1;
      asked.set(id, number);
      const isLatest = () => asked.get(id) === number;
      const { search, sort } = of(id);
      const range = { offset: 0, limit: maxStatementCount, revision: shown.get(id) ?? null };
      try {
        const page = await callMain('statistics.page', { id, search, sort, ...range });
        if (isLatest()) await show(id, page);
      } catch (error) {
        if (isLatest()) patch(id, { failure: errorDtoOf(error) });
      }
    }

    /** @param page null when nothing has changed */
    async function show(id: DataSourceId, page: StatementPage | null): Promise<void> {
      patch(id, { failure: null, ...(page !== null && { page }) });
      if (page === null) return;
      shown.set(id, page.revision);
      const { selected } = of(id);
      if (selected !== null) await loadDetail(id, selected);
    }

    async function loadDetail(id: DataSourceId, fingerprint: string): Promise<void> {
      const detail = await get().detailOf(id, fingerprint);
      if (of(id).selected === fingerprint) patch(id, { detail, ...(detail === null && { selected: null }) });
    }

    const refresh = (id: DataSourceId) => {
      shown.delete(id);
      return load(id);
    };
    return {
      byId: {},
      watch(id) {
        shown.delete(id);
        return repeated(() => load(id));
      },
      refresh,
      setSearch(id, search) {
        patch(id, { search });
        void refresh(id);
      },
      sortBy(id, column) {
        const { sort } = of(id);
        const isDescending = sort.column === column ? !sort.isDescending : column !== 'statement';
        patch(id, { sort: { column, isDescending } });
        void refresh(id);
      },
      select(id, fingerprint) {
        const { detail } = of(id);
        patch(id, { selected: fingerprint, detail: detail?.fingerprint === fingerprint ? detail : null });
        if (fingerprint !== null) void loadDetail(id, fingerprint);
      },
      detailOf: (id, fingerprint) => callMain('statistics.statement', { id, fingerprint }).catch(() => null),
      askReset: (id, isAskingReset) => patch(id, { isAskingReset }),
      async reset(id) {
        patch(id, { isAskingReset: false });
        try {
          await callMain('statistics.reset', { id });
          patch(id, { selected: null, detail: null });
          await refresh(id);
        } catch (error) {
          patch(id, { failure: errorDtoOf(error) });
        }
      },
    };
  });
}
