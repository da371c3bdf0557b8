/** How the columns of a result are shown. Columns by their position in the result. */
export interface ColumnLayout {
  /** Those that are shown, from left to right. */
  readonly order: readonly number[];
  /** In pixels, by position. */
  readonly widths: readonly number[];
  /** So many of the first ones stay in sight. */
  readonly frozenCount: number;
}

const narrowestPx = 40;
const widestPx = 2_000;

export const firstLayout = (widths: readonly number[]): ColumnLayout => ({
  order: widths.map((_, position) => position),
  widths,
  frozenCount: 0,
});

export function withWidth(layout: ColumnLayout, position: number, width: number): ColumnLayout {
  const bounded = Math.round(Math.max(narrowestPx, Math.min(widestPx, width)));
  return { ...layout, widths: layout.widths.map((old, at) => (at === position ? bounded : old)) };
}

/** The last column that is shown stays. */
export function withHidden(layout: ColumnLayout, positions: ReadonlySet<number>): ColumnLayout {
  const order = layout.order.filter((position) => !positions.has(position));
  if (order.length === 0) return layout;
  const frozen = layout.order.slice(0, layout.frozenCount).filter((position) => !positions.has(position));
  return { ...layout, order, frozenCount: frozen.length };
}

/** All columns again, hidden ones behind their left neighbour. */
export function withAllShown(layout: ColumnLayout): ColumnLayout {
  const order = [...layout.order];
  const shown = new Set(order);
  for (let position = 0; position < layout.widths.length; position += 1) {
    if (shown.has(position)) continue;
    order.splice(position === 0 ? 0 : order.indexOf(position - 1) + 1, 0, position);
    shown.add(position);
  }
  return { ...layout, order };
}

/** Moves a shown column to another place; both are places in the order. A frozen one that leaves is frozen no more. */
export function withMoved(layout: ColumnLayout, from: number, to: number): ColumnLayout {
  const order = [...layout.order];
  const [moved] = order.splice(from, 1);
  if (moved === undefined) return layout;
  order.splice(to, 0, moved);
  const { frozenCount } = layout;
  const leaves = from < frozenCount && to >= frozenCount;
  const joins = from >= frozenCount && to < frozenCount;
  return { ...layout, order, frozenCount: frozenCount + (joins ? 1 : 0) - (leaves ? 1 : 0) };
}

export const withFrozen = (layout: ColumnLayout, count: number): ColumnLayout => ({
  ...layout,
  frozenCount: Math.max(0, Math.min(layout.order.length - 1, count)),
});

/** Where the columns are, in pixels from the left edge of the first one. Indexes are places in the order. */
export interface ColumnGeometry {
  readonly layout: ColumnLayout;
  /** Left edge of each column, and at last the right edge of the last one. */
  readonly edges: readonly number[];
  readonly frozenWidth: number;
}

export function geometryOf(layout: ColumnLayout): ColumnGeometry {
  const edges = [0];
  for (const position of layout.order) edges.push((edges.at(-1) ?? 0) + (layout.widths[position] ?? 0));
  return { layout, edges, frozenWidth: edges[layout.frozenCount] ?? 0 };
}

export const totalWidth = ({ edges }: ColumnGeometry): number => edges.at(-1) ?? 0;

/** The column at a place, bounded to the first and the last one. */
export function columnAt({ edges }: ColumnGeometry, x: number): number {
  let low = 0;
  let high = Math.max(0, edges.length - 2);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((edges[middle] ?? 0) <= x) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Most columns that a view of this width can show a part of, wherever it is scrolled to. */
export function mostColumnsIn({ edges, layout }: ColumnGeometry, width: number): number {
  let most = 0;
  let first = layout.frozenCount;
  for (let last = first; last < edges.length - 1; last += 1) {
    while ((edges[last] ?? 0) - (edges[first + 1] ?? 0) >= width) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
