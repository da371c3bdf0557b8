import type { Diagram, DiagramColumn, DiagramTable } from '../../../shared/model/diagrams.ts';
import type { TabOf } from '../../../shared/model/tabs.ts';
import { diagramText } from '../../text/diagram.ts';
import { visibleName } from '../schema/index.ts';
import type { LayoutGraph, Size } from './layout/graph.ts';
import { tableLabel } from './tableLabel.ts';
import { fittingText, textWidth } from './textWidth.ts';

export type ColumnsShown = TabOf<'diagram'>['columns'];

/** Sizes in a box. */
export const boxShape = {
  titleHeight: 28,
  titleSize: 13,
  rowHeight: 20,
  textSize: 12,
  /** Left and right of the texts. */
  padding: 10,
  /** Where names begin, behind the mark of a key. */
  nameLeft: 28,
  bottom: 5,
  radius: 6,
} as const;
const width = { min: 132, max: 320 };
const typeGap = 18;

/** What a column is marked with: a primary key above all. */
export type KeyMark = 'primary' | 'foreign' | 'unique' | null;

/** A line of a box. */
export interface BoxRow {
  /** The column; null for the line that says how many are left out. */
  readonly column: string | null;
  readonly mark: KeyMark;
  readonly name: string;
  readonly type: string;
  readonly isOptional: boolean;
}

/** A table as it is drawn, texts cut to its width. */
export interface TableBox extends Size {
  readonly table: DiagramTable;
  readonly title: string;
  /** What is read out. */
  readonly label: string;
  /** Named in the title when it is not the one that the diagram is of. */
  readonly isElsewhere: boolean;
  readonly rows: readonly BoxRow[];
}

function markOf({ isPrimaryKey, isForeignKey, isUnique }: DiagramColumn): KeyMark {
  if (isPrimaryKey) return 'primary';
  if (isForeignKey) return 'foreign';
  return isUnique ? 'unique' : null;
}

function shownColumns({ columns }: DiagramTable, shown: ColumnsShown): readonly DiagramColumn[] {
  if (shown === 'names') return [];
  return shown === 'all' ? columns : columns.filter((column) => column.isPrimaryKey || column.isForeignKey);
}

function rowsOf(table: DiagramTable, shown: ColumnsShown): readonly BoxRow[] {
  const rows = shownColumns(table, shown).map(
    (column): BoxRow => ({
      column: column.name,
      mark: markOf(column),
      name: visibleName(column.name),
      type: visibleName(column.type),
      isOptional: column.nullable,
    }),
  );
  const hidden = table.columnCount - table.columns.length;
  if (shown !== 'all' || hidden === 0) return rows;
  const name = diagramText.moreColumns(hidden);
  return [...rows, { column: null, mark: null, name, type: '', isOptional: true }];
}

/** A table of a diagram as a box. @param schema of which the diagram is */
export function boxOf(
  diagram: Diagram,
  index: number,
  table: DiagramTable,
  schema: string,
  shown: ColumnsShown,
): TableBox {
  const { padding, nameLeft, textSize, titleSize, titleHeight, rowHeight, bottom } = boxShape;
  const isElsewhere = table.schema !== schema;
  const title = isElsewhere
    ? `${visibleName(table.schema)}.${visibleName(table.name)}`
    : visibleName(table.name);
  const rows = rowsOf(table, shown);
  const typeRoom = (type: string): number => (type === '' ? 0 : typeGap + textWidth(type, textSize));
  const wanted = Math.max(
    textWidth(title, titleSize) * 1.06 + 2 * padding,
    ...rows.map(({ name, type }) => nameLeft + textWidth(name, textSize) + typeRoom(type) + padding),
  );
  const boxWidth = Math.round(Math.min(width.max, Math.max(width.min, wanted)));
  const room = boxWidth - nameLeft - padding;
  return {
    table,
    isElsewhere,
    label: tableLabel(diagram, index, title),
    title: fittingText(title, titleSize * 1.06, boxWidth - 2 * padding),
    rows: rows.map((row) => {
      // The name comes first: it gets what it needs, up to two thirds.
      const nameRoom = Math.min(
        textWidth(row.name, textSize),
        Math.max((room * 2) / 3, room - typeRoom(row.type)),
      );
      const name = fittingText(row.name, textSize, nameRoom);
      return { ...row, name, type: fittingText(row.type, textSize, room - nameRoom - typeGap) };
    }),
    width: boxWidth,
    height: titleHeight + rows.length * rowHeight + (rows.length === 0 ? 0 : bottom),
  };
}

/** The middle of the line of a column; of the title where it has none. */
function rowMiddle({ rows }: TableBox, column: string | undefined): number {
  const { titleHeight, rowHeight } = boxShape;
  const row = column === undefined ? -1 : rows.findIndex((one) => one.column === column);
  return row < 0 ? titleHeight / 2 : titleHeight + (row + 0.5) * rowHeight;
}

/** How far ends of two kinds at one place stand from its middle: bars beside rings could not be told apart. */
const endShift = 4.5;

/**
 * Where each key is fastened at the table that it refers to. Some keys have to be filled and others need not: where both
 * kinds refer to the same column, each has an end of its own.
 */
function targetHeights({ links }: Diagram, boxes: readonly TableBox[]): readonly number[] {
  const kinds = new Map<string, Set<boolean>>();
  const placeOf = ({ to, targetColumns }: Diagram['links'][number]): string => `${to} ${targetColumns[0]}`;
  for (const link of links) {
    const known = kinds.get(placeOf(link)) ?? new Set();
    kinds.set(placeOf(link), known.add(link.isOptional));
  }
  return links.map((link) => {
    const target = boxes[link.to];
    const middle = target === undefined ? 0 : rowMiddle(target, link.targetColumns[0]);
    if (kinds.get(placeOf(link))?.size !== 2) return middle;
    return middle + (link.isOptional ? endShift : -endShift);
  });
}

/** What the layout is told of a diagram. */
export function layoutGraphOf(diagram: Diagram, boxes: readonly TableBox[]): LayoutGraph {
  const heights = targetHeights(diagram, boxes);
  return {
    boxes: boxes.map(({ width: boxWidth, height }) => ({ width: boxWidth, height })),
    links: diagram.links.map(({ from, to, columns }, index) => {
      const source = boxes[from];
      return {
        from,
        to,
        fromY: source === undefined ? 0 : rowMiddle(source, columns[0]),
        toY: heights[index] ?? 0,
      };
    }),
  };
}
