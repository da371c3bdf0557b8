/** A column of a table of rows. */
export interface RowColumn<Key extends string = string> {
  readonly key: Key;
  /** Its width, as a grid writes it. */
  readonly track: string;
  readonly isNumber: boolean;
  /** At least so wide, in pixels. */
  readonly minPx: number;
  /** Those with the highest number go first when there is no room; 0: never. The details show them all. */
  readonly dropsAt: number;
  /** Default: true. */
  readonly isSortable?: boolean;
}

export const rowColumn = <Key extends string>(
  key: Key,
  minPx: number,
  dropsAt = 0,
  isNumber = false,
): RowColumn<Key> => ({ key, track: `${minPx}px`, isNumber, minPx, dropsAt });

const widthOf = (columns: readonly RowColumn[]): number => columns.reduce((sum, { minPx }) => sum + minPx, 0);

/** How wide a line is, and the cells in it: as wide as the table, unless its columns need more. */
export interface LineStyle {
  readonly gridTemplateColumns: string;
  readonly width: string;
}

export const lineStyle = (columns: readonly RowColumn[]): LineStyle => ({
  gridTemplateColumns: columns.map(({ track }) => track).join(' '),
  width: `max(100%, ${widthOf(columns)}px)`,
});

/** The columns that there is room for. */
export function fittingColumns<Key extends string>(
  columns: readonly RowColumn<Key>[],
  widthPx: number,
): readonly RowColumn<Key>[] {
  let shown = columns;
  while (widthPx > 0 && widthOf(shown) > widthPx) {
    const next = Math.max(...shown.map(({ dropsAt }) => dropsAt));
    if (next === 0) break;
    shown = shown.filter(({ dropsAt }) => dropsAt !== next);
  }
  return shown;
}
