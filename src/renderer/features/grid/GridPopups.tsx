import type { ColumnFilter } from '../../../shared/model/results.ts';
import { ColumnMenu } from './ColumnMenu.tsx';
import { FilterPopover } from './FilterPopover.tsx';
import { FindBar } from './FindBar.tsx';
import { SaveDialog } from './saving/SaveDialog.tsx';
import type { Grid } from './useGrid.ts';
import type { GridCommands, GridPopups } from './useGridCommands.ts';

interface GridPopupsProps {
  readonly grid: Grid;
  readonly popups: GridPopups;
  readonly commands: GridCommands;
  readonly open: (change: Partial<GridPopups>) => void;
}

/** What opens above the cells: find bar, menu and filter of a column, and the dialog for saving. */
export function GridPopupLayer({ grid, popups, commands, open }: GridPopupsProps) {
  const { findTurn, isSaving, columnMenu, filter } = popups;
  const { geometry, result } = grid.store.getState();
  const position = filter === null ? undefined : geometry.layout.order[filter.place];
  const column = position === undefined ? undefined : result?.columns[position];
  const { sort, filters } = grid.arrangement;
  const applyFilter = (next: ColumnFilter | null): void => {
    const others = filters.filter((one) => one.column !== position);
    grid.arrange({ sort, filters: next === null ? others : [...others, next] });
    open({ filter: null });
    commands.focus();
  };
  const close = (change: Partial<GridPopups>) => () => {
    open(change);
    commands.focus();
  };
  return (
    <>
      {findTurn > 0 && <FindBar store={grid.store} turn={findTurn} onClose={close({ findTurn: 0 })} />}
      {columnMenu !== null && (
        <ColumnMenu
          grid={grid}
          point={columnMenu}
          onFilter={() => open({ columnMenu: null, filter: columnMenu })}
          onClose={close({ columnMenu: null })}
        />
      )}
      {filter !== null && position !== undefined && column !== undefined && (
        <FilterPopover
          column={column}
          position={position}
          point={filter}
          current={filters.find((one) => one.column === position)}
          onApply={applyFilter}
          onClose={close({ filter: null })}
        />
      )}
      <SaveDialog opened={isSaving} onSave={commands.saveTo} onClose={close({ isSaving: false })} />
    </>
  );
}
