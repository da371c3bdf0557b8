/** Resolves when the window has nothing else to do: for code that is not needed yet. */
export const whenIdle = (): Promise<void> =>
  new Promise((resolve) => {
    requestIdleCallback(() => resolve());
  });
