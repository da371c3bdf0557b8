import { useCallback, useDeferredValue, useSyncExternalStore } from 'react';
import type { StoreApi } from 'zustand';

/** A store that is only looked at. */
export type ReadableStore<State> = Pick<StoreApi<State>, 'getState' | 'subscribe'>;

/** As zustand's `useStore`, but while it is not wanted a change is no reason to render: nobody sees it. */
export function useStoreWhile<State, Value>(
  store: ReadableStore<State>,
  isWanted: boolean,
  select: (state: State) => Value,
): Value {
  const subscribe = useCallback(
    (onChange: () => void) => (isWanted ? store.subscribe(onChange) : () => undefined),
    [store, isWanted],
  );
  return useSyncExternalStore(subscribe, () => select(store.getState()));
}

/** The same, for what is drawn behind what a person does meanwhile. */
export const useStoreBehind: typeof useStoreWhile = (store, isWanted, select) =>
  useDeferredValue(useStoreWhile(store, isWanted, select));
