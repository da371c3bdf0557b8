import type { ActivityColumn } from '../../../shared/model/serverActivity.ts';

export interface SessionColumn {
  readonly key: ActivityColumn;
  /** Its width, as a grid writes it. */
  readonly track: string;
  readonly isNumber: boolean;
  /** At least so wide, in pixels. */
  readonly minPx: number;
  /** Those with the highest number go first when there is no room; 0: never. The details show them all. */
  readonly dropsAt: number;
}

const column = (key: ActivityColumn, minPx: number, dropsAt = 0, isNumber = false): SessionColumn => ({
  key,
  track: `${minPx}px`,
  isNumber,
  minPx,
  dropsAt,
});

const columns: readonly SessionColumn[] = [
  column('number', 84),
  column('user', 104),
  column('database', 104, 4),
  column('application', 120, 5),
  column('client', 112, 6),
  column('state', 152),
  column('waitsFor', 136, 3),
  column('statementMs', 86, 0, true),
  column('transactionMs', 92, 2, true),
  { ...column('statement', 220), track: 'minmax(220px, 1fr)' },
];

/** A tree of those that wait for each other is about what each waits for. */
const treeColumns = columns.map((one) => {
  if (one.key === 'waitsFor') return column('waitsFor', 176);
  if (one.key === 'statement') return { ...column('statement', 170), track: 'minmax(170px, 1fr)' };
  return one.key === 'user' ? { ...one, dropsAt: 1 } : one;
});

const widthOf = (columns: readonly SessionColumn[]): number =>
  columns.reduce((sum, { minPx }) => sum + minPx, 0);

/** How wide a line is, and the cells in it: as wide as the table, unless its columns need more. */
export interface LineStyle {
  readonly gridTemplateColumns: string;
  readonly width: string;
}

export const lineStyle = (columns: readonly SessionColumn[]): LineStyle => ({
  gridTemplateColumns: columns.map(({ track }) => track).join(' '),
  width: `max(100%, ${widthOf(columns)}px)`,
});

/** The columns that there is room for. @param isTree of those that wait for each other */
export function columnsFor(widthPx: number, isTree: boolean): readonly SessionColumn[] {
  let shown = isTree ? treeColumns : columns;
  while (widthPx > 0 && widthOf(shown) > widthPx) {
    const next = Math.max(...shown.map(({ dropsAt }) => dropsAt));
    if (next === 0) break;
    shown = shown.filter(({ dropsAt }) => dropsAt !== next);
  }
  return shown;
}
