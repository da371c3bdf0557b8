import type { LayoutGraph, Part } from './graph.ts';

/** What a column may be higher than a square of all boxes would be. */
const heightShare = 1.1;
/** Room that a box takes with the gap below it, and with the lines beside it. */
const gap = { across: 120, down: 28 };

/** An edge between two boxes of a part, from left to right: tables that others refer to stand on the left. */
interface Edge {
  readonly left: number;
  readonly right: number;
}

/** Links as edges; where they make a circle, some are turned around, so that none is left. */
function edgesWithoutCircles({ links }: LayoutGraph, part: Part): readonly Edge[] {
  const rightOf = new Map<number, number[]>(part.boxes.map((box) => [box, []]));
  for (const link of part.links) {
    const { from, to } = links[link] ?? { from: 0, to: 0 };
    rightOf.get(to)?.push(from);
  }
  const isOpen = new Set<number>();
  const isDone = new Set<number>();
  const edges: Edge[] = [];
  const visit = (start: number): void => {
    const path: { box: number; next: number }[] = [{ box: start, next: 0 }];
    isOpen.add(start);
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const right = rightOf.get(step.box)?.[step.next];
      step.next += 1;
      if (right === undefined) {
        isOpen.delete(step.box);
        isDone.add(step.box);
        path.pop();
      } else if (isOpen.has(right)) edges.push({ left: right, right: step.box });
      else {
        edges.push({ left: step.box, right });
        if (isDone.has(right)) continue;
        isOpen.add(right);
        path.push({ box: right, next: 0 });
      }
    }
  };
  // Those that refer to nothing first: they belong to the left.
  const refers = new Set(part.links.map((link) => links[link]?.from));
  for (const box of part.boxes.toSorted(
    (one, other) => Number(refers.has(one)) - Number(refers.has(other)),
  )) {
    if (!isDone.has(box)) visit(box);
  }
  return edges;
}

/** Boxes so that each comes behind all that stand left of it. */
function inOrder(boxes: readonly number[], edges: readonly Edge[]): readonly number[] {
  const waitsFor = new Map(boxes.map((box) => [box, 0]));
  const rightOf = new Map<number, number[]>();
  for (const { left, right } of edges) {
    waitsFor.set(right, (waitsFor.get(right) ?? 0) + 1);
    rightOf.set(left, [...(rightOf.get(left) ?? []), right]);
  }
  const ordered = boxes.filter((box) => waitsFor.get(box) === 0);
  for (const box of ordered) {
    for (const right of rightOf.get(box) ?? []) {
      const left = (waitsFor.get(right) ?? 0) - 1;
      waitsFor.set(right, left);
      if (left === 0) ordered.push(right);
    }
  }
  return ordered;
}

/** How far to the right each box belongs: as far left as its references allow, but next to those that refer to it. */
function wantedColumns(ordered: readonly number[], edges: readonly Edge[]): ReadonlyMap<number, number> {
  const columns = new Map(ordered.map((box) => [box, 0]));
  const columnOf = (box: number): number => columns.get(box) ?? 0;
  const ending = grouped(edges, ({ right }) => right);
  const starting = grouped(edges, ({ left }) => left);
  for (const box of ordered) {
    columns.set(box, Math.max(0, ...(ending.get(box) ?? []).map(({ left }) => columnOf(left) + 1)));
  }
  for (const box of ordered.toReversed()) {
    const [before, behind] = [ending.get(box) ?? [], starting.get(box) ?? []];
    if (behind.length === 0 || before.length > behind.length) continue;
    columns.set(box, Math.max(columnOf(box), Math.min(...behind.map(({ right }) => columnOf(right) - 1))));
  }
  return columns;
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => number): Map<number, Item[]> {
  const groups = new Map<number, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

/**
 * The columns of a part, from left to right: each link leads from one column to another one. A column that would be much
 * higher than the whole is wide goes on in the next one.
 */
export function columnsOf(graph: LayoutGraph, part: Part): readonly (readonly number[])[] {
  const edges = edgesWithoutCircles(graph, part);
  const first = inOrder(part.boxes, edges);
  const wanted = wantedColumns(first, edges);
  const ordered = first.toSorted((one, other) => (wanted.get(one) ?? 0) - (wanted.get(other) ?? 0));
  const sizes = part.boxes.map((box) => graph.boxes[box] ?? { width: 0, height: 0 });
  const area = sizes.reduce((sum, { width, height }) => sum + (width + gap.across) * (height + gap.down), 0);
  const highest = Math.max(0, ...sizes.map(({ height }) => height));
  const limit = Math.max(highest + gap.down, Math.sqrt(area) * heightShare);
  const leftOf = grouped(edges, ({ right }) => right);
  const columnOf = new Map<number, number>();
  const heights: number[] = [];
  const columns: number[][] = [];
  for (const box of ordered) {
    const height = (graph.boxes[box]?.height ?? 0) + gap.down;
    const behind = (leftOf.get(box) ?? []).map(({ left }) => (columnOf.get(left) ?? 0) + 1);
    let column = Math.max(wanted.get(box) ?? 0, 0, ...behind);
    while ((heights[column] ?? 0) > 0 && (heights[column] ?? 0) + height > limit) column += 1;
    columnOf.set(box, column);
    heights[column] = (heights[column] ?? 0) + height;
    while (columns.length <= column) columns.push([]);
    columns[column]?.push(box);
  }
  return columns;
}
