import { withMoved, withWidth } from './columns/columnLayout.ts';
import { type GridStore, sizeOf } from './createGridStore.ts';
import classes from './Grid.module.css';
import type { GridView } from './GridView.ts';
import { newElement } from './painting/newElement.ts';
import {
  addedCell,
  allCells,
  extendedTo,
  oneCell,
  type SelectMode,
  wholeColumns,
  wholeRows,
} from './selection/gridSelection.ts';

/** A press that moves less is a click. */
const dragFromPx = 6;
const fastestScrollPx = 48;

/** What follows the pointer until it is released. */
type Drag =
  | { readonly type: 'cells' | 'rows' }
  | {
      readonly type: 'resize';
      readonly position: number;
      readonly startX: number;
      readonly startWidth: number;
    }
  | {
      readonly type: 'column';
      readonly place: number;
      readonly startX: number;
      readonly mode: SelectMode;
      isMoving: boolean;
    };

interface GridPointerOptions {
  readonly viewport: HTMLElement;
  readonly view: GridView;
  readonly store: GridStore;
  /** The head of a column was clicked. */
  readonly onSort: (place: number, addsKey: boolean) => void;
}

const modeOf = (event: MouseEvent): SelectMode =>
  event.shiftKey ? 'extend' : event.ctrlKey || event.metaKey ? 'add' : 'replace';

/** Selecting, moving and resizing with the pointer. */
export class GridPointer {
  readonly #options: GridPointerOptions;
  #drag: Drag | null = null;
  #point = { x: 0, y: 0 };
  #frame = 0;
  /** Shows where a column that is dragged will stand. */
  readonly #marker = newElement('div', classes.dropMarker);

