import { formatCount } from '../../../lib/format.ts';
import { columnAt, mostColumnsIn, totalWidth } from '../columns/columnLayout.ts';
import classes from '../Grid.module.css';
import type { CellPosition } from '../selection/gridSelection.ts';
import { ScrollScale } from '../window/ScrollScale.ts';
import { BodyPane, cellId, type PaneView } from './BodyPane.ts';
import { type GridModel, headerHeightPx, rowHeightPx } from './GridModel.ts';
import { HeaderPane } from './HeaderPane.ts';
import { newElement } from './newElement.ts';

/** Rows drawn above and below the view, so that a step of a wheel shows no gap before it is painted. */
const overscanRows = 4;
const gutterPaddingPx = 22;
const digitWidthPx = 7;
/** Room for as many digits as most results have, so that it does not grow while rows come. */
const leastDigits = 5;
/** Of a thin scrollbar; it is not there before the rows are. */
const scrollbarPx = 12;
/** Rows from which the coordinates of the body are counted anew: far below what a transform keeps exact. */
const baseStepRows = 50_000;
/** Nobody scrolls any more. */
const settleMs = 200;
/** So long cells that are not here yet are left out before they are shown as loading: most come with the next frame. */
const loadingAfterMs = 100;

/** What is in view, with what is drawn beyond. */
export interface ShownArea {
  readonly firstRow: number;
  readonly lastRow: number;
  /** Positions in the result. */
  readonly positions: readonly number[];
  readonly direction: -1 | 0 | 1;
}

/** A cell by a point of the window; the nearest one outside of the cells. */
export interface GridHit extends CellPosition {
  /** On the numbers of the rows. */
  readonly isGutter: boolean;
  readonly isHeader: boolean;
}

const gutterWidthFor = (rowCount: number): number =>
  gutterPaddingPx + Math.max(leastDigits, formatCount(rowCount).length) * digitWidthPx;

/** Draws the grid into its viewport. React stays out of what moves: cells are written by hand, and used again. */
export class GridPainter {
  readonly #viewport: HTMLElement;
  readonly #onShown: (area: ShownArea) => void;
  readonly #scale = new ScrollScale();
  readonly #canvas = newElement('div', classes.canvas, 'presentation');
  readonly #body = newElement('div', classes.body, 'presentation');
  readonly #header = newElement('div', classes.header, 'presentation');
  readonly #panes: { readonly [Side in 'frozen' | 'main']: { head: HeaderPane; body: BodyPane } };
  readonly #frozenBody = newElement('div', classes.frozenBody, 'presentation');
  readonly #mainBody = newElement('div', classes.mainBody, 'presentation');
  readonly #observer: ResizeObserver;
  #model: GridModel | null = null;
  #size = { width: 0, height: 0 };
  #rowSlots = 0;
  #columnSlots = 0;
  #gutterWidth = 0;
  #lastTop = 0;
  #settleTimer = 0;
  /** Runs while the cells are left out. */
  #loadingTimer = 0;
  #showsLoading = false;

