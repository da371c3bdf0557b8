import type { Columns, Piece } from './columnItems.ts';

/** Room between what stands below each other. */
const gaps = { boxes: 28, lines: 10, mixed: 18 };
const sweepCount = 10;
/** A line that runs straight is worth more than a box in the middle. */
const weights = { line: 6, box: 1, none: 0.05 };

interface Wish {
  readonly y: number;
  readonly weight: number;
}

/**
 * Places in a given order, each at least so far behind the one before, as close to what they wish as that allows: the
 * least sum of squares. Neighbours that push each other become a block, which stands at the mean of its wishes.
 */
function closestPlaces(wishes: readonly Wish[], distances: readonly number[]): readonly number[] {
  const blocks: { sum: number; weight: number; count: number }[] = [];
  let offset = 0;
  const offsets: number[] = [];
  for (const [at, { y, weight }] of wishes.entries()) {
    offsets.push(offset);
    let block = { sum: (y - offset) * weight, weight, count: 1 };
    for (let last = blocks.at(-1); last !== undefined; last = blocks.at(-1)) {
      if (last.sum / last.weight <= block.sum / block.weight) break;
      blocks.pop();
      block = {
        sum: last.sum + block.sum,
        weight: last.weight + block.weight,
        count: last.count + block.count,
      };
    }
    blocks.push(block);
    offset += distances[at] ?? 0;
  }
  const means = blocks.flatMap(({ sum, weight, count }) => new Array<number>(count).fill(sum / weight));
  return means.map((mean, at) => mean + (offsets[at] ?? 0));
}

function distancesOf({ items }: Columns, order: readonly number[]): readonly number[] {
  return order.map((item, rank) => {
    const [one, next] = [items[item], items[order[rank + 1] ?? -1]];
    const isLine = one?.box === null;
    const isNextLine = next?.box === null;
    const room = isLine && isNextLine ? gaps.lines : isLine || isNextLine ? gaps.mixed : gaps.boxes;
    return (one?.height ?? 0) + room;
  });
}

/** What each item of a column wishes: that its pieces on these sides run straight. */
function wishesOf(
  { items }: Columns,
  order: readonly number[],
  sides: readonly { readonly pieces: readonly Piece[]; readonly side: 'left' | 'right' }[],
  places: readonly number[],
): readonly Wish[] {
  const sums = new Map<number, { sum: number; weight: number }>();
  for (const { pieces, side } of sides) {
    for (const piece of pieces) {
      const isLeft = side === 'left';
      const [item, other] = isLeft ? [piece.right, piece.left] : [piece.left, piece.right];
      const [own, there] = isLeft ? [piece.rightY, piece.leftY] : [piece.leftY, piece.rightY];
      const isLine = items[item]?.box === null && items[other]?.box === null;
      const weight = isLine ? weights.line : weights.box;
      const known = sums.get(item) ?? { sum: 0, weight: 0 };
      const wished = (places[other] ?? 0) + there - own;
      sums.set(item, { sum: known.sum + wished * weight, weight: known.weight + weight });
    }
  }
  return order.map((item) => {
    const known = sums.get(item);
    return known === undefined
      ? { y: places[item] ?? 0, weight: weights.none }
      : { y: known.sum / known.weight, weight: known.weight };
  });
}

/** The columns of a sweep, and on which sides of each the links count: at first where things were placed just now. */
function sweepOf(sweep: number, columnCount: number) {
  const goesRight = sweep % 2 === 0;
  const all = Array.from({ length: columnCount }, (_, column) =>
    goesRight ? column : columnCount - 1 - column,
  );
  const sides: readonly ('left' | 'right')[] =
    sweep > sweepCount / 2 ? ['left', 'right'] : [goesRight ? 'left' : 'right'];
  return { columns: all, sides };
}

/** How far down each item stands. Nothing overlaps what is in its column; links are as straight as that allows. */
export function* placeItems(
  columns: Columns,
  orders: readonly (readonly number[])[],
): Generator<void, readonly number[]> {
  const places = new Array<number>(columns.items.length).fill(0);
  const distances = orders.map((order) => distancesOf(columns, order));
  const settle = (column: number, wishes: readonly Wish[]): void => {
    const found = closestPlaces(wishes, distances[column] ?? []);
    for (const [rank, item] of (orders[column] ?? []).entries()) places[item] = found[rank] ?? 0;
  };
  for (const [column, order] of orders.entries()) {
    settle(
      column,
      order.map(() => ({ y: 0, weight: 1 })),
    );
  }
  for (let sweep = 0; sweep < sweepCount; sweep += 1) {
    const { columns: swept, sides } = sweepOf(sweep, orders.length);
    for (const column of swept) {
      const pieces = sides.map((side) => ({
        pieces: columns.gaps[side === 'left' ? column - 1 : column] ?? [],
        side,
      }));
      settle(column, wishesOf(columns, orders[column] ?? [], pieces, places));
    }
    yield;
  }
  return places;
}
