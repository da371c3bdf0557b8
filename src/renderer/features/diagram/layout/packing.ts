import type { Point, Size } from './graph.ts';

/** Room between parts, and between tables that stand alone. */
const gaps = { parts: 64, tables: 28 };
/** As wide as most screens are in comparison to their height. */
const wantedRatio = 1.6;

interface Packed extends Size {
  /** The upper left corner of each. */
  readonly corners: readonly Point[];
}

/** About the shape that a window has. */
function wantedWidth(sizes: readonly Size[], gap: number): number {
  const area = sizes.reduce((sum, { width, height }) => sum + (width + gap) * (height + gap), 0);
  return Math.max(Math.sqrt(area * wantedRatio), ...sizes.map(({ width }) => width));
}

/** Puts parts in rows from left to right, the highest first. */
export function packed(sizes: readonly Size[]): Packed {
  const limit = wantedWidth(sizes, gaps.parts);
  const corners: Point[] = sizes.map(() => ({ x: 0, y: 0 }));
  const order = [...sizes.keys()].sort(
    (one, other) => (sizes[other]?.height ?? 0) - (sizes[one]?.height ?? 0) || one - other,
  );
  let [x, y, rowHeight, widest] = [0, 0, 0, 0];
  for (const part of order) {
    const { width, height } = sizes[part] ?? { width: 0, height: 0 };
    if (x > 0 && x + width > limit) [x, y, rowHeight] = [0, y + rowHeight + gaps.parts, 0];
    corners[part] = { x, y };
    x += width + gaps.parts;
    widest = Math.max(widest, x - gaps.parts);
    rowHeight = Math.max(rowHeight, height);
  }
  return { corners, width: widest, height: y + rowHeight };
}

/** Puts tables below what there is, in columns of one width, in their order: each where the least is above it. */
export function packedGrid(sizes: readonly Size[], above: Size): Packed {
  if (sizes.length === 0) return { corners: [], ...above };
  const columnWidth = Math.max(...sizes.map(({ width }) => width)) + gaps.tables;
  const wanted = Math.max(above.width, wantedWidth(sizes, gaps.tables));
  const count = Math.min(sizes.length, Math.max(1, Math.floor((wanted + gaps.tables) / columnWidth)));
  const top = above.height === 0 ? 0 : above.height + gaps.parts;
  const bottoms = new Array<number>(count).fill(top);
  const corners = sizes.map(({ height }) => {
    const column = bottoms.indexOf(Math.min(...bottoms));
    const corner = { x: column * columnWidth, y: bottoms[column] ?? top };
    bottoms[column] = corner.y + height + gaps.tables;
    return corner;
  });
  return {
    corners,
    width: Math.max(above.width, count * columnWidth - gaps.tables),
    height: Math.max(...bottoms) - gaps.tables,
  };
}
