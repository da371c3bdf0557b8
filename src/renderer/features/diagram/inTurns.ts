/** Longest time that work runs before keys and the screen get their turn. */
const turnMs = 8;

const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, 0);
  });

/** Runs work that pauses by itself to its end, in short turns. @returns null when it was given up */
export async function inTurns<Value>(
  work: Generator<void, Value>,
  signal: AbortSignal,
): Promise<Value | null> {
  for (;;) {
    const began = performance.now();
    do {
      const { done, value } = work.next();
      if (done === true) return value;
    } while (performance.now() - began < turnMs);
    await nextTurn();
    if (signal.aborted) return null;
  }
}
