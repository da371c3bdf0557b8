// biome-ignore-all lint/a11y/useSemanticElements: rows and columns are virtual in both directions, which a table's own layout cannot do
import { Button, Menu } from '@mantine/core';
import { useStore } from 'zustand';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { useIsSlow } from '../../lib/useIsSlow.ts';
import { gridText } from '../../text/grid.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { CellMenu } from './CellMenu.tsx';
import { rowCountOf } from './createGridStore.ts';
import { FilterBar } from './FilterBar.tsx';
import classes from './Grid.module.css';
import { GridPopupLayer } from './GridPopups.tsx';
import { selectedCount } from './gridCalls.ts';
import { gridPointerHandlers } from './gridPointerHandlers.ts';
import type { ResultGridProps } from './gridTypes.ts';
import { type Grid, useGrid } from './useGrid.ts';
import { linksOfActive, useGridCommands } from './useGridCommands.ts';
import { useGridStatus } from './useGridStatus.ts';

/** What stands in the place of rows. */
function GridNotice({ grid, result }: { grid: Grid; result: ResultGridProps['result'] }) {
  const rowCount = useStore(grid.store, rowCountOf);
  const isArranging = useStore(grid.store, (state) => state.isArranging);
  const isFitted = useStore(grid.store, (state) => state.isFitted);
  const isWaiting = result === null || (!isFitted && !result.isComplete) || isArranging;
  const isSlow = useIsSlow(isWaiting);
  const notice = (text: string, isWhole: boolean) => (
    <div className={classes.overlay} data-whole={isWhole || undefined} role="status">
      <span className={classes.notice}>{text}</span>
    </div>
  );
  if (result !== null && result.columns.length === 0)
    return notice(gridText.noColumns(result.rowCount), true);
  if (isArranging) return isSlow && notice(`${gridText.arranging}…`, false);
  if (isWaiting) return isSlow && notice(gridText.waiting, true);
  if (rowCount > 0) return null;
  return notice(grid.arrangement.filters.length > 0 ? gridText.noMatches : gridText.noRows, false);
}

/** Rows and columns of a result of any size: seen, selected, sorted, filtered, searched, copied and saved. */
export function ResultGrid(props: ResultGridProps) {
  const { label, result, isActive, links, rowsLabel } = props;
  const grid = useGrid(props);
  const { store, arrangement } = grid;
  const { popups, open, commands, onKeyDown } = useGridCommands(grid, props);
  useGridStatus(store, isActive, rowsLabel);
  const size = useStore(store, (state) => rowCountOf(state));
  const columnCount = useStore(store, (state) => state.geometry.layout.order.length);
  const cellCount = useStore(store, selectedCount);
  const problem = useStore(store, (state) => state.problem);
  const isArranging = useStore(store, (state) => state.isArranging);

  return (
    <div className={classes.grid}>
      <FilterBar
        filters={arrangement.filters}
        columns={result?.columns ?? []}
        onChange={(filters) => grid.arrange({ sort: arrangement.sort, filters })}
        onEdit={(current, { left, bottom }) =>
          open({ filter: { position: current.column, left, bottom, current } })
        }
      />
      {problem !== null && (
        <div className={classes.problem}>
          <ErrorPanel
            error={problem}
            actions={
              <Button size="xs" variant="default" onClick={() => grid.view()?.retry()}>
                {vocabulary.tryAgain}
              </Button>
            }
          />
        </div>
      )}
      <div className={classes.area}>
        <Menu position="bottom-start">
          <Menu.ContextMenu>
            <div
              ref={grid.viewportRef}
              role="grid"
              className={classes.viewport}
              hidden={result?.columns.length === 0}
              tabIndex={0}
              aria-label={label}
              aria-rowcount={size + 1}
              aria-colcount={columnCount + 1}
              aria-busy={isArranging || result === null}
              aria-multiselectable
              onKeyDown={onKeyDown}
              {...gridPointerHandlers(grid, commands)}
            />
          </Menu.ContextMenu>
          <Menu.Dropdown>
            <CellMenu
              actions={commands}
              cellCount={cellCount}
              links={props.onFollow === undefined ? [] : linksOfActive(grid, links)}
            />
          </Menu.Dropdown>
        </Menu>
        <GridNotice grid={grid} result={result} />
        <GridPopupLayer grid={grid} popups={popups} commands={commands} open={open} />
      </div>
    </div>
  );
}