  constructor(viewport: HTMLElement, onShown: (area: ShownArea) => void) {
    this.#viewport = viewport;
    this.#onShown = onShown;
    const frozenHead = newElement('div', classes.frozenHeader, 'row');
    const mainHead = newElement('div', classes.mainHeader, 'row');
    for (const head of [frozenHead, mainHead]) head.setAttribute('aria-rowindex', '1');
    this.#header.append(frozenHead, mainHead);
    this.#body.append(this.#frozenBody, this.#mainBody);
    this.#canvas.append(this.#header, this.#body);
    this.#canvas.hidden = true;
    viewport.replaceChildren(this.#canvas);
    this.#panes = {
      frozen: { head: new HeaderPane(frozenHead, true), body: new BodyPane(this.#frozenBody, true) },
      main: { head: new HeaderPane(mainHead, false), body: new BodyPane(this.#mainBody, false) },
    };
    viewport.addEventListener('scroll', this.#onScroll, { passive: true });
    this.#observer = new ResizeObserver(() => this.#resized());
    this.#observer.observe(viewport);
  }

  /** Rows that fit into the view, whole ones. */
  get pageSize(): number {
    return Math.max(1, Math.floor((this.#size.height - headerHeightPx) / rowHeightPx));
  }

  /** The first row of which most is in view. */
  get topRow(): number {
    return Math.round(this.#scale.contentTop / rowHeightPx);
  }

  /** Pixels that the columns of so many rows may take without being scrolled sideways. */
  roomFor(rowCount: number): number {
    const { clientHeight, clientWidth } = this.#viewport;
    const isScrolled = rowCount * rowHeightPx + headerHeightPx > clientHeight;
    return clientWidth - gutterWidthFor(rowCount) - (isScrolled ? scrollbarPx : 0);
  }

  /** Shows another state. */
  update(model: GridModel): void {
    const previous = this.#model;
    this.#model = model;
    this.#canvas.hidden = model.columns.length === 0;
    const isSameSize = previous?.rowCount === model.rowCount && previous.geometry === model.geometry;
    if (!isSameSize) this.#measure();
    this.paint();
  }

  /** There is nothing to show for now. */
  clear(): void {
    this.#model = null;
    this.#canvas.hidden = true;
  }

  /** Scrolls as little as it takes to show a cell. */
  reveal({ row, column }: CellPosition): void {
    const model = this.#model;
    if (model === null || this.#size.height === 0) return;
    const top = row * rowHeightPx;
    const view = this.#size.height - headerHeightPx;
    const { contentTop } = this.#scale;
    if (top < contentTop) this.#scrollTo(top);
    else if (top + rowHeightPx > contentTop + view) this.#scrollTo(top + rowHeightPx - view);
    const { edges, frozenWidth, layout } = model.geometry;
    if (column < layout.frozenCount) return;
    const left = (edges[column] ?? 0) - frozenWidth;
    const right = (edges[column + 1] ?? 0) + this.#gutterWidth;
    const { scrollLeft } = this.#viewport;
    if (left < scrollLeft) this.#viewport.scrollLeft = left;
    else if (right > scrollLeft + this.#size.width) {
      this.#viewport.scrollLeft = Math.min(left, right - this.#size.width);
    }
  }

  /** To the first row and column. */
  scrollToStart(): void {
    this.#scrollTo(0);
    this.#viewport.scrollLeft = 0;
  }

  scrollBy(x: number, y: number): void {
    if (x !== 0) this.#viewport.scrollLeft += x;
    if (y !== 0) this.#scrollTo(this.#scale.contentTop + y);
  }

  /** What is at a point of the window; outside of the cells the nearest one. Null in an empty grid. */
  hit(clientX: number, clientY: number): GridHit | null {
    const model = this.#model;
    if (model === null) return null;
    const box = this.#viewport.getBoundingClientRect();
    const x = clientX - box.left - this.#gutterWidth;
    const y = clientY - box.top - headerHeightPx;
    const { geometry, rowCount } = model;
    const inColumns = x < geometry.frozenWidth ? x : x + this.#viewport.scrollLeft;
    const row = Math.floor((this.#scale.contentTop + y) / rowHeightPx);
    return {
      row: Math.max(0, Math.min(rowCount - 1, row)),
      column: columnAt(geometry, Math.max(0, inColumns)),
      isGutter: x < 0,
      isHeader: y < 0,
    };
  }

  /** Where a cell is in the window, in pixels; null before anything is shown. */
  boxOf({ row, column }: CellPosition): { readonly left: number; readonly bottom: number } | null {
    const model = this.#model;
    if (model === null) return null;
    const box = this.#viewport.getBoundingClientRect();
    const isFrozen = column < model.geometry.layout.frozenCount;
    const edge = (model.geometry.edges[column] ?? 0) - (isFrozen ? 0 : this.#viewport.scrollLeft);
    const bottom = row < 0 ? 0 : (row + 1) * rowHeightPx - this.#scale.contentTop;
    return {
      left: Math.max(box.left, Math.min(box.right - 40, box.left + this.#gutterWidth + edge)),
      bottom: Math.max(box.top, Math.min(box.bottom, box.top + headerHeightPx + bottom)),
    };
  }

  dispose(): void {
    this.#observer.disconnect();
    this.#viewport.removeEventListener('scroll', this.#onScroll);
    clearTimeout(this.#settleTimer);
    clearTimeout(this.#loadingTimer);
  }

  /** Draws what is in view now. */
  paint(): void {
    const model = this.#model;
    if (model === null || this.#size.height === 0) return;
    const { contentTop, shift } = this.#scale;
    const { layout } = model.geometry;
    const lastStart = Math.max(0, model.rowCount - this.#rowSlots);
    const firstRow = Math.max(0, Math.min(lastStart, Math.floor(contentTop / rowHeightPx) - overscanRows));
    const baseRow = Math.floor(firstRow / baseStepRows) * baseStepRows;
    this.#body.style.top = `${shift + headerHeightPx + baseRow * rowHeightPx}px`;
    const rows = { firstRow, rowSlots: this.#rowSlots, baseRow };
    const firstInView = columnAt(model.geometry, this.#viewport.scrollLeft + model.geometry.frozenWidth);
    const lastPlace = layout.order.length - this.#columnSlots;
    const firstPlace = Math.max(layout.frozenCount, Math.min(lastPlace, firstInView));
    const frozen: PaneView = {
      ...rows,
      firstPlace: 0,
      columnSlots: layout.frozenCount,
      endPlace: layout.frozenCount,
      left: this.#gutterWidth,
    };
    const main: PaneView = {
      ...rows,
      firstPlace,
      columnSlots: this.#columnSlots,
      endPlace: layout.order.length,
      left: this.#gutterWidth,
    };
    this.#panes.frozen.head.paint(frozen, model, this.#gutterWidth);
    this.#panes.main.head.paint(main, model, this.#gutterWidth);
    this.#panes.frozen.body.paint(frozen, model, this.#gutterWidth);
    const leavesOut = this.#leavesOut(model, main);
    this.#mainBody.toggleAttribute('data-left-out', leavesOut);
    if (!leavesOut) this.#panes.main.body.paint(main, model, this.#gutterWidth);
    this.#pointAtActive(model, firstRow);
    this.#report(model, firstRow, [
      ...layout.order.slice(0, layout.frozenCount),
      ...layout.order.slice(firstPlace, firstPlace + this.#columnSlots),
    ]);
  }

  /**
   * Whether the cells are not drawn for now, since none of them is here. To draw all as loading and all again a moment
   * later makes each of the two frames late.
   */
  #leavesOut(model: GridModel, { firstRow, rowSlots, firstPlace }: PaneView): boolean {
    const position = model.geometry.layout.order[firstPlace];
    const endRow = Math.min(model.rowCount, firstRow + rowSlots);
    let isHere = position === undefined || endRow <= firstRow;
    for (let row = firstRow; row < endRow && !isHere; row += 1) {
      isHere = position !== undefined && model.cellAt(row, position) !== undefined;
    }
    if (isHere) {
      clearTimeout(this.#loadingTimer);
      this.#loadingTimer = 0;
      this.#showsLoading = false;
    } else if (this.#loadingTimer === 0) {
      this.#loadingTimer = window.setTimeout(() => {
        this.#showsLoading = true;
        this.paint();
      }, loadingAfterMs);
    }
    return !isHere && !this.#showsLoading;
  }

  #report(model: GridModel, firstRow: number, positions: readonly number[]): void {
    const { contentTop } = this.#scale;
    const direction = contentTop > this.#lastTop ? 1 : contentTop < this.#lastTop ? -1 : 0;
    this.#lastTop = contentTop;
    const lastRow = Math.min(model.rowCount, firstRow + this.#rowSlots) - 1;
    if (lastRow >= firstRow) this.#onShown({ firstRow, lastRow, positions, direction });
  }

  /** The element of the active cell exists only while it is drawn. */
  #pointAtActive(model: GridModel, firstRow: number): void {
    const active = model.selection?.active;
    const isDrawn = active !== undefined && active.row >= firstRow && active.row < firstRow + this.#rowSlots;
    const id = isDrawn ? cellId(model.gridId, active.row, active.column) : null;
    if (id !== null && document.getElementById(id) !== null) {
      this.#viewport.setAttribute('aria-activedescendant', id);
    } else this.#viewport.removeAttribute('aria-activedescendant');
  }

  #onScroll = (): void => {
    const corrected = this.#scale.scrolledTo(this.#viewport.scrollTop);
    if (corrected !== null) this.#viewport.scrollTop = corrected;
    this.paint();
    clearTimeout(this.#settleTimer);
    this.#settleTimer = window.setTimeout(() => {
      const settled = this.#scale.settle();
      if (settled === null) return;
      this.#viewport.scrollTop = settled;
      this.paint();
    }, settleMs);
  };

  #scrollTo(contentTop: number): void {
    this.#viewport.scrollTop = this.#scale.moveTo(contentTop);
    this.paint();
  }

  #resized(): void {
    const { clientWidth: width, clientHeight: height } = this.#viewport;
    // A tab that is hidden keeps what it has drawn.
    if (width === 0 || height === 0) return;
    this.#size = { width, height };
    this.#measure();
    this.paint();
  }

  /** Sizes that follow from the number of rows, the columns and the view. */
  #measure(): void {
    const model = this.#model;
    if (model === null || this.#size.height === 0) return;
    const { geometry, rowCount } = model;
    this.#gutterWidth = gutterWidthFor(rowCount);
    this.#rowSlots = Math.ceil(this.#size.height / rowHeightPx) + 2 * overscanRows;
    const mainWidth = Math.max(0, this.#size.width - this.#gutterWidth - geometry.frozenWidth);
    const free = geometry.layout.order.length - geometry.layout.frozenCount;
    this.#columnSlots = Math.min(free, mostColumnsIn(geometry, mainWidth) + 1);
    // Chromium scrolls by itself, and says so later: what it has done until now counts.
    this.#scale.scrolledTo(this.#viewport.scrollTop);
    const viewTop = this.#scale.resize(rowCount * rowHeightPx + headerHeightPx, this.#size.height);
    const { style } = this.#canvas;
    style.width = `${this.#gutterWidth + totalWidth(geometry)}px`;
    style.height = `${this.#scale.elementHeight}px`;
    this.#frozenBody.style.width = `${this.#gutterWidth + geometry.frozenWidth}px`;
    this.#header.style.setProperty('--frozen-width', `${this.#gutterWidth + geometry.frozenWidth}px`);
    if (Math.abs(this.#viewport.scrollTop - viewTop) >= 1) this.#viewport.scrollTop = viewTop;
  }
}
