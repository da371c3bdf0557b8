import type { LayoutGraph, Part } from './graph.ts';

/** What stands in a column: a box, or the line of links that pass it. */
export interface Item {
  /** Null for a line. */
  readonly box: number | null;
  readonly height: number;
}

/** A piece of links between two neighbouring columns. Links to the same place share all but their last pieces. */
export interface Piece {
  /** Names the links that share it. */
  readonly bundle: string;
  /** Items by their place in `items`, and how far below their top the piece begins and ends. */
  readonly left: number;
  readonly right: number;
  readonly leftY: number;
  readonly rightY: number;
}

/** A part in columns, with lines in place of the links that pass boxes. */
export interface Columns {
  readonly items: readonly Item[];
  /** Items of each column, in no particular order yet. */
  readonly columns: readonly (readonly number[])[];
  /** The pieces between each column and the next one. */
  readonly gaps: readonly (readonly Piece[])[];
  /** The pieces of each link, from left to right, and the column that the first one begins in. */
  readonly ways: ReadonlyMap<number, { readonly column: number; readonly pieces: readonly Piece[] }>;
}

interface Ends {
  readonly box: number;
  readonly y: number;
}

/**
 * Lines begin in the middle of their column: where nothing says otherwise they stay there, and what a line leads to stands
 * on both sides of it, in each column.
 */
function withLinesInside(column: readonly number[], items: readonly Item[]): readonly number[] {
  const boxes = column.filter((item) => items[item]?.box !== null);
  const lines = column.filter((item) => items[item]?.box === null);
  return boxes.toSpliced(Math.ceil(boxes.length / 2), 0, ...lines);
}

/** Builds the items and pieces of a part. */
export function columnItems(
  { boxes, links }: LayoutGraph,
  part: Part,
  boxColumns: readonly (readonly number[])[],
): Columns {
  const items: Item[] = [];
  const columns = boxColumns.map((column) =>
    column.map((box) => items.push({ box, height: boxes[box]?.height ?? 0 }) - 1),
  );
  const columnOf = new Map(boxColumns.flatMap((column, at) => column.map((box) => [box, at] as const)));
  const itemOf = new Map(items.map(({ box }, item) => [box ?? -1, item]));
  const lines = new Map<string, number>();
  const pieces = new Map<string, Piece>();
  const gaps: Piece[][] = boxColumns.slice(1).map(() => []);
  const ways = new Map<number, { column: number; pieces: Piece[] }>();

  /** The line of a bundle through a column. */
  const lineIn = (bundle: string, column: number): number => {
    const key = `${bundle} ${column}`;
    const known = lines.get(key);
    if (known !== undefined) return known;
    const item = items.push({ box: null, height: 0 }) - 1;
    lines.set(key, item);
    columns[column]?.push(item);
    return item;
  };
  const pieceIn = (column: number, piece: Piece): Piece => {
    const key = `${piece.bundle} ${piece.left} ${piece.right} ${piece.leftY} ${piece.rightY}`;
    const known = pieces.get(key) ?? piece;
    if (known === piece) gaps[column]?.push(piece);
    pieces.set(key, known);
    return known;
  };
  const connect = (link: number, left: Ends, right: Ends, bundle: string): void => {
    const [first, last] = [columnOf.get(left.box) ?? 0, columnOf.get(right.box) ?? 0];
    const way: Piece[] = [];
    let [item, y] = [itemOf.get(left.box) ?? 0, left.y];
    for (let column = first; column < last; column += 1) {
      const isLast = column + 1 === last;
      const next = isLast ? (itemOf.get(right.box) ?? 0) : lineIn(bundle, column + 1);
      const nextY = isLast ? right.y : 0;
      way.push(pieceIn(column, { bundle, left: item, right: next, leftY: y, rightY: nextY }));
      [item, y] = [next, nextY];
    }
    ways.set(link, { column: first, pieces: way });
  };
  for (const link of part.links) {
    const { from, to, fromY, toY } = links[link] ?? { from: 0, to: 0, fromY: 0, toY: 0 };
    const isTurned = (columnOf.get(from) ?? 0) < (columnOf.get(to) ?? 0);
    const [one, other] = [
      { box: to, y: toY },
      { box: from, y: fromY },
    ];
    if (isTurned) connect(link, other, one, `${to} ${toY} turned`);
    else connect(link, one, other, `${to} ${toY}`);
  }
  return { items, columns: columns.map((column) => withLinesInside(column, items)), gaps, ways };
}
