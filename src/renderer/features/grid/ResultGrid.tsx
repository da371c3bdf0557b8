// biome-ignore-all lint/a11y/useSemanticElements: rows and columns are virtual in both directions, which a table's own layout cannot do
import { Button, Menu } from '@mantine/core';
import { memo } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { ResultColumn } from '../../../shared/model/results.ts';
import type { TableLink } from '../../../shared/model/tableRows.ts';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { useIsSlow } from '../../lib/useIsSlow.ts';
import { gridText } from '../../text/grid.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { CellMenu, type CellMenuActions } from './CellMenu.tsx';
import { rowCountOf } from './createGridStore.ts';
import { FilterBar } from './FilterBar.tsx';
import classes from './Grid.module.css';
import { GridPopupLayer } from './GridPopups.tsx';
import { selectedCount } from './gridCalls.ts';
import { gridPointerHandlers } from './gridPointerHandlers.ts';
import type { DoneHere, ResultGridProps } from './gridTypes.ts';
import { type Grid, useGrid } from './useGrid.ts';
import { type GridCommandProps, type GridPopups, linksOfActive, useGridCommands } from './useGridCommands.ts';
import { useGridStatus } from './useGridStatus.ts';

/** For each result anew: what was slow before is not slow now. */
function GridNotices({ grid }: { readonly grid: Grid }) {
  const resultId = useStore(grid.store, ({ result }) => result?.resultId ?? null);
  return <GridNotice key={resultId} grid={grid} />;
}

/** What stands in the place of rows. */
function GridNotice({ grid }: { grid: Grid }) {
  const isEmpty = useStore(grid.store, (state) => rowCountOf(state) === 0);
  const isArranging = useStore(grid.store, (state) => state.isArranging);
  const isComing = useStore(
    grid.store,
    ({ result, isFitted }) => result === null || (!isFitted && !result.isComplete),
  );
  const countWithoutColumns = useStore(grid.store, ({ result }) =>
    result?.columns.length === 0 ? result.rowCount : null,
  );
  const isSlow = useIsSlow(isComing || isArranging);
  const notice = (text: string, isWhole: boolean) => (
    <div className={classes.overlay} data-whole={isWhole || undefined} role="status">
      <span className={classes.notice}>{text}</span>
    </div>
  );
  if (countWithoutColumns !== null) return notice(gridText.noColumns(countWithoutColumns), true);
  if (isArranging) return isSlow && notice(`${gridText.arranging}…`, false);
  if (isComing) return isSlow && notice(gridText.waiting, true);
  if (!isEmpty) return null;
  return notice(grid.arrangement.filters.length > 0 ? gridText.noMatches : gridText.noRows, false);
}

interface SelectionMenuProps {
  readonly grid: Grid;
  readonly links: readonly TableLink[] | undefined;
  readonly actions: CellMenuActions;
}

/** The menu of what is selected, which may change while nothing else here does. */
function SelectionMenu({ grid, links, actions }: SelectionMenuProps) {
  const cellCount = useStore(grid.store, selectedCount);
  const activeLinks = useStore(
    grid.store,
    useShallow((state) => linksOfActive(state, links)),
  );
  return <CellMenu actions={actions} cellCount={cellCount} links={activeLinks} />;
}

interface GridContentProps extends GridCommandProps {
  readonly grid: Grid;
  readonly label: string;
  readonly here: DoneHere | undefined;
}

const noColumns: readonly ResultColumn[] = [];

interface FiltersProps {
  readonly grid: Grid;
  readonly here: DoneHere | undefined;
  readonly open: (change: Partial<GridPopups>) => void;
}

function Filters({ grid, here, open }: FiltersProps) {
  const { store, arrangement } = grid;
  const columns = useStore(store, ({ result }) => result?.columns ?? noColumns);
  return (
    <FilterBar
      filters={arrangement.filters}
      here={here}
      columns={columns}
      onChange={(filters) => grid.arrange({ sort: arrangement.sort, filters })}
      onEdit={(current, { left, bottom }) =>
        open({ filter: { position: current.column, left, bottom, current } })
      }
    />
  );
}

/**
 * Everything around the cells. The cells draw themselves (GridView), and neither rows that come nor another result draw
 * this anew.
 */
const GridContent = memo(function GridContent(props: GridContentProps) {
  const { grid, label } = props;
  const { popups, open, commands, onKeyDown } = useGridCommands(grid, props);
  const problem = useStore(grid.store, (state) => state.problem);

  return (
    <div className={classes.grid}>
      <Filters grid={grid} here={props.here} open={open} />
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
              tabIndex={0}
              aria-label={label}
              aria-multiselectable
              onKeyDown={onKeyDown}
              {...gridPointerHandlers(grid, commands)}
            />
          </Menu.ContextMenu>
          <Menu.Dropdown>
            <SelectionMenu
              grid={grid}
              links={props.onFollow === undefined ? undefined : props.links}
              actions={commands}
            />
          </Menu.Dropdown>
        </Menu>
        <GridNotices grid={grid} />
        <GridPopupLayer grid={grid} popups={popups} commands={commands} open={open} />
      </div>
    </div>
  );
});

/** Rows and columns of a result of any size: seen, selected, sorted, filtered, searched, copied and saved. */
export function ResultGrid(props: ResultGridProps) {
  const grid = useGrid(props);
  const { result: _result, isActive, rowsLabel, server, onNeedRows: _onNeedRows, ...content } = props;
  useGridStatus(grid.store, isActive, rowsLabel);
  return <GridContent {...content} grid={grid} here={server?.here} />;
}
