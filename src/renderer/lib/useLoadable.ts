import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { afterFailure, type Loadable, latestValue } from './loadable.ts';

interface Held<Value> {
  readonly key: string | null;
  readonly turn: number;
  readonly loadable: Loadable<Value>;
}

interface LoadOptions {
  /** Loads again when it changes, as `reload` does. */
  readonly revision?: number;
  /** Loads nothing for now and shows what there is. */
  readonly isPaused?: boolean;
}

/** What a component loads for itself, and what it can do about it. */
export interface LoadControl<Value> {
  readonly loadable: Loadable<Value>;
  /** Loads again; the present value stays visible meanwhile. */
  readonly reload: () => void;
  /** Gives the running load up, down to the server. */
  readonly cancel: () => void;
}

/**
 * Loads something for as long as the component shows it. A new key cancels the load of the old one and never shows its
 * value; unmounting and pausing cancel too.
 * @param key names what is loaded; null loads nothing
 */
export function useLoadable<Value>(
  key: string | null,
  load: (signal: AbortSignal) => Promise<Value>,
  { revision = 0, isPaused = false }: LoadOptions = {},
): LoadControl<Value> {
  const [reloadCount, setReloadCount] = useState(0);
  const turn = reloadCount + revision;
  const [held, setHeld] = useState<Held<Value>>({ key: null, turn, loadable: { status: 'absent' } });
  const controllerRef = useRef<AbortController | null>(null);
  const startLoad = useEffectEvent(load);

  useEffect(() => {
    if (key === null || isPaused) return;
    const controller = new AbortController();
    controllerRef.current = controller;
    const settle = (change: (previous: Value | null) => Loadable<Value>): void => {
      if (controllerRef.current !== controller) return;
      setHeld((before) => ({
        key,
        turn,
        loadable: change(before.key === key ? latestValue(before.loadable) : null),
      }));
    };
    settle((previous) => ({ status: 'loading', previous }));
    startLoad(controller.signal).then(
      (value) => settle(() => ({ status: 'loaded', value })),
      (error: unknown) => settle((previous) => afterFailure(error, previous)),
    );
    return () => {
      controllerRef.current = null;
      controller.abort();
    };
  }, [key, turn, isPaused]);

  const reload = useCallback(() => setReloadCount((count) => count + 1), []);
  const cancel = useCallback(() => controllerRef.current?.abort(), []);
  return { loadable: currentOf(held, key, turn, isPaused), reload, cancel };
}

/** Between a change of key and the effect that follows it, nothing of the old key may be drawn. */
function currentOf<Value>(
  held: Held<Value>,
  key: string | null,
  turn: number,
  isPaused: boolean,
): Loadable<Value> {
  if (key === null) return { status: 'absent' };
  const previous = held.key === key ? latestValue(held.loadable) : null;
  if (isPaused) return previous === null ? { status: 'absent' } : { status: 'loaded', value: previous };
  return held.key === key && held.turn === turn ? held.loadable : { status: 'loading', previous };
}
