import { Menu } from '@mantine/core';
import type { ResultColumn } from '../../../shared/model/results.ts';
import { useCopyText } from '../../components/Clipboard.tsx';
import { gridText } from '../../text/grid.ts';
import {
  type ColumnLayout,
  withAllShown,
  withFrozen,
  withHidden,
  withMoved,
  withWidth,
} from './columns/columnLayout.ts';
import { fittingWidth } from './columns/columnWidths.ts';
import { sizeOf } from './createGridStore.ts';
import classes from './Grid.module.css';
import { wholeColumns } from './selection/gridSelection.ts';
import { withSortKey } from './sortKeys.ts';
import type { Grid } from './useGrid.ts';

const words = gridText.menu;

/** Which column a menu is open for, by its place among those shown, and where it stands in the window, in pixels. */
export interface ColumnPoint {
  readonly place: number;
  readonly left: number;
  readonly bottom: number;
}

interface ColumnMenuProps {
  readonly grid: Grid;
  readonly point: ColumnPoint;
  readonly onFilter: () => void;
  readonly onClose: () => void;
}

/** Rows of which the cells are looked at to fit a column: those that are here. */
const fittedRows = 500;

/** Fits a column to the cells that are here. */
export function fitColumn(grid: Grid, place: number): void {
  const view = grid.view();
  const { geometry, result, setLayout } = grid.store.getState();
  const position = geometry.layout.order[place];
  const column = position === undefined ? undefined : result?.columns[position];
  if (view === null || position === undefined || column === undefined) return;
  const first = Math.max(0, view.painter.topRow - fittedRows / 2);
  const cells = Array.from({ length: fittedRows }, (_, index) => view.cellAt(first + index, position));
  setLayout((layout) => withWidth(layout, position, fittingWidth(column, cells)));
}

function SortItems({ grid, position }: { grid: Grid; position: number }) {
  const { sort, filters } = grid.arrangement;
  const set = (keys: typeof sort) => grid.arrange({ sort: keys, filters });
  const isSorted = sort.some(({ column }) => column === position);
  const hasOthers = sort.some(({ column }) => column !== position);
  const key = (descending: boolean) => ({ column: position, descending });
  return (
    <>
      <Menu.Item onClick={() => set([key(false)])}>{words.ascending}</Menu.Item>
      <Menu.Item onClick={() => set([key(true)])}>{words.descending}</Menu.Item>
      {hasOthers && (
        <>
          <Menu.Item onClick={() => set(withSortKey(sort, key(false)))}>{words.addAscending}</Menu.Item>
          <Menu.Item onClick={() => set(withSortKey(sort, key(true)))}>{words.addDescending}</Menu.Item>
        </>
      )}
      {isSorted && (
        <Menu.Item onClick={() => set(sort.filter(({ column }) => column !== position))}>
          {words.unsort}
        </Menu.Item>
      )}
    </>
  );
}

function LayoutItems({ grid, place }: { grid: Grid; place: number }) {
  const { geometry, setLayout } = grid.store.getState();
  const { order, frozenCount, widths } = geometry.layout;
  const position = order[place] ?? 0;
  const hiddenCount = widths.length - order.length;
  const change = (next: (layout: ColumnLayout) => ColumnLayout) => () => setLayout(next);
  return (
    <>
      <Menu.Item onClick={() => fitColumn(grid, place)}>{words.fit}</Menu.Item>
      {place > 0 && (
        <Menu.Item onClick={change((layout) => withMoved(layout, place, place - 1))}>
          {words.moveLeft}
        </Menu.Item>
      )}
      {place < order.length - 1 && (
        <Menu.Item onClick={change((layout) => withMoved(layout, place, place + 1))}>
          {words.moveRight}
        </Menu.Item>
      )}
      {place < order.length - 1 && (
        <Menu.Item onClick={change((layout) => withFrozen(layout, place + 1))}>{words.freeze}</Menu.Item>
      )}
      {frozenCount > 0 && (
        <Menu.Item onClick={change((layout) => withFrozen(layout, 0))}>{words.unfreeze}</Menu.Item>
      )}
      {order.length > 1 && (
        <Menu.Item onClick={change((layout) => withHidden(layout, new Set([position])))}>
          {words.hide}
        </Menu.Item>
      )}
      {hiddenCount > 0 && <Menu.Item onClick={change(withAllShown)}>{words.showAll(hiddenCount)}</Menu.Item>}
    </>
  );
}

/** The menu of a column: sorting, filtering, and how it is shown. */
export function ColumnMenu({ grid, point, onFilter, onClose }: ColumnMenuProps) {
  const copyText = useCopyText();
  const { geometry, result, select, selection } = grid.store.getState();
  const position = geometry.layout.order[point.place] ?? 0;
  const column: ResultColumn | undefined = result?.columns[position];
  const selectAll = () => {
    const size = sizeOf(grid.store.getState());
    const row = grid.view()?.painter.topRow ?? 0;
    if (size.rowCount > 0) select(wholeColumns(point.place, size, row, selection, 'replace'));
  };
  return (
    <Menu opened onClose={onClose} position="bottom-start" returnFocus={false}>
      <Menu.Target>
        <button
          type="button"
          tabIndex={-1}
          aria-label={gridText.columnMenu(column?.name ?? '')}
          className={classes.anchor}
          style={{ left: point.left, top: point.bottom }}
        />
      </Menu.Target>
      <Menu.Dropdown aria-label={gridText.columnMenu(column?.name ?? '')}>
        <SortItems grid={grid} position={position} />
        <Menu.Divider />
        <Menu.Item onClick={onFilter}>{words.filter}</Menu.Item>
        <Menu.Item onClick={selectAll}>{words.select}</Menu.Item>
        <Menu.Item onClick={() => copyText(column?.name ?? '')}>{words.copyName}</Menu.Item>
        <Menu.Divider />
        <LayoutItems grid={grid} place={point.place} />
      </Menu.Dropdown>
    </Menu>
  );
}
