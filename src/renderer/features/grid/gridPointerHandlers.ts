import type { MouseEvent } from 'react';
import { fitColumn } from './ColumnMenu.tsx';
import { sizeOf } from './createGridStore.ts';
import type { GridHit } from './painting/GridPainter.ts';
import { type GridSelection, isInRange, oneCell, rangesOf, wholeRows } from './selection/gridSelection.ts';
import type { Grid } from './useGrid.ts';
import type { GridCommands } from './useGridCommands.ts';

/** Width of the arrow in a cell that refers to another row, and of the edge that resizes a column. In pixels. */
const arrowWidthPx = 20;
const edgeWidthPx = 8;

const hitOf = (grid: Grid, event: MouseEvent): GridHit | null =>
  grid.view()?.painter.hit(event.clientX, event.clientY) ?? null;

/** The arrow of a foreign key was pressed: goes to the row it refers to. */
function pressArrow(grid: Grid, commands: GridCommands, event: MouseEvent): void {
  const cell = (event.target as Element).closest<HTMLElement>('[data-link]:not([data-tone])');
  if (cell === null || event.button !== 0) return;
  const hit = hitOf(grid, event);
  if (hit === null || event.clientX < cell.getBoundingClientRect().right - arrowWidthPx) return;
  event.stopPropagation();
  grid.store.getState().select(oneCell({ row: hit.row, column: hit.column }));
  commands.followFirst();
}

/** The edge at the right of a column fits it to its content; a cell is shown whole. */
function doubleClick(grid: Grid, commands: GridCommands, event: MouseEvent): void {
  const hit = hitOf(grid, event);
  if (hit === null || hit.isGutter) return;
  if (!hit.isHeader) {
    commands.inspect();
    return;
  }
  const head = (event.target as Element).closest('[data-place]') ?? headAt(event);
  const isAtEdge = head !== null && head.getBoundingClientRect().right - event.clientX <= edgeWidthPx;
  if (isAtEdge) fitColumn(grid, hit.column);
}

/** A captured pointer has the grid itself for its target. */
const headAt = ({ clientX, clientY }: MouseEvent): Element | null =>
  document.elementFromPoint(clientX, clientY)?.closest('[data-place]') ?? null;

const isSelected = (selection: GridSelection | null, hit: GridHit): boolean =>
  selection !== null &&
  rangesOf(selection).some((range) =>
    hit.isGutter
      ? hit.row >= range.firstRow && hit.row <= range.lastRow
      : isInRange(range, hit.row, hit.column),
  );

/** The menu is for what is selected; opened elsewhere, it is for what is below the pointer. */
function openMenu(grid: Grid, commands: GridCommands, event: MouseEvent): void {
  const hit = hitOf(grid, event);
  const { selection, select } = grid.store.getState();
  const size = sizeOf(grid.store.getState());
  if (hit === null || size.rowCount === 0) return;
  if (hit.isHeader) {
    event.preventDefault();
    event.stopPropagation();
    commands.openColumnMenu(hit.column);
  } else if (!isSelected(selection, hit)) {
    select(
      hit.isGutter
        ? wholeRows(hit.row, size, selection?.active.column ?? 0, null, 'replace')
        : oneCell({ row: hit.row, column: hit.column }),
    );
  }
}

/** What the pointer does in a grid beside selecting. */
export const gridPointerHandlers = (grid: Grid, commands: GridCommands) => ({
  onClick: (event: MouseEvent) => {
    const button = (event.target as Element).closest('[data-menu]');
    const head = button?.closest<HTMLElement>('[data-place]');
    if (head !== null && head !== undefined) commands.openColumnMenu(Number(head.dataset.place));
  },
  onPointerDownCapture: (event: MouseEvent) => pressArrow(grid, commands, event),
  onDoubleClick: (event: MouseEvent) => doubleClick(grid, commands, event),
  onContextMenuCapture: (event: MouseEvent) => openMenu(grid, commands, event),
});
