interface StatusSource<Status> {
  readonly ask: () => Promise<Status>;
  readonly onTold: (listener: (status: Status) => void) => () => void;
  /** All that main told is stale. */
  readonly onStale?: (listener: () => void) => () => void;
  readonly take: (status: Status) => void;
}

/**
 * Asks main how something stands, and follows what it tells by itself: what it told meanwhile is newer than its answer. A
 * failure to answer is no news here: whatever needs main tells the reason where it matters.
 * @returns stops following
 */
export function followStatus<Status>({ ask, onTold, onStale, take }: StatusSource<Status>): () => void {
  let toldCount = 0;
  const load = (): void => {
    const before = toldCount;
    ask().then(
      (status) => {
        if (before === toldCount) take(status);
      },
      () => undefined,
    );
  };
  const stopTold = onTold((status) => {
    toldCount += 1;
    take(status);
  });
  const stopStale = onStale?.(load);
  load();
  return () => {
    stopTold();
    stopStale?.();
  };
}
