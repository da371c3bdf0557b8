import { formatCount } from '../../../lib/format.ts';
import classes from '../Grid.module.css';
import { isInRange } from '../selection/gridSelection.ts';
import { CellNode } from './CellNode.ts';
import { type GridModel, isNumeric, rowHeightPx } from './GridModel.ts';
import { newElement } from './newElement.ts';

/** The cells that a pane shows. Columns by their place among those shown. */
export interface PaneView {
  readonly firstRow: number;
  /** Rows on the screen; the same number wherever it is scrolled to. */
  readonly rowSlots: number;
  /** The row at the upper edge of the pane's own coordinates. */
  readonly baseRow: number;
  readonly firstPlace: number;
  readonly columnSlots: number;
  /** Behind the last column of the pane. */
  readonly endPlace: number;
  /** Add to the edge of a column, in pixels. */
  readonly left: number;
}

interface RowNode {
  readonly element: HTMLElement;
  readonly gutter: HTMLElement | null;
  readonly cells: readonly CellNode[];
  row: number;
  baseRow: number;
}

/**
 * The rows of one side of the grid, frozen or not. A row, or a column, always stands in the same slot of a ring, so that
 * scrolling by one writes one and leaves the others alone.
 */
export class BodyPane {
  readonly #root: HTMLElement;
  readonly #hasGutter: boolean;
  #rows: readonly RowNode[] = [];
  #columnSlots = 0;

  /** @param hasGutter whether the numbers of rows stand here */
  constructor(root: HTMLElement, hasGutter: boolean) {
    this.#root = root;
    this.#hasGutter = hasGutter;
  }

  /** @param gutterWidth in pixels */
  paint(view: PaneView, model: GridModel, gutterWidth: number): void {
    if (this.#rows.length !== view.rowSlots || this.#columnSlots !== view.columnSlots) this.#build(view);
    for (let index = 0; index < view.rowSlots; index += 1) {
      const row = view.firstRow + index;
      const node = this.#rows[row % view.rowSlots];
      if (node !== undefined) this.#paintRow(node, row, view, model, gutterWidth);
    }
  }

  #build({ rowSlots, columnSlots }: PaneView): void {
    this.#columnSlots = columnSlots;
    this.#rows = Array.from({ length: rowSlots }, () => this.#newRow(columnSlots));
    this.#root.replaceChildren(...this.#rows.map(({ element }) => element));
  }

  #newRow(columnSlots: number): RowNode {
    const element = newElement('div', classes.row, 'row');
    const gutter = this.#hasGutter ? newElement('div', classes.gutter, 'rowheader') : null;
    if (gutter !== null) {
      gutter.setAttribute('aria-colindex', '1');
      element.append(gutter);
    }
    const cells = Array.from({ length: columnSlots }, () => new CellNode());
    element.append(...cells.map((cell) => cell.element));
    return { element, gutter, cells, row: -1, baseRow: -1 };
  }

  #paintRow(node: RowNode, row: number, view: PaneView, model: GridModel, gutterWidth: number): void {
    const { element } = node;
    const isThere = row < model.rowCount;
    element.hidden = !isThere;
    if (!isThere) return;
    if (node.row !== row || node.baseRow !== view.baseRow) {
      node.row = row;
      node.baseRow = view.baseRow;
      element.style.transform = `translateY(${(row - view.baseRow) * rowHeightPx}px)`;
      element.setAttribute('aria-rowindex', String(row + 2));
      if (node.gutter !== null) node.gutter.textContent = formatCount(row + 1);
    }
    if (node.gutter !== null) {
      node.gutter.style.width = `${gutterWidth}px`;
      const isSelected = model.ranges.some(({ firstRow, lastRow }) => row >= firstRow && row <= lastRow);
      node.gutter.toggleAttribute('data-selected', isSelected);
    }
    for (let index = 0; index < view.columnSlots; index += 1) {
      const place = view.firstPlace + index;
      const cell = node.cells[place % view.columnSlots];
      if (cell !== undefined) paintCell(cell, row, place, view, model);
    }
  }
}

function paintCell(cell: CellNode, row: number, place: number, view: PaneView, model: GridModel): void {
  const { edges, layout } = model.geometry;
  const position = place < view.endPlace ? layout.order[place] : undefined;
  const column = position === undefined ? undefined : model.columns[position];
  cell.element.hidden = column === undefined;
  if (position === undefined || column === undefined) return;
  const left = edges[place] ?? 0;
  cell.put(place, view.left + left, (edges[place + 1] ?? 0) - left);
  cell.look(isNumeric(column), model.linkColumns.has(position));
  cell.show(model.cellAt(row, position));
  const active = model.selection?.active;
  const isActive = active !== undefined && active.row === row && active.column === place;
  cell.mark(isSelected(model, row, place), isActive ? cellId(model.gridId, row, place) : null);
}

function isSelected({ ranges }: GridModel, row: number, place: number): boolean {
  for (const range of ranges) if (isInRange(range, row, place)) return true;
  return false;
}

/** Id of the element of a cell while the keyboard is on it. */
export const cellId = (gridId: string, row: number, place: number): string => `${gridId}-${row}-${place}`;
