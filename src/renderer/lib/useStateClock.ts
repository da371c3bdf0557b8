import { useEffect, useState } from 'react';
import type { SourceState } from '../../shared/model/sourceState.ts';
import { labelTicks } from './stateLabel.ts';

/** Often enough that a countdown never skips a second. */
const tickMs = 250;

interface Anchor {
  readonly state: SourceState;
  /** The wall clock that the times of the state are from, at the moment the state came. */
  readonly wallMs: number;
  readonly steadyMs: number;
}

const anchorOf = (state: SourceState): Anchor => ({
  state,
  wallMs: Date.now(),
  steadyMs: performance.now(),
});

/**
 * The time (epoch milliseconds) to read a state's times by. It starts from the wall clock with each new state and then
 * goes on steadily: a countdown does not jump when the clock of the computer is set.
 */
export function useStateClock(state: SourceState): number {
  const [clock, setClock] = useState(() => ({ anchor: anchorOf(state), elapsedMs: 0 }));
  const isNew = clock.anchor.state !== state;
  const { anchor, elapsedMs } = isNew ? { anchor: anchorOf(state), elapsedMs: 0 } : clock;
  if (isNew) setClock({ anchor, elapsedMs });
  const isTicking = labelTicks(state);

  useEffect(() => {
    if (!isTicking) return;
    const timer = setInterval(
      () => setClock({ anchor, elapsedMs: performance.now() - anchor.steadyMs }),
      tickMs,
    );
    return () => clearInterval(timer);
  }, [isTicking, anchor]);
  return anchor.wallMs + elapsedMs;
}
