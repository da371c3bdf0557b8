import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { TableLink, TableQuery } from '../../../shared/model/tableRows.ts';
import type { TabId } from '../../../shared/model/tabs.ts';
import { call } from '../../lib/api.ts';
import { errorDtoOf } from '../../lib/errorText.ts';
import { notifyFailure } from '../../lib/notifyFailure.ts';
import { endWork, showWork } from '../../lib/statusBar.ts';
import { relationText } from '../../text/relation.ts';
import type { DoneHere, GridResult } from '../grid/index.ts';

/** Rows of one call while all of them are loaded: few enough to see them come. */
const stepRowCount = 20_000;

interface TableState {
  /** The rows that are shown; those of the previous order or filters until the new ones are here. */
  readonly result: GridResult | null;
  readonly links: readonly TableLink[];
  /** What of the order and the filters of these rows was not done by the server. */
  readonly here: DoneHere;
  readonly error: ErrorDto | null;
}

const noTable: TableState = { result: null, links: [], here: { filters: [], sort: false }, error: null };

interface TableOptions {
  /** Reads again when it grows. */
  readonly revision: number;
  /** Reads nothing for now and shows what there is. */
  readonly isPaused: boolean;
}

/** The rows of a relation, read from the server as far as somebody has looked. Leaving cancels down to the server. */
export function useTable(tabId: TabId, query: TableQuery, { revision, isPaused }: TableOptions) {
  const [table, setTable] = useState(noTable);
  const controllerRef = useRef<AbortController | null>(null);
  const reader = useRef<{ wanted: number; isReading: boolean }>({ wanted: 0, isReading: false });
  const relationKey = JSON.stringify([query.sourceId, query.relation]);
  const shownKeyRef = useRef(relationKey);
  const key = JSON.stringify([relationKey, query.sort, query.filters, revision]);
  const open = useEffectEvent((signal: AbortSignal) => call('table.open', { tabId, ...query }, { signal }));

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the query
  useEffect(() => {
    if (isPaused) return;
    const controller = new AbortController();
    controllerRef.current = controller;
    reader.current = { wanted: 0, isReading: false };
    const isOther = shownKeyRef.current !== relationKey;
    shownKeyRef.current = relationKey;
    setTable((before) => (isOther ? noTable : { ...before, error: null }));
    open(controller.signal).then(
      ({ resultId, columns, links, progress, viewId, here }) => {
        if (controllerRef.current !== controller) return;
        setTable({ result: { resultId, columns, viewId, ...progress }, links, here, error: null });
      },
      (failure: unknown) => {
        if (controllerRef.current === controller) setTable({ ...noTable, error: errorDtoOf(failure) });
      },
    );
    return () => {
      controllerRef.current = null;
      controller.abort();
    };
  }, [key, isPaused]);

  const resultId = table.result?.resultId ?? null;
  /** Reads on until there are so many rows. @returns whether there are more */
  const readTo = useCallback(
    async (rowCount: number, signal?: AbortSignal): Promise<boolean> => {
      if (resultId === null) return false;
      const options = signal === undefined ? {} : { signal };
      const progress = await call('table.more', { resultId, rowCount }, options);
      setTable((state) =>
        state.result?.resultId === resultId ? { ...state, result: { ...state.result, ...progress } } : state,
      );
      return !progress.isComplete;
    },
    [resultId],
  );

  const needRows = useCallback(
    (upTo: number): void => {
      const state = reader.current;
      state.wanted = Math.max(state.wanted, upTo);
      if (state.isReading) return;
      state.isReading = true;
      readTo(state.wanted, controllerRef.current?.signal)
        .catch(notifyFailure)
        .finally(() => {
          state.isReading = false;
        });
    },
    [readTo],
  );

  return { table, needRows, readTo };
}

/** Reads all rows, step by step, with progress in the status bar. */
export async function readAllRows(
  name: string,
  from: number,
  expected: number | null,
  readTo: (rowCount: number, signal: AbortSignal) => Promise<boolean>,
): Promise<void> {
  const id = crypto.randomUUID();
  const controller = new AbortController();
  let rowCount = from;
  const show = (): void =>
    showWork({
      id,
      label: relationText.loadingAll(name),
      share: expected === null || expected === 0 ? null : Math.min(1, rowCount / expected),
      detail: relationText.progress(rowCount),
      cancel: () => controller.abort(),
    });
  show();
  try {
    for (let hasMore = true; hasMore && !controller.signal.aborted; show()) {
      rowCount += stepRowCount;
      hasMore = await readTo(rowCount, controller.signal);
    }
  } catch (failure) {
    notifyFailure(failure);
  } finally {
    endWork(id);
  }
}