  constructor(options: GridPointerOptions) {
    this.#options = options;
    const { viewport } = options;
    viewport.addEventListener('pointerdown', this.#onDown);
    viewport.addEventListener('pointermove', this.#onMove);
    viewport.addEventListener('pointerup', this.#onUp);
    viewport.addEventListener('lostpointercapture', this.#end);
  }

  dispose(): void {
    const { viewport } = this.#options;
    viewport.removeEventListener('pointerdown', this.#onDown);
    viewport.removeEventListener('pointermove', this.#onMove);
    viewport.removeEventListener('pointerup', this.#onUp);
    viewport.removeEventListener('lostpointercapture', this.#end);
    this.#end();
  }

  #onDown = (event: PointerEvent): void => {
    const { viewport } = this.#options;
    const target = event.target as Element;
    // The scroll bars are a part of the viewport itself.
    if (event.button !== 0 || target === viewport || target.closest('[data-menu]') !== null) return;
    this.#drag = this.#begin(event, target);
    event.preventDefault();
    viewport.focus({ preventScroll: true });
    if (this.#drag !== null) viewport.setPointerCapture(event.pointerId);
  };

  #begin(event: PointerEvent, target: Element): Drag | null {
    const { store } = this.#options;
    const head = target.closest<HTMLElement>('[data-place]');
    const { geometry, selection, select } = store.getState();
    if (head !== null) {
      const place = Number(head.dataset.place);
      const position = geometry.layout.order[place] ?? 0;
      if (target.closest('[data-resizer]') !== null) {
        const startWidth = geometry.layout.widths[position] ?? 0;
        return { type: 'resize', position, startX: event.clientX, startWidth };
      }
      return { type: 'column', place, startX: event.clientX, mode: modeOf(event), isMoving: false };
    }
    const size = sizeOf(store.getState());
    if (target.closest(`.${classes.corner}`) !== null) {
      if (size.rowCount > 0) select(allCells(size, selection));
      return null;
    }
    return this.#beginSelecting(event);
  }

  #beginSelecting(event: PointerEvent): Drag | null {
    const { view, store } = this.#options;
    const { selection, select } = store.getState();
    const size = sizeOf(store.getState());
    const hit = view.painter.hit(event.clientX, event.clientY);
    if (hit === null || size.rowCount === 0) return null;
    const mode = modeOf(event);
    const cell = { row: hit.row, column: hit.column };
    if (hit.isGutter) {
      select(wholeRows(hit.row, size, selection?.active.column ?? 0, selection, mode));
      return { type: 'rows' };
    }
    if (mode === 'add') select(addedCell(selection, cell));
    else select(mode === 'extend' ? extendedTo(selection, cell) : oneCell(cell));
    return { type: 'cells' };
  }

  #onMove = (event: PointerEvent): void => {
    const drag = this.#drag;
    if (drag === null) return;
    this.#point = { x: event.clientX, y: event.clientY };
    if (drag.type === 'resize') {
      const width = drag.startWidth + event.clientX - drag.startX;
      this.#options.store.getState().setLayout((layout) => withWidth(layout, drag.position, width));
    } else if (drag.type === 'column') {
      if (Math.abs(event.clientX - drag.startX) >= dragFromPx) drag.isMoving = true;
      if (drag.isMoving) this.#showMarker();
    } else this.#stretch();
    this.#scrollOn();
  };

  /** The selection goes to what is below the pointer, or nearest to it. */
  #stretch(): void {
    const { view, store } = this.#options;
    const { selection, select } = store.getState();
    const hit = view.painter.hit(this.#point.x, this.#point.y);
    if (hit === null || selection === null) return;
    const isRows = this.#drag?.type === 'rows';
    const column = isRows ? selection.active.column : hit.column;
    if (selection.active.row === hit.row && selection.active.column === column) return;
    select(
      isRows
        ? wholeRows(hit.row, sizeOf(store.getState()), column, selection, 'extend')
        : extendedTo(selection, { row: hit.row, column }),
    );
  }

  /** Scrolls for as long as the pointer is held outside of the cells, the faster the further. */
  #scrollOn = (): void => {
    cancelAnimationFrame(this.#frame);
    const drag = this.#drag;
    if (drag === null || drag.type === 'resize') return;
    const box = this.#options.viewport.getBoundingClientRect();
    const x = beyond(this.#point.x, box.left, box.right);
    const y = drag.type === 'column' ? 0 : beyond(this.#point.y, box.top, box.bottom);
    if ((drag.type === 'column' && !drag.isMoving) || (x === 0 && y === 0)) return;
    this.#options.view.painter.scrollBy(drag.type === 'rows' ? 0 : x, y);
    if (drag.type === 'column') this.#showMarker();
    else this.#stretch();
    this.#frame = requestAnimationFrame(this.#scrollOn);
  };

  #showMarker(): void {
    const { view, viewport } = this.#options;
    const place = this.#dropPlace();
    const box = view.painter.boxOf({ row: -1, column: place });
    if (box === null) return;
    if (!this.#marker.isConnected) viewport.parentElement?.append(this.#marker);
    this.#marker.style.left = `${box.left - (viewport.parentElement?.getBoundingClientRect().left ?? 0)}px`;
  }

  /** The place before which the dragged column would stand; behind the last one it is their number. */
  #dropPlace(): number {
    const { view, store } = this.#options;
    const place = view.painter.hit(this.#point.x, this.#point.y)?.column ?? 0;
    const left = view.painter.boxOf({ row: -1, column: place })?.left ?? 0;
    const { edges } = store.getState().geometry;
    const width = (edges[place + 1] ?? 0) - (edges[place] ?? 0);
    return this.#point.x > left + width / 2 ? place + 1 : place;
  }

  #onUp = (event: PointerEvent): void => {
    const drag = this.#drag;
    if (drag?.type === 'column') {
      if (drag.isMoving) this.#drop(drag.place);
      else this.#clickHead(drag.place, drag.mode);
    }
    this.#options.viewport.releasePointerCapture(event.pointerId);
    this.#end();
  };

  #drop(from: number): void {
    const before = this.#dropPlace();
    const to = before > from ? before - 1 : before;
    this.#options.store
      .getState()
      .setLayout((layout) => (to === from ? layout : withMoved(layout, from, to)));
  }

  #clickHead(place: number, mode: SelectMode): void {
    const { store, view, onSort } = this.#options;
    if (mode !== 'add') {
      onSort(place, mode === 'extend');
      return;
    }
    const { selection, select } = store.getState();
    const size = sizeOf(store.getState());
    if (size.rowCount > 0) select(wholeColumns(place, size, view.painter.topRow, selection, mode));
  }

  #end = (): void => {
    this.#drag = null;
    cancelAnimationFrame(this.#frame);
    this.#marker.remove();
  };
}

/** How far a point is outside, as pixels to scroll in one frame. */
function beyond(at: number, start: number, end: number): number {
  if (at < start) return -Math.min(fastestScrollPx, Math.ceil((start - at) / 3));
  return at > end ? Math.min(fastestScrollPx, Math.ceil((at - end) / 3)) : 0;
}
