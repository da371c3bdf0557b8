import type { Columns, Piece } from './columnItems.ts';

/** Sweeps to the right and back; more of them rarely find less crossings. */
const sweepCount = 12;

type Orders = number[][];

/** Where each item stands in its column, with a fraction for how far down a piece is fastened. */
function ranksOf(orders: Orders): ReadonlyMap<number, number> {
  return new Map(orders.flatMap((order) => order.map((item, rank) => [item, rank] as const)));
}

/** Counts in a tree of sums how many come before: quick also for a thousand pieces. */
function inversions(values: readonly number[], size: number): number {
  const sums = new Array<number>(size + 1).fill(0);
  let count = 0;
  for (const [seen, value] of values.entries()) {
    let below = 0;
    for (let at = value + 1; at > 0; at -= at & -at) below += sums[at] ?? 0;
    count += seen - below;
    for (let at = value + 1; at <= size; at += at & -at) sums[at] = (sums[at] ?? 0) + 1;
  }
  return count;
}

/** How often pieces between two columns cross. */
function crossingsOf(pieces: readonly Piece[], ranks: ReadonlyMap<number, number>, size: number): number {
  const rank = (item: number): number => ranks.get(item) ?? 0;
  const sorted = pieces.toSorted(
    (one, other) =>
      rank(one.left) - rank(other.left) ||
      one.leftY - other.leftY ||
      rank(one.right) - rank(other.right) ||
      one.rightY - other.rightY,
  );
  return inversions(
    sorted.map(({ right }) => rank(right)),
    size,
  );
}

function allCrossings({ gaps }: Columns, orders: Orders): number {
  const ranks = ranksOf(orders);
  return gaps.reduce(
    (sum, pieces, column) => sum + crossingsOf(pieces, ranks, orders[column + 1]?.length ?? 0),
    0,
  );
}

/** Puts a column in the order of the middle of what each item is connected with in the neighbouring one. */
function sortColumn(
  { items }: Columns,
  order: readonly number[],
  pieces: readonly Piece[],
  ranks: ReadonlyMap<number, number>,
  side: 'left' | 'right',
): number[] {
  const sums = new Map<number, { sum: number; count: number }>();
  for (const piece of pieces) {
    const [item, other] = side === 'left' ? [piece.right, piece.left] : [piece.left, piece.right];
    const y = side === 'left' ? piece.leftY : piece.rightY;
    const share = y / ((items[other]?.height ?? 0) + 1);
    const known = sums.get(item) ?? { sum: 0, count: 0 };
    sums.set(item, { sum: known.sum + (ranks.get(other) ?? 0) + share, count: known.count + 1 });
  }
  // What is connected with nothing there stays where it is.
  const middles = new Map(
    order.map((item, rank) => {
      const { sum, count } = sums.get(item) ?? { sum: rank, count: 1 };
      return [item, sum / count];
    }),
  );
  return order.toSorted((one, other) => (middles.get(one) ?? 0) - (middles.get(other) ?? 0));
}

/** Sorts one column after the other by the one before it, from the left or from the right. */
function sweptOrders(columns: Columns, orders: Orders, goesRight: boolean): Orders {
  const next = orders.map((order) => [...order]);
  const last = next.length - 1;
  for (let step = 1; step <= last; step += 1) {
    const column = goesRight ? step : last - step;
    const neighbour = goesRight ? column - 1 : column + 1;
    const pieces = columns.gaps[Math.min(column, neighbour)] ?? [];
    const ranks = ranksOf([next[neighbour] ?? []]);
    next[column] = sortColumn(columns, next[column] ?? [], pieces, ranks, goesRight ? 'left' : 'right');
  }
  return next;
}

/** Orders the items of each column so that few pieces cross. Others have their turn after each sweep. */
export function* orderColumns(columns: Columns): Generator<void, readonly (readonly number[])[]> {
  let orders: Orders = columns.columns.map((column) => [...column]);
  let best = orders;
  let bestCount = allCrossings(columns, orders);
  for (let sweep = 0; sweep < sweepCount && bestCount > 0; sweep += 1) {
    orders = sweptOrders(columns, orders, sweep % 2 === 0);
    const count = allCrossings(columns, orders);
    if (count < bestCount) [best, bestCount] = [orders, count];
    yield;
  }
  return best;
}
