const moves: Readonly<Record<string, (at: number, last: number, page: number) => number>> = {
  ArrowUp: (at) => at - 1,
  ArrowDown: (at) => at + 1,
  PageUp: (at, _, page) => at - page,
  PageDown: (at, _, page) => at + page,
  Home: () => 0,
  End: (_, last) => last,
};

/**
 * Where a key moves the selection of a list; null for a key that does not.
 * @param at -1 when nothing is selected
 * @param page rows that a page key goes by
 */
export function listMove(key: string, at: number, count: number, page: number): number | null {
  const move = moves[key];
  const last = count - 1;
  return move === undefined ? null : Math.min(last, Math.max(0, move(at, last, page)));
}
