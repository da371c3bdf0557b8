import { useEffect, useRef, useState } from 'react';
import type { FindInput } from '../../../shared/model/results.ts';
import { call } from '../../lib/api.ts';
import { notifyFailure } from '../../lib/notifyFailure.ts';
import { withProgress } from '../../lib/withProgress.ts';
import { gridText } from '../../text/grid.ts';
import { activeCellOf, type GridState, type GridStore } from './createGridStore.ts';
import { oneCell } from './selection/gridSelection.ts';

type FindStatus =
  | { readonly type: 'idle' | 'searching' | 'none' }
  | { readonly type: 'found'; readonly row: number; readonly hasWrapped: boolean };

/** Matches in hidden columns that are passed over before it gives up. */
const maxPassedOver = 100;

type Wanted = Pick<FindInput, 'text' | 'matchesCase' | 'backwards'>;

/** The next match in a column that is shown, behind the active cell; null when there is none. */
async function findShown(state: GridState, wanted: Wanted, signal: AbortSignal) {
  const { result, viewId, geometry } = state;
  if (result === null) return null;
  const { order } = geometry.layout;
  const active = activeCellOf(state);
  let after: FindInput['after'] = active === null ? null : { row: active.row, column: active.position };
  for (let passed = 0; passed < maxPassedOver; passed += 1) {
    const input: FindInput = { resultId: result.resultId, viewId, ...wanted, after };
    const found = await withProgress(
      gridText.find.work(wanted.text),
      (options) => call('results.find', input, options),
      { outer: signal },
    );
    if (found === null) return null;
    const place = order.indexOf(found.column);
    if (place >= 0) return { ...found, place };
    after = { row: found.row, column: found.column };
  }
  return null;
}

/** Finds a text in the cells of a grid, from the active one on, and makes the cell found the active one. */
export function useFind(store: GridStore) {
  const [status, setStatus] = useState<FindStatus>({ type: 'idle' });
  const controllerRef = useRef<AbortController | null>(null);
  useEffect(() => () => controllerRef.current?.abort(), []);

  const search = async (text: string, matchesCase: boolean, backwards: boolean, signal: AbortSignal) => {
    const found = await findShown(store.getState(), { text, matchesCase, backwards }, signal);
    if (signal.aborted) return;
    if (found === null) setStatus({ type: 'none' });
    else {
      store.getState().select(oneCell({ row: found.row, column: found.place }));
      setStatus({ type: 'found', row: found.row, hasWrapped: found.hasWrapped });
    }
  };

  const find = (text: string, matchesCase: boolean, backwards: boolean): void => {
    controllerRef.current?.abort();
    if (text === '') {
      setStatus({ type: 'idle' });
      return;
    }
    const controller = new AbortController();
    controllerRef.current = controller;
    setStatus({ type: 'searching' });
    search(text, matchesCase, backwards, controller.signal).catch((error: unknown) => {
      if (controllerRef.current !== controller) return;
      setStatus({ type: 'idle' });
      notifyFailure(error);
    });
  };
  const stop = (): void => {
    controllerRef.current?.abort();
    setStatus({ type: 'idle' });
  };
  return { status, find, stop };
}
